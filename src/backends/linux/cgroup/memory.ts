/** linux.resources.memory */
import type { LinuxMemory } from '../../../oci/spec.ts';
import { TsrunError } from '../../../core/errors.ts';
import type { CgroupRecord } from '../../../plan/facts.ts';
import { swapMax } from './convert.ts';
import { decimal, hasFile, readCgroupFile, systemErrorCode, type Write, writeCgroupFile, writeInWorkingOrder } from './files.ts';
import { needPlace } from './place.ts';

const BASE = '/linux/resources/memory';

/**
 * Unset and 0 leave a value alone, -1 lifts it (engines write 0 for "not given"). `kernel` has been without effect since
 * runtime-spec 1.1 (`check` reports it).
 */
export function applyMemory(record: CgroupRecord, memory: LinuxMemory): void {
  const { limit, reservation, swap, kernelTCP, swappiness, disableOOMKiller, useHierarchy } = memory;
  const wanted = limit || reservation || swap || kernelTCP || swappiness !== undefined || disableOOMKiller || useHierarchy;
  if (!wanted) return;
  const { version, dir } = needPlace(record, 'memory', BASE);
  if (memory.checkBeforeUpdate) checkUsage(dir, version, memory);
  if (version === 1) applyV1(dir, memory);
  else applyV2(dir, memory);
}

function applyV1(dir: string, memory: LinuxMemory): void {
  const { limit, reservation, kernelTCP, swappiness, disableOOMKiller, useHierarchy } = memory;
  // The kernel answers EINVAL to a memory limit above that of memory+swap: "no limit" has to lift both.
  const swap = limit === -1 && !memory.swap && hasFile(dir, 'memory.memsw.limit_in_bytes') ? -1 : memory.swap;
  if (useHierarchy && readCgroupFile(dir, 'memory.use_hierarchy') !== '1') {
    writeCgroupFile({ dir, file: 'memory.use_hierarchy', value: '1', pointer: `${BASE}/useHierarchy` });
  }
  limitWrites(
    dir,
    [...some(dir, 'memory.limit_in_bytes', limit, 'limit'), ...some(dir, 'memory.memsw.limit_in_bytes', swap, 'swap')],
    limit,
  );
  const rest = [
    ...some(dir, 'memory.soft_limit_in_bytes', reservation, 'reservation'),
    ...some(dir, 'memory.kmem.tcp.limit_in_bytes', kernelTCP, 'kernelTCP'),
  ];
  for (const write of rest) writeCgroupFile(write);
  // Go clients send 2^64-1 (-1 as unsigned) for "not given".
  if (swappiness !== undefined && swappiness >= 0 && swappiness <= 200) {
    writeCgroupFile({ dir, file: 'memory.swappiness', value: decimal(swappiness), pointer: `${BASE}/swappiness` });
  } else if (swappiness !== undefined && swappiness < 2 ** 63 && swappiness !== -1) {
    throw new TsrunError('CONFIG_INVALID', `invalid memory swappiness value: ${swappiness} (valid range is 0-100)`, {
      pointer: `${BASE}/swappiness`,
    });
  }
  if (disableOOMKiller) writeCgroupFile({ dir, file: 'memory.oom_control', value: '1', pointer: `${BASE}/disableOOMKiller` });
}

function applyV2(dir: string, memory: LinuxMemory): void {
  const { limit, reservation, swappiness, disableOOMKiller, kernelTCP } = memory;
  refuseOnV2(disableOOMKiller === true, 'disableOOMKiller');
  refuseOnV2(swappiness !== undefined && swappiness >= 0 && swappiness < 2 ** 63, 'swappiness');
  refuseOnV2(kernelTCP !== undefined && kernelTCP > 0, 'kernelTCP');
  const inForce = limit || currentLimit(dir);
  const swap = swapMax(memory.swap, memory.swap && memory.swap > 0 ? inForce : limit);
  if (typeof swap === 'object') throw new TsrunError('CONFIG_INVALID', swap.error, { pointer: `${BASE}/swap` });
  // Without swap in the kernel there is no such file, and neither "no limit" nor "none at all" needs it.
  const needless = (swap === 'max' || swap === 0) && !hasFile(dir, 'memory.swap.max');
  if (swap !== undefined && !needless) writeCgroupFile({ dir, file: 'memory.swap.max', value: String(swap), pointer: `${BASE}/swap` });
  limitWrites(dir, some(dir, 'memory.max', limit, 'limit'), limit);
  for (const write of some(dir, 'memory.low', reservation, 'reservation')) writeCgroupFile(write);
}

function refuseOnV2(asked: boolean, property: string): void {
  if (asked)
    throw new TsrunError('CONFIG_UNSUPPORTED', `cgroup v2 has no equivalent of memory ${property}`, { pointer: `${BASE}/${property}` });
}

/** v1 answers EBUSY when more is in use than the new limit and nothing more can be reclaimed. */
function limitWrites(dir: string, writes: readonly Write[], limit: number | undefined): void {
  try {
    writeInWorkingOrder(writes);
  } catch (error) {
    if (!(error instanceof TsrunError) || systemErrorCode(error.cause) !== 'EBUSY') throw error;
    const usage = readCgroupFile(dir, 'memory.usage_in_bytes') ?? readCgroupFile(dir, 'memory.current');
    const peak = readCgroupFile(dir, 'memory.max_usage_in_bytes') ?? readCgroupFile(dir, 'memory.peak');
    throw new TsrunError('CONFIG_INVALID', `unable to set memory limit to ${limit} (current usage: ${usage}, peak usage: ${peak})`, {
      pointer: `${BASE}/limit`,
      cause: error.cause,
    });
  }
}

/** checkBeforeUpdate: refuse a limit that would make the kernel kill at once. */
function checkUsage(dir: string, version: 1 | 2, { limit, swap }: LinuxMemory): void {
  const usage = Number(readCgroupFile(dir, version === 1 ? 'memory.usage_in_bytes' : 'memory.current') ?? 0);
  const swapped = version === 2 ? Number(readCgroupFile(dir, 'memory.swap.current') ?? 0) : undefined;
  const both = swapped === undefined ? Number(readCgroupFile(dir, 'memory.memsw.usage_in_bytes') ?? 0) : usage + swapped;
  if (swap !== undefined && swap > 0 && swap <= both) {
    throw new TsrunError('CONFIG_INVALID', `rejecting memory+swap limit ${swap} <= usage ${both}`, { pointer: `${BASE}/swap` });
  }
  if (limit !== undefined && limit > 0 && limit <= usage) {
    throw new TsrunError('CONFIG_INVALID', `rejecting memory limit ${limit} <= usage ${usage}`, { pointer: `${BASE}/limit` });
  }
}

function currentLimit(dir: string): number {
  const text = readCgroupFile(dir, 'memory.max');
  return text === undefined || text === 'max' ? Number.POSITIVE_INFINITY : Number(text);
}

function some(dir: string, file: string, value: number | undefined, property: string): readonly Write[] {
  if (value === undefined || value === 0) return [];
  const none = file.endsWith('_in_bytes') ? '-1' : 'max';
  return [{ dir, file, value: value < 0 ? none : decimal(value), pointer: `${BASE}/${property}` }];
}
