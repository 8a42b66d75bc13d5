import { TsrunError } from '../core/errors.ts';
import { parseSize } from '../oci/size.ts';
import type { LinuxResources } from '../oci/spec.ts';
import type { OptionSpec } from './args.ts';
import { flagValue, integer } from './values.ts';

/** As `parseArguments` gives them. */
export interface ResourceFlags {
  readonly blkioWeight?: string;
  readonly cpuPeriod?: string;
  readonly cpuQuota?: string;
  readonly cpuBurst?: string;
  readonly cpuShare?: string;
  readonly cpuRtPeriod?: string;
  readonly cpuRtRuntime?: string;
  readonly cpusetCpus?: string;
  readonly cpusetMems?: string;
  readonly cpuIdle?: string;
  readonly memory?: string;
  readonly memoryReservation?: string;
  readonly memorySwap?: string;
  readonly kernelMemory?: string;
  readonly kernelMemoryTcp?: string;
  readonly pidsLimit?: string;
  readonly l3CacheSchema?: string;
  readonly memBwSchema?: string;
}

export const RESOURCE_OPTIONS: readonly OptionSpec[] = [
  { flags: '--blkio-weight <n>', description: 'relative share of block I/O, 10 to 1000' },
  { flags: '--cpu-period <us>', description: 'period of the CPU quota in microseconds' },
  { flags: '--cpu-quota <us>', description: 'CPU time in each period; -1: no limit' },
  { flags: '--cpu-burst <us>', description: 'unused quota that may be used later' },
  { flags: '--cpu-share <n>', description: 'relative share of CPU time' },
  { flags: '--cpu-rt-period <us>', description: 'period of real-time scheduling' },
  { flags: '--cpu-rt-runtime <us>', description: 'real-time CPU time in each period' },
  { flags: '--cpuset-cpus <list>', description: 'CPUs to use, such as 0-2,4' },
  { flags: '--cpuset-mems <list>', description: 'memory nodes to use' },
  { flags: '--cpu-idle <0|1>', description: '1: run only when nobody else wants the CPU' },
  { flags: '--memory <size>', description: 'memory limit, such as 512M; -1: no limit' },
  { flags: '--memory-reservation <size>', description: 'soft memory limit' },
  { flags: '--memory-swap <size>', description: 'memory and swap together; -1: no limit' },
  { flags: '--kernel-memory <size>', description: 'ignored, as the specification has it since 1.1' },
  { flags: '--kernel-memory-tcp <size>', description: 'ignored, as the specification has it since 1.1' },
  { flags: '--pids-limit <n>', description: 'number of processes; -1: no limit' },
  { flags: '--l3-cache-schema <schema>', description: 'not supported' },
  { flags: '--mem-bw-schema <schema>', description: 'not supported' },
];

/** Zero and the empty string leave a limit alone, as in runc. */
export function resourcesFromFlags(flags: ResourceFlags): LinuxResources {
  for (const name of ['l3CacheSchema', 'memBwSchema'] as const) {
    if (flags[name] !== undefined) throw new TsrunError('CONFIG_UNSUPPORTED', 'Intel RDT is not supported');
  }
  const idle = flags.cpuIdle === undefined ? undefined : integer('--cpu-idle', flags.cpuIdle, 0);
  return withoutZeros({
    memory: {
      limit: size('--memory', flags.memory),
      reservation: size('--memory-reservation', flags.memoryReservation),
      swap: size('--memory-swap', flags.memorySwap),
    },
    cpu: {
      shares: number('--cpu-share', flags.cpuShare),
      quota: number('--cpu-quota', flags.cpuQuota, -1),
      burst: number('--cpu-burst', flags.cpuBurst),
      period: number('--cpu-period', flags.cpuPeriod),
      realtimeRuntime: number('--cpu-rt-runtime', flags.cpuRtRuntime, -1),
      realtimePeriod: number('--cpu-rt-period', flags.cpuRtPeriod),
      cpus: flags.cpusetCpus ?? '',
      mems: flags.cpusetMems ?? '',
      ...(idle === undefined ? {} : { idle }),
    },
    pids: { limit: number('--pids-limit', flags.pidsLimit, -1) },
    blockIO: { weight: number('--blkio-weight', flags.blkioWeight) },
  });
}

function number(flag: string, text: string | undefined, min: number = 0): number {
  return text === undefined ? 0 : integer(flag, text, min);
}

function size(flag: string, text: string | undefined): number {
  return text === undefined || text === '' ? 0 : flagValue(flag, parseSize(text));
}

/** Values for which zero is a setting of its own. */
const ZERO_COUNTS: ReadonlySet<string> = new Set(['idle', 'swappiness']);

/** What is zero or empty is left out: containerd sends all fields, with zeros for "leave alone". */
export function withoutZeros(resources: LinuxResources): LinuxResources {
  return Object.fromEntries(
    Object.entries(resources).flatMap(([name, value]: [string, unknown]) => {
      if (value === null || value === undefined) return [];
      if (typeof value !== 'object' || Array.isArray(value) || name === 'unified' || name === 'rdma') return [[name, value]];
      const kept = Object.entries(value).filter(([key, entry]) => entry !== null && entry !== '' && (entry !== 0 || ZERO_COUNTS.has(key)));
      return kept.length === 0 ? [] : [[name, Object.fromEntries(kept)]];
    }),
  );
}
