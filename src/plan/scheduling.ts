/** process.scheduler, ioPriority, execCPUAffinity, memoryPolicy, personality: numbers and records of the kernel. */
import { toUint64 } from '../oci/int64.ts';
import type {
  CPUAffinity,
  IOPriority,
  LinuxMemoryPolicy,
  LinuxPersonality,
  Process,
  Scheduler,
  SchedulerFlag,
  SchedulerPolicy,
} from '../oci/spec.ts';
import { bitList } from './bytes.ts';
import { FLAGS, type Op } from './ops.ts';
import { PlanProblem } from './problem.ts';

/** linux/sched.h; SCHED_ISO is reserved there and never worked. */
const POLICIES: Readonly<Record<SchedulerPolicy, number>> = {
  SCHED_OTHER: 0,
  SCHED_FIFO: 1,
  SCHED_RR: 2,
  SCHED_BATCH: 3,
  SCHED_ISO: 4,
  SCHED_IDLE: 5,
  SCHED_DEADLINE: 6,
};
const SCHEDULER_FLAGS: Readonly<Record<SchedulerFlag, bigint>> = {
  SCHED_FLAG_RESET_ON_FORK: 0x01n,
  SCHED_FLAG_RECLAIM: 0x02n,
  SCHED_FLAG_DL_OVERRUN: 0x04n,
  SCHED_FLAG_KEEP_POLICY: 0x08n,
  SCHED_FLAG_KEEP_PARAMS: 0x10n,
  SCHED_FLAG_UTIL_CLAMP_MIN: 0x20n,
  SCHED_FLAG_UTIL_CLAMP_MAX: 0x40n,
};
const UTIL_CLAMP = 0x60n;

export function planScheduler(scheduler: Scheduler | undefined): Op[] {
  return scheduler ? [{ op: 'scheduler', stage: 'init', origin: '/process/scheduler', attr: schedAttr(scheduler) }] : [];
}

/** struct sched_attr (sched_setattr(2)): 48 bytes, 56 with the utilisation clamps, which the kernel refuses in the old size. */
function schedAttr({ policy, nice = 0, priority = 0, flags = [], runtime = 0, deadline = 0, period = 0 }: Scheduler): Uint8Array {
  const bits = flags.reduce((all, flag) => all | SCHEDULER_FLAGS[flag], 0n);
  const bytes = new Uint8Array((bits & UTIL_CLAMP) === 0n ? 48 : 56);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, bytes.length, true);
  view.setUint32(4, POLICIES[policy], true);
  view.setBigUint64(8, bits, true);
  view.setInt32(16, nice, true);
  view.setUint32(20, priority, true);
  view.setBigUint64(24, toUint64(runtime), true);
  view.setBigUint64(32, toUint64(deadline), true);
  view.setBigUint64(40, toUint64(period), true);
  return bytes;
}

const IO_CLASSES: Readonly<Record<IOPriority['class'], bigint>> = { IOPRIO_CLASS_RT: 1n, IOPRIO_CLASS_BE: 2n, IOPRIO_CLASS_IDLE: 3n };

export function planIoPriority(io: IOPriority | undefined): Op[] {
  if (!io) return [];
  return [{ op: 'ioPriority', stage: 'init', origin: '/process/ioPriority', n: (IO_CLASSES[io.class] << 13n) | BigInt(io.priority ?? 0) }];
}

/** Of exec alone. `initial` holds while the process still sets up, from before it joins the container's cgroup. */
export function planInitialAffinity({ execCPUAffinity }: Process): Op[] {
  return affinity(execCPUAffinity, 'initial');
}
/**
 * Without a list a process may run wherever its cgroup lets it: since Linux 6.2 joining a cpuset does not widen what the caller of
 * tsrun had (taskset, CPUAffinity= of a unit). With `initial` alone the kernel decides (config.md#process).
 */
export function planFinalAffinity({ execCPUAffinity }: Process): Op[] {
  if (execCPUAffinity?.initial || execCPUAffinity?.final) return affinity(execCPUAffinity, 'final');
  return [{ op: 'cpuAffinity', stage: 'init', origin: '/linux/resources/cpu/cpus', mask: new Uint8Array(0), flags: FLAGS.AFFINITY_FINAL }];
}

function affinity(lists: CPUAffinity | undefined, which: 'initial' | 'final'): Op[] {
  const list = lists?.[which];
  if (!list) return [];
  const origin = `/process/execCPUAffinity/${which}`;
  const mask = bitList(list);
  if (!mask) throw new PlanProblem(origin, `${list} is not a list of CPUs such as 0-3,7`);
  return which === 'initial'
    ? [{ op: 'cpuAffinity', stage: 'join', origin, mask }]
    : [{ op: 'cpuAffinity', stage: 'init', origin, mask, flags: FLAGS.AFFINITY_FINAL }];
}

/** linux/mempolicy.h */
const MEMORY_MODES: Readonly<Record<LinuxMemoryPolicy['mode'], number>> = {
  MPOL_DEFAULT: 0,
  MPOL_PREFERRED: 1,
  MPOL_BIND: 2,
  MPOL_INTERLEAVE: 3,
  MPOL_LOCAL: 4,
  MPOL_PREFERRED_MANY: 5,
  MPOL_WEIGHTED_INTERLEAVE: 6,
};
const MEMORY_FLAGS = { MPOL_F_NUMA_BALANCING: 1 << 13, MPOL_F_RELATIVE_NODES: 1 << 14, MPOL_F_STATIC_NODES: 1 << 15 } as const;

export function planMemoryPolicy(policy: LinuxMemoryPolicy | undefined): Op[] {
  if (!policy) return [];
  const nodes = policy.nodes ? bitList(policy.nodes, 1024) : new Uint8Array(0);
  if (!nodes) throw new PlanProblem('/linux/memoryPolicy/nodes', `${policy.nodes} is not a list of nodes such as 0-1,3`);
  const flags = (policy.flags ?? []).reduce((all, flag) => all | MEMORY_FLAGS[flag], MEMORY_MODES[policy.mode]);
  return [{ op: 'memoryPolicy', stage: 'init', origin: '/linux/memoryPolicy', nodes, flags }];
}

/** personality(2): PER_LINUX, PER_LINUX32. */
export function planPersonality(personality: LinuxPersonality | undefined): Op[] {
  if (!personality) return [];
  if (personality.flags && personality.flags.length > 0)
    throw new PlanProblem('/linux/personality/flags', 'personality flags are not supported');
  return [{ op: 'personality', stage: 'init', origin: '/linux/personality', n: personality.domain === 'LINUX32' ? 8n : 0n }];
}
