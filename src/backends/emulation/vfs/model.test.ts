/** Random operations on memory and overlay file systems against the simplest model of a tree: on every platform, unlike host-comparison. */
import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { hostDirectoryLayer, memoryFileSystem, overlayFileSystem } from './index.ts';
import { Box, hostTree, outcome, removeTemporaryDirectories } from './test-kit.ts';
import { S_IFDIR, S_IFMT } from './types.ts';

afterAll(removeTemporaryDirectories);

/** Path → text of a file, or undefined for a directory. The root is ''. */
type Model = Map<string, string | undefined>;

const OPERATIONS = ['mkdir', 'write', 'unlink', 'rmdir', 'rename', 'rename'] as const;
const path = fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 3 }).map((names) => `/${names.join('/')}`);
const step = fc.record({ op: fc.constantFrom(...OPERATIONS), path, to: path, text: fc.string({ maxLength: 5, unit: 'grapheme-ascii' }) });
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const parentOf = (at: string): string => at.slice(0, at.lastIndexOf('/'));
const isDirectory = (model: Model, at: string): boolean => model.has(at) && model.get(at) === undefined;
const below = (model: Model, at: string): string[] => [...model.keys()].filter((name) => name.startsWith(`${at}/`));

/** Why the directory of `at` cannot be reached. */
function unreachable(model: Model, at: string): string | undefined {
  for (let end = at.indexOf('/', 1); end >= 0; end = at.indexOf('/', end + 1)) {
    const directory = at.slice(0, end);
    if (!model.has(directory)) return 'ENOENT';
    if (!isDirectory(model, directory)) return 'ENOTDIR';
  }
  return undefined;
}

function inModel(model: Model, { op, path: at, to, text }: Step): string {
  const problem = unreachable(model, at) ?? (op === 'rename' ? unreachable(model, to) : undefined);
  if (problem !== undefined) return problem;
  const exists = model.has(at);
  switch (op) {
    case 'mkdir':
      if (exists) return 'EEXIST';
      model.set(at, undefined);
      return 'ok';
    case 'write':
      if (isDirectory(model, at)) return 'EISDIR';
      model.set(at, text);
      return 'ok';
    case 'unlink':
    case 'rmdir':
      if (!exists) return 'ENOENT';
      if (isDirectory(model, at) !== (op === 'rmdir')) return op === 'rmdir' ? 'ENOTDIR' : 'EISDIR';
      if (below(model, at).length > 0) return 'ENOTEMPTY';
      model.delete(at);
      return 'ok';
    default:
      return renameInModel(model, at, to);
  }
}

function renameInModel(model: Model, at: string, to: string): string {
  if (!model.has(at)) return 'ENOENT';
  if (isDirectory(model, at) && to.startsWith(`${at}/`)) return 'EINVAL';
  if (at.startsWith(`${to}/`)) return 'ENOTEMPTY';
  if (at === to) return 'ok';
  if (model.has(to)) {
    if (isDirectory(model, at) !== isDirectory(model, to)) return isDirectory(model, at) ? 'ENOTDIR' : 'EISDIR';
    if (below(model, to).length > 0) return 'ENOTEMPTY';
  }
  for (const name of [at, ...below(model, at)]) {
    const content = model.get(name);
    model.delete(name);
    model.set(to + name.slice(at.length), content);
  }
  return 'ok';
}

function inBox(box: Box, { op, path: at, to, text }: Step): string {
  if (op === 'rename') return outcome(() => box.rename(at, to));
  return outcome(() => (op === 'write' ? box.write(at, text) : box[op](at)));
}

function dump(box: Box, directory = ''): [string, string | undefined][] {
  return box.list(directory || '/').flatMap((name): [string, string | undefined][] => {
    const at = `${directory}/${name}`;
    return (box.stat(at).mode & S_IFMT) === S_IFDIR ? [[at, undefined], ...dump(box, at)] : [[at, box.read(at)]];
  });
}

function check(make: (start: Model) => Box, withStart: boolean): void {
  fc.assert(
    fc.property(fc.array(step, { maxLength: withStart ? 30 : 0 }), fc.array(step, { maxLength: 40 }), (first, steps) => {
      const model: Model = new Map([['', undefined]]);
      for (const one of first) inModel(model, one);
      const box = make(model);
      for (const one of steps) expect([one, inBox(box, one)]).toEqual([one, inModel(model, one)]);
      model.delete('');
      expect(new Map(dump(box))).toEqual(model);
      for (const at of model.keys()) expect(box.pathOf(at)).toBe(at);
      expect(
        box.stat('/').nlink === 1 ||
          box.stat('/').nlink === 2 + [...model.keys()].filter((at) => parentOf(at) === '' && isDirectory(model, at)).length,
      ).toBe(true);
    }),
    { numRuns: 100 },
  );
}

it('a memory file system is the model', () => check(() => new Box(memoryFileSystem()), false), 60_000);

it('an overlay over layers is the model, wherever an entry comes from', () => {
  check((start) => {
    // Files in one layer and directories in another, so that merged directories occur.
    const files = Object.fromEntries([...start].filter(([, text]) => text !== undefined && !/^(->|=)/.test(text)) as [string, string][]);
    const directories = Object.fromEntries(
      [...start].filter(([at, text]) => at !== '' && text === undefined).map(([at]) => [`${at}/`, '']),
    );
    for (const [at, text] of start) if (text !== undefined && !(at in files)) start.delete(at);
    return new Box(overlayFileSystem({ layers: [hostTree(files), hostTree(directories)].map((root) => hostDirectoryLayer(root)) }));
  }, true);
}, 60_000);
