import { errno } from '../../../errno.ts';
import type { PseudoDirectoryEntry } from '../../../vfs/pseudo.ts';
import type { Proc } from '../../process.ts';

/** With the number where the kernel was made with none: those of Linux's first namespaces. */
const KINDS = {
  cgroup: 4026531835,
  ipc: 4026531839,
  mnt: 4026531841,
  net: 4026531840,
  pid: 4026531836,
  time: 4026531834,
  user: 4026531837,
  uts: 4026531838,
} as const;
const FOR_CHILDREN = { pid_for_children: 'pid', time_for_children: 'time' } as const;

/** /proc/PID/ns: all processes of a kernel are in the same. */
export function namespaceLinks(process: Proc): PseudoDirectoryEntry {
  const names = [...Object.keys(KINDS).map((kind) => [kind, kind]), ...Object.entries(FOR_CHILDREN)] as [string, keyof typeof KINDS][];
  const links = names.map(([name, kind]) => {
    const target = (): string => `${kind}:[${process.kernel.options.namespaces?.get(kind) ?? KINDS[kind]}]`;
    return [name, { kind: 'link', target, magic: refuse } as const] as const;
  });
  return { kind: 'directory', mode: 0o511, entries: Object.fromEntries(links), uid: process.ids.euid, gid: process.ids.egid };
}

/** There is no setns(2) that could use an open one. */
function refuse(): never {
  throw errno('EACCES');
}
