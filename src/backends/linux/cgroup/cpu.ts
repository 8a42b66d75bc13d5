/** linux.resources.cpu: bandwidth, weight and the CPUs and memory nodes allowed. */
import type { LinuxCPU } from '../../../oci/spec.ts';
import { TsrunError } from '../../../core/errors.ts';
import type { CgroupRecord } from '../../../plan/facts.ts';
import { cpuMax, cpuWeight } from './convert.ts';
import { decimal, readCgroupFile, type Write, writeCgroupFile, writeInWorkingOrder } from './files.ts';
import { needPlace } from './place.ts';

const BASE = '/linux/resources/cpu';

/** Unset and 0 leave a value alone, but for burst and idle, whose 0 is a value. quota or period alone keep the other. */
export function applyCpu(record: CgroupRecord, cpu: LinuxCPU): void {
  applyCpuset(record, cpu);
  const { shares, quota, period, burst, idle, realtimePeriod, realtimeRuntime } = cpu;
  if (!shares && !quota && !period && burst === undefined && idle === undefined && !realtimePeriod && !realtimeRuntime) return;
  const { version, dir } = needPlace(record, 'cpu', BASE);
  writeInWorkingOrder(version === 1 ? writesV1(dir, cpu) : writesV2(dir, cpu));
  if (version === 1 && shares) checkShares(dir, shares);
}

function writesV1(dir: string, { shares, quota, period, burst, idle, realtimePeriod, realtimeRuntime }: LinuxCPU): readonly Write[] {
  return [
    ...some(dir, 'cpu.shares', shares || undefined, 'shares'),
    ...some(dir, 'cpu.idle', idle, 'idle'),
    ...some(dir, 'cpu.cfs_period_us', period || undefined, 'period'),
    ...some(dir, 'cpu.cfs_quota_us', quota || undefined, 'quota'),
    ...some(dir, 'cpu.cfs_burst_us', burst, 'burst'),
    ...some(dir, 'cpu.rt_period_us', realtimePeriod || undefined, 'realtimePeriod'),
    ...some(dir, 'cpu.rt_runtime_us', realtimeRuntime || undefined, 'realtimeRuntime'),
  ];
}

function writesV2(dir: string, { shares, quota, period, burst, idle, realtimePeriod, realtimeRuntime }: LinuxCPU): readonly Write[] {
  for (const [property, value] of Object.entries({ realtimePeriod, realtimeRuntime })) {
    if (value)
      throw new TsrunError('CONFIG_UNSUPPORTED', `cgroup v2 has no equivalent of cpu ${property}`, { pointer: `${BASE}/${property}` });
  }
  const max = quota || period ? cpuMax(quota || undefined, period || undefined, readCgroupFile(dir, 'cpu.max') ?? '') : undefined;
  return [
    ...some(dir, 'cpu.weight', shares ? cpuWeight(shares) : undefined, 'shares'),
    ...some(dir, 'cpu.idle', idle, 'idle'),
    ...(max === undefined ? [] : [{ dir, file: 'cpu.max', value: max, pointer: `${BASE}/${quota ? 'quota' : 'period'}` }]),
    ...some(dir, 'cpu.max.burst', burst, 'burst'),
  ];
}

/** The kernel clamps what is out of its range instead of refusing it. */
function checkShares(dir: string, shares: number): void {
  const now = Number(readCgroupFile(dir, 'cpu.shares') ?? shares);
  if (now === shares) return;
  const word = shares > now ? 'maximum' : 'minimum';
  throw new TsrunError('CONFIG_INVALID', `the ${word} allowed cpu-shares is ${now}`, { pointer: `${BASE}/shares` });
}

function applyCpuset(record: CgroupRecord, { cpus, mems }: LinuxCPU): void {
  if (!cpus && !mems) return;
  const { dir } = needPlace(record, 'cpuset', cpus ? `${BASE}/cpus` : `${BASE}/mems`);
  if (cpus) writeCgroupFile({ dir, file: 'cpuset.cpus', value: cpus, pointer: `${BASE}/cpus` });
  if (mems) writeCgroupFile({ dir, file: 'cpuset.mems', value: mems, pointer: `${BASE}/mems` });
}

function some(dir: string, file: string, value: number | undefined, property: string): readonly Write[] {
  return value === undefined ? [] : [{ dir, file, value: decimal(value), pointer: `${BASE}/${property}` }];
}
