import { isObject, pointerParts } from './pointer.ts';
import type { Problem } from './problem.ts';

/** Every type, so that no rule misses one; a user namespace that is joined asks for no mappings. */
const NAMESPACES = [...['pid', 'network', 'mount', 'ipc', 'uts', 'cgroup', 'time'].map((type) => ({ type })), { type: 'user', path: '/?' }];

/** For entries whose absence alone would break a rule: the schema has said what is wrong with them. */
const STAND_INS: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['ociVersion', '1.0.0'],
  ['root', { path: '/' }],
  ['process/cwd', '/'],
  ['process/args', ['?']],
  ['linux', { namespaces: NAMESPACES }],
  ['linux/namespaces', NAMESPACES],
]);

/**
 * A copy without what the schema refused, so that the rules can look at the rest: a user sees all problems at once.
 * A bad value goes together with the whole top-level entry that holds it (in `process` and `linux` one level below, in
 * `linux.resources` two): all of these are optional or have a stand-in, so that what is left has the right shape.
 * undefined: there is nothing to look at.
 */
export function salvage(value: unknown, errors: readonly Problem[]): unknown {
  if (!isObject(value)) return undefined;
  const copy: unknown = structuredClone(value);
  for (const { pointer } of errors) {
    const parts = pointerParts(pointer);
    cut(copy, parts.slice(0, depthOfCut(parts)));
    // Whether the mappings have their namespace can then not be said.
    if (parts[1] === 'namespaces') for (const kind of ['uidMappings', 'gidMappings']) cut(copy, ['linux', kind]);
  }
  return copy;
}

function depthOfCut([first, second]: readonly string[]): number {
  if (first === 'linux') return second === 'resources' ? 3 : 2;
  return first === 'process' ? 2 : 1;
}

function cut(root: unknown, path: readonly string[]): void {
  const name = path.at(-1);
  let owner: unknown = root;
  for (const part of path.slice(0, -1)) owner = isObject(owner) ? owner[part] : undefined;
  if (name === undefined || !isObject(owner)) return;
  const standIn = STAND_INS.get(path.join('/'));
  if (standIn === undefined) Reflect.deleteProperty(owner, name);
  else Reflect.set(owner, name, standIn);
}
