import { errno } from '../../../errno.ts';
import type { PseudoDirectoryEntry } from '../../../vfs/pseudo.ts';
import type { KernelState } from '../../state.ts';
import type { Proc } from '../../process.ts';

const KINDS = ['cgroup', 'ipc', 'mnt', 'net', 'pid', 'pid_for_children', 'time', 'time_for_children', 'user', 'uts'] as const;
/** As Linux numbers them: PROC_DYNAMIC_FIRST and on. */
const FIRST = 4026531834;
const numbers = new WeakMap<KernelState, number>();
let next = FIRST;

/** /proc/PID/ns: each container has namespaces of its own, whose numbers are told apart within this OS process. */
export function namespaceLinks(process: Proc): PseudoDirectoryEntry {
  const links = KINDS.map((kind, index) => {
    const name = kind.replace('_for_children', '');
    const target = (): string => `${name}:[${baseOf(process.kernel) + (name === kind ? index : index - 1)}]`;
    return [kind, { kind: 'link', target, magic: refuse } as const] as const;
  });
  return { kind: 'directory', mode: 0o511, entries: Object.fromEntries(links), uid: process.ids.euid, gid: process.ids.egid };
}

function baseOf(kernel: KernelState): number {
  let base = numbers.get(kernel);
  if (base === undefined) {
    base = next;
    next += KINDS.length;
    numbers.set(kernel, base);
  }
  return base;
}

/** There is no setns(2) that could use an open one. */
function refuse(): never {
  throw errno('EACCES');
}
