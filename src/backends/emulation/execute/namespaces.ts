/**
 * Namespaces as far as they can be seen. A container has processes, mounts, names and ids of its own whatever the config
 * says; the numbers in /proc/PID/ns tell new namespaces from inherited and joined ones as on Linux.
 */
import { randomInt } from 'node:crypto';
import { readlinkSync, statfsSync, statSync } from 'node:fs';
import { NAMESPACES } from '../../../oci/namespaces.ts';
import type { Spec } from '../../../oci/spec.ts';
import type { OpOf } from '../../../plan/ops.ts';
import { errno, ERRNO, type ErrnoName } from '../errno.ts';
import type { World } from './world.ts';

/** statfs(2) type of the file system that namespaces bound to a path are in. */
const NSFS_MAGIC = 0x6e736673;
/** Linux numbers namespaces from 0xf0000000 on, one by one; ours are far beyond, so that none is like one of the host. */
const FIRST = 0xf800_0000;
const COUNT = 0x0800_0000;

/** By name in /proc/PID/ns. */
export function namespaceNumbers({ linux }: Spec): ReadonlyMap<string, number> {
  const listed = new Map((linux?.namespaces ?? []).map((namespace) => [namespace.type as string, namespace]));
  const numbers = Object.entries(NAMESPACES).map(([type, { proc }]): readonly [string, number] => {
    const namespace = listed.get(type);
    const path = namespace === undefined ? `/proc/self/ns/${proc}` : namespace.path;
    return [proc, (path === undefined ? undefined : numberOf(path)) ?? FIRST + randomInt(COUNT)];
  });
  return new Map(numbers);
}

/** undefined: the host is not Linux, or there is no such namespace (joinNamespace refuses), or Node must not look (its permission model). */
function numberOf(path: string): number | undefined {
  if (process.platform !== 'linux') return undefined;
  try {
    return statSync(path, { throwIfNoEntry: false })?.ino;
  } catch {
    return undefined;
  }
}

/** Validated as setns(2) does it: there must be a namespace of that type at the path. Nothing is shared with it. */
export function joinNamespace({ init }: World, { path, flags }: OpOf<'joinNamespace'>): void {
  if (!init) return; // exec'd: those of the container
  const kind = Object.values(NAMESPACES).find(({ flag }) => flag === flags)?.proc;
  const found = kindAt(path);
  if (found !== undefined && found !== kind) throw errno('EINVAL');
}

/** undefined: a namespace bound to a path, or a system where there are none. Throws Errno. */
function kindAt(path: string): string | undefined {
  try {
    statSync(path);
    if (process.platform !== 'linux') return undefined;
    if (statfsSync(path).type !== NSFS_MAGIC) throw errno('EINVAL');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== undefined && code in ERRNO) throw errno(code as ErrnoName);
    throw error;
  }
  try {
    return /^(\w+):\[/.exec(readlinkSync(path))?.[1];
  } catch {
    return undefined; // no magic link of /proc but a mount of one, which does not tell its type
  }
}
