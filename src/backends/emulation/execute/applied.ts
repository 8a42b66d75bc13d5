/**
 * What the emulation does with each instruction of the plan. `check` is computed from this table, so that none can be left
 * out: a new instruction does not compile before it has a row here and a handler in execute.ts.
 *  - applied   it has the effect that it has on Linux, as far as a guest can see
 *  - nothing   it has no effect because there is nothing it could protect from or lead to; nobody is told less than the truth
 *  - visible   a guest can read it back, but it changes nothing
 *  - recorded  validated, and without effect
 */
import type { OpName } from '../../../plan/ops.ts';

export type Level = 'applied' | 'nothing' | 'visible' | 'recorded';

export interface Row {
  readonly level: Level;
  /** Of `visible` and `recorded`: said to the user. Of `nothing`: why. */
  readonly reason?: string;
}

const APPLIED: Row = { level: 'applied' };
const nothing = (reason: string): Row => ({ level: 'nothing', reason });
const recorded = (reason: string): Row => ({ level: 'recorded', reason });

export const APPLIED_BY_EMULATION: Readonly<Record<OpName, Row>> = {
  startSocket: nothing('the control socket of the supervisor takes `start`'),
  consoleSocket: APPLIED,
  pidfdSocket: recorded('no pidfd is sent: the processes of an emulated container are not processes of the host'),
  deviceFilter: nothing('the kernel was made with the rules'),
  openTree: APPLIED,
  monitor: nothing('whoever runs the container sees its end'),
  notifySocket: nothing('only a backend with the facet `notify` makes such plans; without one NOTIFY_SOCKET is a warning'),
  serviceManager: nothing('as notifySocket'),
  awaitReady: nothing('as notifySocket'),
  joinCgroup: APPLIED,
  joinNamespace: recorded('the namespace is checked and its number shown in /proc, but an emulated container shares nothing with it'),
  unshare: nothing('an emulated container shares no process, mount, name or network with anything'),
  idMap: {
    level: 'visible',
    reason: 'ids without a mapping are refused; the others are of the container alone, with no second set to map to',
  },
  becomeRoot: nothing('the set-up is done with all rights in the container, and none outside'),
  timeOffsets: APPLIED,
  barrier: APPLIED,
  netDevice: recorded('the emulated kernel has no network devices'),
  loopbackUp: nothing('the emulated kernel has no network'),
  rootfs: APPLIED,
  mount: APPLIED,
  bind: APPLIED,
  attachTree: APPLIED,
  mountAttr: APPLIED,
  propagation: APPLIED,
  remount: APPLIED,
  mkdir: APPLIED,
  mknod: APPLIED,
  symlink: APPLIED,
  maskPath: APPLIED,
  readonlyPath: APPLIED,
  pivotRoot: APPLIED,
  rootPropagation: APPLIED,
  console: APPLIED,
  sethostname: APPLIED,
  setdomainname: APPLIED,
  sysctl: { level: 'visible', reason: 'the value can be read in /proc/sys and changes nothing' },
  hook: APPLIED,
  session: APPLIED,
  keyring: nothing('the emulated kernel has no keyrings: none of the caller can be reached'),
  rlimit: APPLIED,
  oomScoreAdj: APPLIED,
  scheduler: recorded('the emulated kernel has one scheduling policy'),
  ioPriority: recorded('the emulated kernel has no I/O scheduler'),
  cpuAffinity: nothing('the emulated kernel has one CPU'),
  memoryPolicy: recorded('the emulated kernel has one memory node'),
  personality: APPLIED,
  label: recorded('the emulated kernel has no security module'),
  chdir: APPLIED,
  umask: APPLIED,
  ids: APPLIED,
  capabilities: APPLIED,
  noNewPrivileges: APPLIED,
  seccomp: recorded('system calls of WASI programs are not filtered'),
  awaitStart: APPLIED,
  exec: APPLIED,
};

/** RLIMIT_* numbers that the emulated kernel enforces: CPU, FSIZE, NPROC, NOFILE, AS. The others are visible. */
export const ENFORCED_RLIMITS: ReadonlySet<number> = new Set([0, 1, 6, 7, 9]);

/** Device numbers `major:minor` that the emulated kernel has. */
export const BUILT_IN_DEVICES: ReadonlySet<string> = new Set(['1:3', '1:5', '1:7', '1:8', '1:9', '5:0', '5:1', '5:2']);

/** File systems that can be mounted. */
export const FILE_SYSTEMS: ReadonlySet<string> = new Set(['proc', 'sysfs', 'tmpfs', 'ramfs', 'devpts', 'mqueue', 'cgroup', 'cgroup2']);
