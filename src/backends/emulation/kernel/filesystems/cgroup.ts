import { type PseudoEntry, pseudoFileSystem } from '../../vfs/pseudo.ts';
import type { FileSystem } from '../../vfs/types.ts';
import { memoryOf } from '../memory.ts';
import { isGone, type Proc } from '../process.ts';
import type { KernelState } from '../state.ts';
import { cpuSeconds } from './proc/system.ts';

const CGROUP2_SUPER_MAGIC = 0x63677270;

/** The container's own cgroup as it sees it from inside a cgroup namespace (cgroups(7), version 2), read-only. */
const FILES: Readonly<Record<string, (kernel: KernelState) => string>> = {
  'cgroup.controllers': () => 'cpu memory pids\n',
  'cgroup.events': (kernel) => `populated ${alive(kernel).length > 0 ? 1 : 0}\nfrozen ${kernel.scheduler.frozen ? 1 : 0}\n`,
  'cgroup.freeze': (kernel) => `${kernel.scheduler.frozen ? 1 : 0}\n`,
  'cgroup.max.depth': () => '0\n',
  'cgroup.max.descendants': () => '0\n',
  'cgroup.procs': pids,
  'cgroup.stat': () => 'nr_descendants 0\nnr_dying_descendants 0\n',
  'cgroup.subtree_control': () => '\n',
  'cgroup.threads': pids,
  'cgroup.type': () => 'domain\n',
  'cpu.max': ({ limits: { cpu } }) =>
    cpu === undefined ? 'max 100000\n' : `${Math.round(cpu.quotaMs * 1000)} ${Math.round(cpu.periodMs * 1000)}\n`,
  'cpu.stat': cpuStat,
  'memory.current': (kernel) => `${memoryOf(kernel).used}\n`,
  'memory.events': (kernel) =>
    `low 0\nhigh 0\nmax ${kernel.oomKills + kernel.memory.refusals}\noom ${kernel.oomKills}\noom_kill ${kernel.oomKills}\noom_group_kill 0\n`,
  'memory.max': ({ limits }) => `${limits.memory ?? 'max'}\n`,
  'memory.peak': (kernel) => `${memoryOf(kernel).peak}\n`,
  'memory.stat': memoryStat,
  'memory.swap.current': () => '0\n',
  'memory.swap.max': () => '0\n',
  'pids.current': (kernel) => `${kernel.processes.size}\n`,
  'pids.max': ({ limits }) => `${limits.pids ?? 'max'}\n`,
};

export function cgroupFileSystem(kernel: KernelState, superOptions: string): FileSystem {
  const lookup = (name: string): PseudoEntry | undefined => {
    const read = Object.hasOwn(FILES, name) ? FILES[name] : undefined;
    return read && { kind: 'file', read: () => read(kernel) };
  };
  const root = { kind: 'directory', mode: 0o755, lookup, list: () => Object.keys(FILES) } as const;
  return pseudoFileSystem({ type: 'cgroup2', magic: CGROUP2_SUPER_MAGIC, superOptions, root });
}

const alive = (kernel: KernelState): Proc[] => [...kernel.processes.values()].filter((process) => !isGone(process));

function pids(kernel: KernelState): string {
  return alive(kernel)
    .map(({ pid }) => `${pid}\n`)
    .join('');
}

/** As Linux counts tmpfs: its pages are of files, and shared memory. */
function memoryStat(kernel: KernelState): string {
  const { programs, files } = memoryOf(kernel);
  return `anon ${programs}\nfile ${files}\nkernel 0\nshmem ${files}\n`;
}

function cpuStat(kernel: KernelState): string {
  const usage = Math.round(cpuSeconds(kernel) * 1e6);
  const { periods, ms } = kernel.scheduler.throttling;
  return `usage_usec ${usage}\nuser_usec ${usage}\nsystem_usec 0\nnr_periods ${periods}\nnr_throttled ${periods}\nthrottled_usec ${Math.round(ms * 1000)}\n`;
}
