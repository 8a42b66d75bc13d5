/**
 * config.json → instructions. Pure: the same (spec, facts, options) give the same plan, on any machine.
 * Each planner is a file of its own; this one is their order.
 */
import { NAMESPACES } from '../oci/namespaces.ts';
import type { NamespaceType, Process, Spec } from '../oci/spec.ts';
import { contextOf, type Context } from './context.ts';
import { planDeviceFilter } from './device-filter.ts';
import { planDevices } from './devices.ts';
import type { HostFacts } from './facts.ts';
import { planCreateContainerHooks, planRuntimeHooks, planStartContainerHooks } from './hooks.ts';
import { idMapping } from './ids.ts';
import { planMasks, planSysctl } from './masks.ts';
import { planMounts } from './mounts.ts';
import { planCgroups, planJoinTarget, planNamespaces } from './namespaces.ts';
import { planLoopback, planNetDevices } from './network.ts';
import { NOTIFY_ENV } from './notify.ts';
import { FLAGS, type Op } from './ops.ts';
import type { CreateOptions, ExecOptions, ProcessOptions } from './options.ts';
import { planOomScore, planProcess } from './process.ts';
import { planHostname, planPivot, planReadonlyRoot, planRootfs } from './rootfs.ts';
import { planInitialAffinity } from './scheduling.ts';

/**
 * The whole way to a created container and on to its program. `spec` is validated and normalised.
 * Throws PlanProblem for what this host cannot do; nothing has happened then.
 */
export function planCreate(spec: Spec, facts: HostFacts, options: CreateOptions): Op[] {
  const context = contextOf(spec, facts, options);
  const mounts = planMounts(context);
  return [
    ...(options.startNow ? [] : [{ op: 'startSocket', stage: 'host', origin: '', dir: options.stateDir } as const]),
    ...planChannels(options),
    ...planDeviceFilter(context),
    ...mounts.host,

    ...planOomScore(spec.process, facts),
    ...planCgroups(Object.values(options.cgroup.dirs), facts),
    ...planNamespaces(context),

    ...planNetDevices(context),

    ...planLoopback(context),
    ...planRootfs(context),
    ...mounts.setup,
    ...planDevices(context),
    ...planRuntimeHooks(context),
    ...planCreateContainerHooks(context),
    ...planPivot(context, mounts.setup),
    ...planConsole(spec.process, options, context.mountNamespace ? 0 : FLAGS.CONSOLE_STDIO_ONLY),
    ...planWorkingDirectory(spec.process),
    ...mounts.late,
    ...planReadonlyRoot(context),
    ...planHostname(context),
    ...planSysctl(context),
    ...planMasks(context),

    ...planFirstProcess(context),
  ];
}

/** One more process in a running container. `spec` is the container's config as it was at create. */
export function planExec(process: Process, spec: Spec, facts: HostFacts, options: ExecOptions): Op[] {
  const { target } = options;
  const pathOf = (type: NamespaceType): string => target.namespaces?.[type] ?? `/proc/${target.pid}/ns/${NAMESPACES[type].proc}`;
  const types = (spec.linux?.namespaces ?? []).map(({ type }) => type);
  return [
    ...planChannels(options),

    ...planInitialAffinity(process),
    ...planOomScore(process, facts),
    ...planCgroups(options.cgroupDirs, facts),
    ...planJoinTarget(types, pathOf, spec.linux ?? {}, facts),

    ...planEnterRoot(types, target.pid),
    ...planConsole(process, options, FLAGS.CONSOLE_STDIO_ONLY),

    ...planProcess({
      process,
      spec,
      facts,
      options,
      ids: idMapping(spec, facts),
      keyring: `_ses.${options.id ?? `exec-${target.pid}`}`,
      startFlags: FLAGS.START_ATTACHED,
      seccompState: [options.state],
      startContainerHooks: [],
    }),
  ];
}

/** Joining a mount namespace leads to its root. A container without one is a chroot, which has to be entered as such. */
function planEnterRoot(types: readonly NamespaceType[], pid: number): Op[] {
  if (types.includes('mount')) return [];
  return [
    { op: 'rootfs', stage: 'setup', origin: '', path: `/proc/${pid}/root`, n: BigInt(FLAGS.ROOTFS_OPEN_ONLY) },
    { op: 'pivotRoot', stage: 'setup', origin: '', flags: FLAGS.PIVOT_CHROOT },
  ];
}

function planFirstProcess(context: Context): Op[] {
  const { spec, facts, options, ids } = context;
  return planProcess({
    process: spec.process && {
      ...spec.process,
      execCPUAffinity: {},
      ...(options.notifyDir !== undefined && { env: [...(spec.process.env ?? []), NOTIFY_ENV] }),
    },
    spec,
    facts,
    options,
    ids,
    keyring: `_ses.${options.id}`,
    startFlags: options.startNow ? FLAGS.START_ATTACHED : 0,
    seccompState: options.hookState('creating'),
    startContainerHooks: planStartContainerHooks(context),
  });
}

/** What connects the process with the outside, opened before anything is made. */
function planChannels(options: ProcessOptions): Op[] {
  const ops: Op[] = [];
  if (options.consoleSocket !== undefined)
    ops.push({ op: 'consoleSocket', stage: 'host', origin: '/process/terminal', path: options.consoleSocket });
  if (options.pidfdSocket !== undefined) ops.push({ op: 'pidfdSocket', stage: 'host', origin: '', path: options.pidfdSocket });
  if (options.attached) {
    const flags = (options.subreaper ? FLAGS.MONITOR_SUBREAPER : 0) | (options.stdio === 'terminal' ? FLAGS.MONITOR_TERMINAL : 0);
    ops.push({ op: 'monitor', stage: 'host', origin: '', flags });
  }
  return ops;
}

/** Made where it is absent, as runc and crun do, by root and before anything becomes read-only. */
function planWorkingDirectory(process: Process | undefined): Op[] {
  return process === undefined || process.cwd === '/'
    ? []
    : [{ op: 'mkdir', stage: 'setup', origin: '/process/cwd', path: process.cwd, n: 0o755n }];
}

/** A pty of the container's own devpts (so: after the mounts; after the pivot for /dev/console). */
function planConsole(process: Process | undefined, options: ProcessOptions, flags: number): Op[] {
  if (options.stdio === 'inherit') return [];
  const { width = 0, height = 0 } = process?.consoleSize ?? {};
  return [{ op: 'console', stage: 'setup', origin: '/process/terminal', columns: width, rows: height, flags }];
}
