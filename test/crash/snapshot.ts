/** Everything in a sandbox that a runtime could leave behind, as lines that can be compared. */
import { readdirSync, readFileSync, type Dirent } from 'node:fs';
import { join } from 'node:path';

export interface Scope {
  /** Where the sandbox's file system is seen from here: '' inside of it. */
  readonly root: string;
  /** Directories, as paths in the sandbox, whose whole tree of names counts (state root, bundle). */
  readonly trees: readonly string[];
  /** Pids in the sandbox that do not count: who is looking. */
  readonly except: readonly number[];
}

export function snapshot(scope: Scope): readonly string[] {
  return [
    ...processes(scope),
    ...mounts(scope).map((line) => `mount ${line}`),
    ...directories(`${scope.root}/sys/fs/cgroup`, 6).map((path) => `cgroup ${path.slice(scope.root.length)}`),
    ...scope.trees.flatMap((tree) => names(scope.root + tree).map((path) => `file ${path.slice(scope.root.length)}`)),
    ...sockets(scope).map((path) => `socket ${path}`),
  ];
}

/** What is in `after` and not in `before`, and what of `before` is gone. */
export function difference(before: readonly string[], after: readonly string[]): readonly string[] {
  return [
    ...after.filter((line) => !before.includes(line)).map((line) => `left: ${line}`),
    ...before.filter((line) => !after.includes(line)).map((line) => `lost: ${line}`),
  ];
}

function processes({ root, except }: Scope): readonly string[] {
  return readdirSync(`${root}/proc`)
    .filter((name) => /^\d+$/.test(name) && !except.includes(Number(name)))
    .map((pid) => ({ pid, status: read(`${root}/proc/${pid}/status`), argv: read(`${root}/proc/${pid}/cmdline`) }))
    .filter(({ status }) => status !== '' && !/^State:\s+[ZX]/m.test(status))
    .map(({ pid, argv }) => `process ${pid} ${argv.replaceAll('\0', ' ').slice(0, 120)}`);
}

function mounts({ root }: Scope): readonly string[] {
  return read(`${root}/proc/1/mountinfo`)
    .split('\n')
    .filter((line) => line !== '');
}

/** Named and abstract sockets of the sandbox's network namespace. */
function sockets({ root }: Scope): readonly string[] {
  return read(`${root}/proc/1/net/unix`)
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/)[7] ?? '')
    .filter((path) => path !== '');
}

function directories(dir: string, depth: number): readonly string[] {
  if (depth === 0) return [];
  return entries(dir)
    .filter((entry) => entry.isDirectory())
    .flatMap((entry) => [join(dir, entry.name), ...directories(join(dir, entry.name), depth - 1)]);
}

function names(dir: string): readonly string[] {
  return entries(dir).flatMap((entry) => [join(dir, entry.name), ...(entry.isDirectory() ? names(join(dir, entry.name)) : [])]);
}

function entries(dir: string): readonly Dirent[] {
  try {
    return readdirSync(dir, { withFileTypes: true });
  } catch {
    return []; // gone meanwhile, or not there yet
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // ended meanwhile
  }
}
