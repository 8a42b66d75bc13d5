/**
 * The init stage: a process of full privileges inside the container becomes the user's program (config.md#process).
 *
 * The order, and why:
 *  1. session and keyring: nothing of the caller's (TIOCSTI, its keys) is in reach of what follows.
 *  2. scheduling, memory policy, personality, rlimits: need CAP_SYS_NICE, CAP_SYS_RESOURCE; gone after 5.
 *  3. label: written through a procfs that only the set-up holds, and not allowed any more under no_new_privs.
 *  4. chdir as root, which may also make the directory; umask after it, so that it does not apply to that.
 *  5. seccomp *without* no_new_privs: the kernel wants CAP_SYS_ADMIN then, so before the ids and capabilities go
 *     (runc, crun: the same). The profile must then allow the system calls of the steps that follow.
 *  6. ids, then capabilities: the ids need CAP_SETUID, CAP_SETGID; then no_new_privs, which needs nothing.
 *  7. awaitStart: the container is `created`; it holds no more than its program will.
 *  8. seccomp *with* no_new_privs (or CAP_SYS_ADMIN kept): after the wait, so that no profile can break it, and
 *     before startContainer hooks, which are programs of the container.
 *  9. hooks, exec.
 *
 * The environment is the config's, but for HOME: where it is unset or empty, awaitStart takes it from the container's passwd.
 */
import { CAPABILITY_SETS, capabilityMask } from '../oci/capabilities.ts';
import { toUint64 } from '../oci/int64.ts';
import { rlimitNumber } from '../oci/rlimits.ts';
import type { Process, Spec } from '../oci/spec.ts';
import { u32s, u64s } from './bytes.ts';
import { isRootless } from './context.ts';
import { lastOfEach } from './environment.ts';
import type { HostFacts } from './facts.ts';
import type { IdMapping } from './ids.ts';
import { FLAGS, type Op } from './ops.ts';
import type { ProcessOptions } from './options.ts';
import { PlanProblem } from './problem.ts';
import { planFinalAffinity, planIoPriority, planMemoryPolicy, planPersonality, planScheduler } from './scheduling.ts';
import { planSeccomp } from './seccomp.ts';

export interface ProcessPlan {
  /** Absent: a container without a program; it can be created but not started. */
  readonly process: Process | undefined;
  readonly spec: Spec;
  readonly facts: HostFacts;
  readonly options: ProcessOptions;
  readonly ids: Pick<IdMapping, 'setgroupsDenied'>;
  readonly keyring: string;
  /** FLAGS.START_* */
  readonly startFlags: number;
  /** The container's state document for a seccomp listener, in two parts where the pid of this process goes between them. */
  readonly seccompState: readonly string[];
  readonly startContainerHooks: readonly Op[];
}

const CAP_SYS_ADMIN = 1n << 21n;

export function planProcess(plan: ProcessPlan): Op[] {
  const { spec, options, startContainerHooks, startFlags } = plan;
  const process: Process = plan.process ?? { cwd: '/' };
  const noNewPrivileges = process.noNewPrivileges ?? false;
  const sets = capabilitySets(process, plan.facts);
  const seccomp = planSeccomp(spec.linux?.seccomp, plan.facts, plan.seccompState, options.warn);
  const late = noNewPrivileges || (sets.effective & CAP_SYS_ADMIN) !== 0n;
  const argv = process.args ?? [];
  const env = lastOfEach(process.env ?? []);
  return [
    { op: 'session', stage: 'init', origin: '/process/terminal', ...(options.stdio !== 'inherit' && { flags: FLAGS.SESSION_TTY }) },
    ...(options.noNewKeyring ? [] : [{ op: 'keyring', stage: 'init', origin: '', name: plan.keyring } as const]),
    ...planFinalAffinity(process),
    ...planScheduler(process.scheduler),
    ...planIoPriority(process.ioPriority),
    ...planMemoryPolicy(spec.linux?.memoryPolicy),
    ...planPersonality(spec.linux?.personality),
    ...planRlimits(process),
    ...planLabels(process, plan.facts),
    { op: 'chdir', stage: 'init', origin: '/process/cwd', path: process.cwd },
    { op: 'umask', stage: 'init', origin: '/process/user/umask', n: BigInt(process.user?.umask ?? 0o022) },
    ...(late ? [] : seccomp),
    planIds(process, plan.ids),
    { op: 'capabilities', stage: 'init', origin: '/process/capabilities', sets: u64s(...CAPABILITY_SETS.map((set) => sets[set])) },
    ...(noNewPrivileges ? [{ op: 'noNewPrivileges', stage: 'init', origin: '/process/noNewPrivileges' } as const] : []),
    { op: 'awaitStart', stage: 'init', origin: '/process/args', argv, env, flags: startFlags },
    ...(late ? seccomp : []),
    ...startContainerHooks,
    { op: 'exec', stage: 'init', origin: '/process/args', argv, env, n: BigInt(options.preserveFds) },
  ];
}

/**
 * In the join stage: lowering it needs CAP_SYS_RESOURCE of the *initial* user namespace, and the procfs that is
 * written to is still the host's.
 */
export function planOomScore(process: Process | undefined, facts: HostFacts): Op[] {
  if (process?.oomScoreAdj === undefined) return [];
  const flags = isRootless(facts) ? { flags: FLAGS.OOM_OPTIONAL } : {};
  return [{ op: 'oomScoreAdj', stage: 'join', origin: '/process/oomScoreAdj', value: String(process.oomScoreAdj), ...flags }];
}

export function planRlimits({ rlimits = [] }: Process): Op[] {
  return rlimits.map(({ type, soft, hard }, index) => {
    const resource = rlimitNumber(type);
    if (resource === undefined) throw new PlanProblem(`/process/rlimits/${index}/type`, `wrong rlimit value: ${type}`);
    return { op: 'rlimit', stage: 'init', origin: `/process/rlimits/${index}`, resource, limits: u64s(toUint64(soft), toUint64(hard)) };
  });
}

function planLabels({ apparmorProfile, selinuxLabel }: Process, facts: HostFacts): Op[] {
  const ops: Op[] = [];
  if (apparmorProfile) {
    if (facts.apparmor)
      ops.push({ op: 'label', stage: 'init', origin: '/process/apparmorProfile', label: apparmorProfile, flags: FLAGS.LABEL_APPARMOR });
    // What is asked for is what is: nobody is confined on such a host.
    else if (apparmorProfile !== 'unconfined')
      throw new PlanProblem('/process/apparmorProfile', 'apparmor profile is specified, but AppArmor is not enabled on this host');
  }
  if (selinuxLabel) {
    if (!facts.selinux)
      throw new PlanProblem('/process/selinuxLabel', 'selinux label is specified in config, but selinux is disabled or not supported');
    ops.push({ op: 'label', stage: 'init', origin: '/process/selinuxLabel', label: selinuxLabel, flags: FLAGS.LABEL_SELINUX });
  }
  return ops;
}

function planIds({ user = {} }: Process, { setgroupsDenied }: Pick<IdMapping, 'setgroupsDenied'>): Op {
  const { uid = 0, gid = 0, additionalGids = [] } = user;
  if (setgroupsDenied && additionalGids.length > 0) {
    throw new PlanProblem(
      '/process/user/additionalGids',
      'cannot set any additional groups in a rootless container',
      'setgroups is denied in this user namespace; map more than one id',
    );
  }
  const flags = FLAGS.IDS_CHOWN_STDIO | (setgroupsDenied ? FLAGS.IDS_KEEP_GROUPS : 0);
  return { op: 'ids', stage: 'init', origin: '/process/user', uid, gid, groups: u32s(additionalGids), flags };
}

/** Unset capabilities are none, as in runc and crun. Ambient ones must be both permitted and inheritable (capabilities(7)). */
function capabilitySets({ capabilities = {} }: Process, { lastCapability }: HostFacts): Record<(typeof CAPABILITY_SETS)[number], bigint> {
  const known = (1n << BigInt(lastCapability + 1)) - 1n;
  const mask = (set: (typeof CAPABILITY_SETS)[number]): bigint => capabilityMask(capabilities[set] ?? []).mask & known;
  const [bounding, effective, inheritable, permitted] = [mask('bounding'), mask('effective'), mask('inheritable'), mask('permitted')];
  return { bounding, effective, inheritable, permitted, ambient: mask('ambient') & permitted & inheritable };
}
