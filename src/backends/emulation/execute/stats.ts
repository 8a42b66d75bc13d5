/** Statistics in runc's shape (types/events.go), as far as the emulated kernel has them. */
import type { Stats } from '../../backend.ts';
import type { KernelStats } from '../kernel/types.ts';

const NS_PER_MS = 1e6;

export function statsOf(stats: KernelStats): Stats {
  const ns = (ms: number): number => Math.round(ms * NS_PER_MS);
  const { cpuUserMs, cpuSystemMs } = stats;
  return {
    cpu: {
      usage: { total: ns(cpuUserMs + cpuSystemMs), kernel: ns(cpuSystemMs), user: ns(cpuUserMs) },
      throttling: { throttledPeriods: stats.throttledPeriods, throttledTime: ns(stats.throttledMs) },
    },
    memory: {
      usage: {
        // 0 where there is no limit, as runc has the fields that it cannot read.
        limit: stats.memoryLimit ?? 0,
        usage: stats.memoryBytes,
        max: stats.memoryPeakBytes,
        failcnt: stats.oomKills + stats.memoryRefusals,
      },
      cache: stats.fileBytes,
      raw: { anon: stats.memoryBytes - stats.fileBytes, file: stats.fileBytes, shmem: stats.fileBytes },
    },
    blkio: {},
    pids: { current: stats.pids, ...(stats.pidsLimit === undefined ? {} : { limit: stats.pidsLimit }) },
  };
}
