/** linux.resources → limits of the emulated kernel. What it has not is a finding at create and an error of `update`. */
import { TsrunError } from '../../../core/errors.ts';
import type { LinuxResources } from '../../../oci/spec.ts';
import type { Finding } from '../../backend.ts';
import type { KernelLimits } from '../kernel/types.ts';

const DEFAULT_PERIOD_US = 100_000;

/** What the limits are after `resources`; what that does not name stays as in `before`. */
export function limitsWith(before: KernelLimits, { memory, pids, cpu }: LinuxResources): KernelLimits {
  const limits = {
    memory: memory?.limit === undefined ? before.memory : positive(memory.limit),
    pids: pids?.limit === undefined ? before.pids : pids.limit < 0 ? undefined : pids.limit,
    cpu: cpuLimit(before.cpu, cpu?.quota, cpu?.period),
  };
  return {
    ...(limits.memory === undefined ? {} : { memory: limits.memory }),
    ...(limits.pids === undefined ? {} : { pids: limits.pids }),
    ...(limits.cpu === undefined ? {} : { cpu: limits.cpu }),
  };
}

/** 0 and -1: no limit, as runc has it. */
function positive(limit: number): number | undefined {
  return limit > 0 ? limit : undefined;
}

function cpuLimit(before: KernelLimits['cpu'], quotaUs: number | undefined, periodUs: number | undefined): KernelLimits['cpu'] {
  if (quotaUs === undefined && periodUs === undefined) return before;
  const period = periodUs !== undefined && periodUs > 0 ? periodUs / 1000 : (before?.periodMs ?? DEFAULT_PERIOD_US / 1000);
  const quota = quotaUs === undefined ? before?.quotaMs : quotaUs > 0 ? quotaUs / 1000 : undefined;
  return quota === undefined ? undefined : { quotaMs: quota, periodMs: period };
}

interface Lack {
  readonly level: Finding['level'];
  readonly path: string;
  readonly message: string;
}

/** Entries of `resources` that have no effect. path: relative to the resources object. */
export function lacks(resources: LinuxResources): readonly Lack[] {
  const found: Lack[] = [];
  const say = (level: Finding['level'], path: string, message: string): void => void found.push({ level, path, message });
  for (const [part, known] of Object.entries(KNOWN)) {
    const given = (resources as Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>>)[part];
    for (const [name, value] of Object.entries(given ?? {})) {
      if (value === undefined || value === 0 || value === false || known.has(name)) continue;
      say('recorded', `/${part}/${name}`, `the emulated kernel does not apply ${part}.${name}`);
    }
  }
  if (!isEmpty(resources.blockIO)) say('recorded', '/blockIO', 'the emulated kernel has no block devices whose use could be limited');
  if (!isEmpty(resources.network)) say('recorded', '/network', 'the emulated kernel has no network whose use could be limited');
  if ((resources.hugepageLimits ?? []).length > 0) say('refused', '/hugepageLimits', 'the emulated kernel has no huge pages');
  if (!isEmpty(resources.rdma)) say('refused', '/rdma', 'the emulated kernel has no RDMA devices');
  if (!isEmpty(resources.unified)) say('refused', '/unified', 'the emulated kernel has no cgroup files that could be written');
  return found;
}

const KNOWN: Readonly<Record<string, ReadonlySet<string>>> = {
  // Swap there is none, so the limit of both together is that of memory.
  memory: new Set(['limit', 'swap', 'checkBeforeUpdate']),
  pids: new Set(['limit']),
  cpu: new Set(['quota', 'period']),
};

function isEmpty(value: object | undefined): boolean {
  return (
    value === undefined ||
    Object.values(value).every((entry) => entry === undefined || entry === 0 || (Array.isArray(entry) && entry.length === 0))
  );
}

/** `update` applies all or nothing. */
export function refuseLacks(resources: LinuxResources): void {
  const { devices: _rules_are_never_updated, ...rest } = resources;
  const [first] = lacks(rest);
  if (first === undefined) return;
  throw new TsrunError('CONFIG_UNSUPPORTED', first.message, {
    pointer: `/linux/resources${first.path}`,
    hint: 'the emulation backend can update memory.limit, pids.limit, cpu.quota and cpu.period',
  });
}
