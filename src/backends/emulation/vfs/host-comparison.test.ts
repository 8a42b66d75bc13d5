/**
 * Random sequences of operations give on memory, overlay and bound file systems what they give on the host's: the same
 * errors, the same bytes, the same tree. Linux only: other systems have other error numbers.
 */
import * as fs from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { hostBind, hostDirectoryLayer, memoryFileSystem, overlayFileSystem } from './index.ts';
import { ALL_CAPABILITIES, Box, hostPaths, outcome, removeTemporaryDirectories, temporaryDirectory } from './test-kit.ts';
import { S_IFDIR, S_IFMT, S_IFREG, type FileSystem } from './types.ts';

afterAll(removeTemporaryDirectories);

/** Directories above the playground, so that `..` in paths and links stays inside the temporary directory. */
const DEEP = Array.from({ length: 12 }, (_, i) => `n${i}`).join('/');

type Operation =
  | { readonly op: 'mkdir' | 'rmdir' | 'unlink' | 'readlink' | 'list' | 'stat' | 'lstat'; readonly path: string }
  | { readonly op: 'open'; readonly path: string; readonly flags: number; readonly position: number; readonly text: string }
  | { readonly op: 'truncate'; readonly path: string; readonly size: number }
  | { readonly op: 'chmod'; readonly path: string; readonly mode: number }
  | { readonly op: 'rename' | 'link' | 'symlink'; readonly path: string; readonly to: string };

const { O_CREAT, O_EXCL, O_TRUNC, O_APPEND, O_RDONLY, O_WRONLY, O_RDWR, O_DIRECTORY, O_NOFOLLOW } = fs.constants;
const isRoot = process.getuid?.() === 0;
const component = fc.oneof({ weight: 12, arbitrary: fc.constantFrom('a', 'b', 'c') }, { weight: 1, arbitrary: fc.constantFrom('.', '..') });
const path = fc
  .tuple(fc.array(component, { minLength: 1, maxLength: 3 }), fc.constantFrom('', '', '', '', '', '/', '//', '/.'))
  .map(([names, end]) => names.join('/') + end);
const flags = fc
  .tuple(fc.constantFrom(O_RDONLY, O_WRONLY, O_RDWR), fc.subarray([O_CREAT, O_EXCL, O_TRUNC, O_APPEND, O_DIRECTORY, O_NOFOLLOW]))
  // O_CREAT|O_DIRECTORY and O_EXCL alone differ between kernels.
  .map(([access, more]) => more.reduce((all, flag) => all | flag, access))
  .filter((all) => (all & (O_CREAT | O_DIRECTORY)) !== (O_CREAT | O_DIRECTORY) && ((all & O_EXCL) === 0 || (all & O_CREAT) !== 0))
  .filter((all) => (all & O_TRUNC) === 0 || (all & 3) !== O_RDONLY);
const operation: fc.Arbitrary<Operation> = fc.oneof(
  fc.record({ op: fc.constantFrom('mkdir', 'mkdir', 'mkdir', 'rmdir', 'unlink', 'readlink', 'list', 'stat', 'lstat'), path }),
  fc.record({ op: fc.constant('open'), path, flags, position: fc.nat(9000), text: fc.string({ maxLength: 20, unit: 'grapheme-ascii' }) }),
  fc.record({ op: fc.constant('open'), path, flags: fc.constant(O_CREAT | O_WRONLY), position: fc.nat(9), text: fc.constant('new') }),
  fc.record({ op: fc.constant('truncate'), path, size: fc.nat(10_000) }),
  // Who is not root could not look at, nor clean up, a directory without x.
  fc.record({ op: fc.constant('chmod'), path, mode: fc.constantFrom(0o755, isRoot ? 0o644 : 0o744, 0o4711, 0o1777, 0o2755) }),
  fc.record({ op: fc.constantFrom('rename', 'rename', 'link', 'symlink'), path, to: path }),
) as fc.Arbitrary<Operation>;

function onHost(base: string, step: Operation): string {
  const at = (relative: string): string => `${base}/${relative}`;
  try {
    switch (step.op) {
      case 'mkdir':
        return text(fs.mkdirSync(at(step.path), 0o755));
      case 'rmdir':
        return text(fs.rmdirSync(at(step.path)));
      case 'unlink':
        return text(fs.unlinkSync(at(step.path)));
      case 'readlink':
        return fs.readlinkSync(at(step.path));
      case 'list':
        return fs.readdirSync(at(step.path)).toSorted().join(' ');
      case 'stat':
      case 'lstat': {
        const { mode, size, nlink } = fs[`${step.op}Sync`](at(step.path));
        return describeStat(mode, size, nlink);
      }
      case 'open': {
        const fd = fs.openSync(at(step.path), step.flags, 0o644);
        try {
          if ((step.flags & 3) === O_RDONLY) return 'opened';
          const { size } = fs.fstatSync(fd);
          return `wrote ${fs.writeSync(fd, Buffer.from(step.text), 0, undefined, (step.flags & O_APPEND) !== 0 ? size : step.position)}`;
        } finally {
          fs.closeSync(fd);
        }
      }
      case 'truncate':
        return text(fs.truncateSync(at(step.path), step.size));
      case 'chmod':
        return text(fs.chmodSync(at(step.path), step.mode));
      case 'rename':
        return text(fs.renameSync(at(step.path), at(step.to)));
      case 'link':
        return text(fs.linkSync(at(step.path), at(step.to)));
      default:
        return text(fs.symlinkSync(step.path, at(step.to)));
    }
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? String(error);
  }
}

function inBox(box: Box, step: Operation): string {
  let answer = 'ok';
  const failure = outcome(() => {
    switch (step.op) {
      case 'mkdir':
      case 'rmdir':
      case 'unlink':
        return box[step.op](step.path);
      case 'readlink':
        return (answer = box.vfs.readlink(box.context, step.path));
      case 'list':
        return (answer = [...box.open(step.path, O_DIRECTORY).inode.entries()]
          .map(([name]) => name)
          .toSorted()
          .join(' '));
      case 'stat':
      case 'lstat': {
        const { mode, size, nlink } = box.stat(step.path, step.op === 'stat');
        return (answer = describeStat(mode, size, nlink));
      }
      case 'open': {
        const { inode } = box.open(step.path, step.flags, 0o644);
        if ((step.flags & 3) === O_RDONLY) return (answer = 'opened');
        const bytes = Buffer.from(step.text);
        return (answer = `wrote ${inode.writeAt((step.flags & O_APPEND) !== 0 ? inode.size : step.position, bytes)}`);
      }
      case 'truncate':
        // Node opens the file to truncate it.
        return box.vfs.setAttributes(box.context, box.open(step.path, O_RDWR), { size: step.size });
      case 'chmod':
        return box.chmod(step.path, step.mode);
      case 'rename':
      case 'link':
        return box[step.op](step.path, step.to);
      default:
        return box.symlink(step.path, step.to);
    }
  });
  return failure === 'ok' ? answer : failure;
}

const text = (nothing: void | undefined): string => (nothing === undefined ? 'ok' : 'something');

/** Links of directories and their sizes are the file system's own affair. */
function describeStat(mode: number, size: number, nlink: number): string {
  return (mode & S_IFMT) === S_IFDIR ? mode.toString(8) : `${mode.toString(8)} ${size} ${nlink}`;
}

function hostDump(base: string): string[] {
  return hostPaths(base).map((name) => {
    const stats = fs.lstatSync(join(base, name));
    const content = stats.isFile()
      ? fs.readFileSync(join(base, name), 'latin1')
      : stats.isSymbolicLink()
        ? fs.readlinkSync(join(base, name))
        : '';
    return `${name} ${describeStat(stats.mode, stats.size, stats.nlink)} ${content}`;
  });
}

function boxDump(box: Box, directory = '.', prefix = ''): string[] {
  return box
    .list(directory)
    .flatMap((name) => {
      const relative = `${directory}/${name}`;
      const { mode, size, nlink } = box.stat(relative, false);
      const kind = mode & S_IFMT;
      const content = kind === S_IFREG ? box.read(relative) : kind === S_IFDIR ? '' : box.vfs.readlink(box.context, relative);
      const line = `${prefix}${name} ${describeStat(mode, size, nlink)} ${content}`;
      return kind === S_IFDIR ? [line, ...boxDump(box, relative, `${prefix}${name}/`)] : [line];
    })
    .toSorted((a, b) => ((a.split(' ')[0] as string) < (b.split(' ')[0] as string) ? -1 : 1));
}

function boxFor(fileSystem: FileSystem): Box {
  const [uid, gid] = [process.getuid?.() ?? 0, process.getgid?.() ?? 0];
  const credentials = { uid, gid, groups: process.getgroups?.() ?? [], capabilities: uid === 0 ? ALL_CAPABILITIES : 0n };
  const box = new Box(fileSystem, { credentials, umask: 0o22 });
  for (let at = '', rest = DEEP.split('/'); rest.length > 0; rest = rest.slice(1)) {
    at += `/${rest[0]}`;
    if (outcome(() => box.at(at)) === 'ENOENT') box.mkdir(at);
  }
  return box.in(`/${DEEP}`);
}

/** `start`: operations done on the host before; `make` gets a directory with their result. */
function compare(make: (directory: string) => FileSystem, runs: number, withStart: boolean): void {
  const previous = process.umask(0o22);
  try {
    fc.assert(
      fc.property(fc.array(operation, { maxLength: withStart ? 40 : 0 }), fc.array(operation, { maxLength: 40 }), (start, steps) => {
        const [host, other] = [temporaryDirectory(), temporaryDirectory()];
        for (const root of [host, other]) {
          fs.chmodSync(root, 0o755);
          fs.mkdirSync(join(root, DEEP), { recursive: true });
          for (const step of start) onHost(join(root, DEEP), step);
        }
        const box = boxFor(make(other));
        for (const step of steps) expect([step, inBox(box, step)]).toEqual([step, onHost(join(host, DEEP), step)]);
        expect(boxDump(box)).toEqual(hostDump(join(host, DEEP)));
        removeTemporaryDirectories();
      }),
      { numRuns: runs },
    );
  } finally {
    process.umask(previous);
  }
}

describe.runIf(process.platform === 'linux')('compared with the host', () => {
  it('a memory file system behaves the same', () => compare(() => memoryFileSystem({ uid: process.getuid?.() ?? 0 }), 60, false), 60_000);
  it(
    'an overlay over a populated directory behaves the same',
    () => compare((directory) => overlayFileSystem({ layers: [hostDirectoryLayer(directory)] }), 60, true),
    60_000,
  );
  it('a bound directory behaves the same', () => compare((directory) => hostBind(directory), 60, true), 60_000);
});
