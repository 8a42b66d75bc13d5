/**
 * The plan instruction set: the one definition of what both backends execute.
 *
 * `npm run gen` writes `src/backends/linux/helper/plan_abi.h` and `wire.gen.ts` from this table; the hash
 * `ABI` is in every encoded plan and in the helper, so that two builds that do not belong together refuse
 * to talk (docs/plan-format.md). The emulation backend interprets the same `Op[]` directly.
 *
 * An encoded instruction is a fixed 32-byte record {opcode, stage, flags, four references, n}.
 * Argument kinds (up to four per instruction, in this order, one per reference slot):
 *   `s` string · `v` vector of strings · `d` raw bytes · `u` unsigned 32-bit number, in the slot itself.
 * `flags` (u32) and `n` (u64) are free for each instruction; what they mean is said beside it.
 */

/**
 * Where an instruction runs. Stages come in this order and never go back.
 *  - `host`   the helper itself, in the caller's namespaces, before anything is made
 *  - `join`   the intermediate process that joins and makes namespaces
 *  - `parent` the helper again, once the container's first process exists and waits
 *  - `setup`  the container's first process, still with the host's view of the file system
 *             (until `pivotRoot`) and all privileges
 *  - `init`   the same process, turning itself into the user's program
 */
export const STAGES = ['host', 'join', 'parent', 'setup', 'init'] as const;
export type Stage = (typeof STAGES)[number];

export const OPS = {
  // ---- host ---------------------------------------------------------------------------------
  /** Listen on `<dir>/start.sock`; `awaitStart` accepts one caller there. dir: the state directory. */
  startSocket: { code: 1, stages: ['host'], args: { dir: 's' } },
  /** Connect to this AF_UNIX socket; the pty master of `console` is sent there (SCM_RIGHTS). */
  consoleSocket: { code: 2, stages: ['host'], args: { path: 's' } },
  /** Connect to this AF_UNIX socket and send a pidfd of the container's first process there. */
  pidfdSocket: { code: 3, stages: ['host'], args: { path: 's' } },
  /** Load and attach a BPF_PROG_TYPE_CGROUP_DEVICE program. path: cgroup v2 directory. */
  deviceFilter: { code: 4, stages: ['host'], args: { path: 's', program: 'd' } },
  /**
   * Clone the mount tree at host path `source` (open_tree) into slot `n`, for `attachTree`.
   * flags: TREE_RECURSIVE. With non-empty id maps ("container host size\n" lines) the clone is
   * idmapped (TREE_IDMAP_RECURSIVE for the whole tree).
   */
  openTree: { code: 5, stages: ['host'], args: { source: 's', uidMap: 's', gidMap: 's' } },
  /** Keep this process as the container's parent: wait, report EXITED, relay SIGNAL commands, proxy the terminal. */
  monitor: { code: 6, stages: ['host'], args: {} }, // flags: MONITOR_*
  /** sd_notify(3), for a plan of `host` instructions alone: listen on the datagram socket `<dir>/notify.sock`, in the place of an old one. */
  notifySocket: { code: 7, stages: ['host'], args: { dir: 's' } },
  /** Connect to the datagram socket of the service manager; `@…` is an abstract one. */
  serviceManager: { code: 8, stages: ['host'], args: { path: 's' } },
  /**
   * Wait on `notifySocket` for READY=1 and hand it on to `serviceManager` with MAINPID=`mainPid`; done when that has taken it.
   * Nothing is handed on where process `pid`, started at n (field 22 of /proc/PID/stat), ends before.
   */
  awaitReady: { code: 9, stages: ['host'], args: { pid: 'u', mainPid: 'u' } },

  // ---- join ---------------------------------------------------------------------------------
  /** Write "0" to `<path>/cgroup.procs`. flags: JOIN_CGROUP_OPTIONAL: go on where it fails (rootless). */
  joinCgroup: { code: 10, stages: ['join'], args: { path: 's' } },
  /**
   * setns; flags: the one CLONE_NEW* type that `path` must be of (NS_GET_NSTYPE). Opened in the host stage.
   * A no-op where the process is in that very namespace already (setns(2) refuses one's own user namespace): `own`, below /proc.
   * n: JOIN_TRY: go on where it is not permitted; the same instruction comes again after the user namespace was
   * joined, since a namespace may belong to either side of it.
   */
  joinNamespace: { code: 11, stages: ['join'], args: { path: 's', own: 's' } },
  /** unshare(flags): CLONE_NEW* set. A CLONE_NEWUSER comes alone and before `idMap`. */
  unshare: { code: 12, stages: ['join'], args: {} },
  /** The parent writes /proc/PID/{uid_map,gid_map} ("container host size\n" lines). flags: MAP_DENY_SETGROUPS. */
  idMap: { code: 13, stages: ['join'], args: { uidMap: 's', gidMap: 's' } },
  /** Become root of the user namespace just entered; uid, gid: other than 0 where that is not mapped. */
  becomeRoot: { code: 14, stages: ['join'], args: { uid: 'u', gid: 'u' } },
  /** Write /proc/self/timens_offsets ("monotonic secs nanosecs\n" lines). */
  timeOffsets: { code: 15, stages: ['join'], args: { text: 's' } },
  /** Send BARRIER to TypeScript and wait for its byte. `name` says what it does meanwhile. In join: newuidmap. */
  barrier: { code: 16, stages: ['host', 'join', 'parent', 'setup'], args: { name: 's' } },

  // ---- parent -------------------------------------------------------------------------------
  /** Move host interface `name` into the container's network namespace as `newName`, with its addresses, up. */
  netDevice: { code: 20, stages: ['parent'], args: { name: 's', newName: 's' } },
  /** Bring the loopback interface of the new network namespace up. */
  loopbackUp: { code: 21, stages: ['setup'], args: {} },

  // ---- setup: file system -------------------------------------------------------------------
  /**
   * Make `/` MS_SLAVE|MS_REC (or flags: the MS_* propagation given), bind `path` on itself; in-root paths start here.
   * n: ROOTFS_OPEN_ONLY: no mount namespace of our own, so nothing is mounted or changed, only opened.
   */
  rootfs: { code: 30, stages: ['setup'], args: { path: 's' } },
  /**
   * Mount a new file system of `fstype` from `source` with `data` (comma separated) at in-root `target`,
   * which is made if absent. flags: MS_*; n: MOUNT_* below.
   */
  mount: { code: 31, stages: ['setup'], args: { target: 's', source: 's', fstype: 's', data: 's' } },
  /**
   * Bind host path `source` at in-root `target` (made as file or directory as the source is).
   * flags: BIND_*; attrs: a MountAttrs record applied to the detached tree before it is attached.
   */
  bind: { code: 32, stages: ['setup'], args: { target: 's', source: 's', attrs: 'd' } },
  /** Like `bind`, for the tree opened in the host stage in slot `n`. */
  attachTree: { code: 33, stages: ['setup'], args: { target: 's', attrs: 'd' } },
  /** Change the attributes of what is mounted at in-root `target`. attrs: a MountAttrs record. */
  mountAttr: { code: 34, stages: ['setup'], args: { target: 's', attrs: 'd' } },
  /** mount(NULL, target, flags): MS_SHARED|PRIVATE|SLAVE|UNBINDABLE, MS_REC. */
  propagation: { code: 35, stages: ['setup'], args: { target: 's' } },
  /** mount(MS_REMOUNT | flags) with `data` on in-root `target`. */
  remount: { code: 36, stages: ['setup'], args: { target: 's', data: 's' } },
  /** Directory at in-root `path` with all its parents, n: mode. An existing one is left alone. */
  mkdir: { code: 37, stages: ['setup'], args: { path: 's' } },
  /**
   * Device or fifo at in-root `path`; mode includes the S_IF type; n: makedev(major, minor).
   * An equal one is kept, any other file there is an error. flags: NODE_BIND: bind the host's node instead
   * (user namespaces).
   */
  mknod: { code: 38, stages: ['setup'], args: { path: 's', mode: 'u', uid: 'u', gid: 'u' } },
  /**
   * An equal link is kept, any other file there is an error. flags: LINK_IF_TARGET: only if the target exists; LINK_REPLACE:
   * remove what is there; LINK_KEEP: keep it.
   */
  symlink: { code: 39, stages: ['setup'], args: { path: 's', target: 's' } },
  /** Hide in-root `path`: a directory under an empty read-only tmpfs, a file under a verified /dev/null. Absent: no-op. */
  maskPath: { code: 40, stages: ['setup'], args: { path: 's' } },
  /** Make in-root `path` read-only (recursive bind onto itself). Absent: no-op. */
  readonlyPath: { code: 41, stages: ['setup'], args: { path: 's' } },
  /** Become the root: pivot_root. flags: PIVOT_MOVE (MS_MOVE + chroot), PIVOT_CHROOT (no mount namespace: chroot only). */
  pivotRoot: { code: 42, stages: ['setup'], args: {} },
  /** After pivotRoot: propagation of the new `/`. flags: MS_*. */
  rootPropagation: { code: 43, stages: ['setup'], args: {} },
  /**
   * Pty from the container's own devpts, slave on /dev/console and stdio; master to the console socket or monitor.
   * columns and rows 0: not set. flags: CONSOLE_STDIO_ONLY: leave /dev/console alone (exec, and without a mount
   * namespace of our own).
   */
  console: { code: 44, stages: ['setup'], args: { columns: 'u', rows: 'u' } },
  sethostname: { code: 45, stages: ['setup'], args: { name: 's' } },
  setdomainname: { code: 46, stages: ['setup'], args: { name: 's' } },
  /** Write `value` to /proc/sys/`path` (slashes) through a procfs of our own. */
  sysctl: { code: 47, stages: ['setup'], args: { path: 's', value: 's' } },
  /**
   * Run a hook in this process's namespaces and wait. state: two strings; the decimal pid as seen here goes
   * between them, all on the hook's stdin. n: timeout in seconds, 0 for none.
   */
  hook: { code: 48, stages: ['setup', 'init'], args: { path: 's', argv: 'v', env: 'v', state: 'v' } },

  // ---- init: the process --------------------------------------------------------------------
  /** setsid; flags: SESSION_TTY: make stdin the controlling terminal. */
  session: { code: 60, stages: ['init'], args: {} },
  /** Join a new session keyring `name`. */
  keyring: { code: 61, stages: ['init'], args: { name: 's' } },
  /** n: soft limit in the first, hard in the second u64 of `limits`; resource: RLIMIT_* number. */
  rlimit: { code: 62, stages: ['init'], args: { resource: 'u', limits: 'd' } },
  /**
   * Write /proc/self/oom_score_adj. flags: OOM_OPTIONAL: go on where lowering it is not permitted (rootless).
   * The planner puts it into the join stage: the capability it needs is lost with a new user namespace, and the
   * host's own procfs is still there.
   */
  oomScoreAdj: { code: 63, stages: ['join', 'init'], args: { value: 's' } },
  /** sched_setattr; attr: struct sched_attr as the kernel has it. */
  scheduler: { code: 64, stages: ['init'], args: { attr: 'd' } },
  /** ioprio_set(self, n). */
  ioPriority: { code: 65, stages: ['init'], args: {} },
  /** sched_setaffinity; mask: little-endian bit set; empty: all that the cgroup allows. flags: AFFINITY_FINAL or 0 (initial, in the join stage). */
  cpuAffinity: { code: 66, stages: ['join', 'init'], args: { mask: 'd' } },
  /** set_mempolicy(flags: mode with its MPOL_F_* bits, nodes: bit set). */
  memoryPolicy: { code: 67, stages: ['init'], args: { nodes: 'd' } },
  /** personality(n). */
  personality: { code: 68, stages: ['init'], args: {} },
  /** Label for the exec: /proc/self/attr/… through a procfs of our own. flags: LABEL_APPARMOR or LABEL_SELINUX. */
  label: { code: 69, stages: ['init'], args: { label: 's' } },
  /** Then getcwd must be inside the root (CVE-2024-21626). */
  chdir: { code: 70, stages: ['init'], args: { path: 's' } },
  /** n: umask. */
  umask: { code: 71, stages: ['init'], args: {} },
  /**
   * setgroups, setresgid, setresuid; groups: u32 each. Permitted capabilities are kept (SECBIT_KEEP_CAPS) for
   * `capabilities`, which follows. flags: IDS_KEEP_GROUPS: no setgroups (denied in this namespace);
   * IDS_CHOWN_STDIO: give those of 0-2 that are pipes, or the pty we made, to `uid` first, so that the user can
   * open /dev/stdout; what may not be changed is left alone.
   */
  ids: { code: 72, stages: ['init'], args: { uid: 'u', gid: 'u', groups: 'd' } },
  /** sets: five u64: bounding, effective, inheritable, permitted, ambient. What the caller lacks is WARNed, not failed. */
  capabilities: { code: 73, stages: ['init'], args: { sets: 'd' } },
  noNewPrivileges: { code: 74, stages: ['init'], args: {} },
  /**
   * Install the BPF program last of all. flags: SECCOMP_FILTER_FLAG_*. A non-empty `listener` is an AF_UNIX
   * socket path (connected in the host stage) that gets the notify fd and `state` with the pid between its strings.
   */
  seccomp: { code: 75, stages: ['init'], args: { filter: 'd', listener: 's', state: 'v' } },
  /**
   * Add HOME from the container's /etc/passwd where env has none or an empty one (as runc does; docker relies on it).
   * Find argv[0] in env's PATH (inside the container) and report what is wrong with it now; then send CREATED and
   * wait for `start`. flags: START_ATTACHED: the byte (0) comes on the plan's own socket, not on start.sock;
   * START_NOW: exec, no wait. Without START_ATTACHED/START_NOW the plan socket is closed after CREATED, and the byte
   * (0) comes from whoever connects to start.sock.
   * That the program runs is told to whoever started it: on start.sock, and on a plan socket without `monitor`, by
   * end of file; on a plan socket with `monitor` (which stays open) by a STARTED event from the monitor, which
   * reads commands only from then on.
   * An empty `argv`: the config has no process; only wait (`start` refuses before it comes here).
   */
  awaitStart: { code: 76, stages: ['init'], args: { argv: 'v', env: 'v' } },
  /** execve of what awaitStart found. n: fds from 3 on that stay open (--preserve-fds). */
  exec: { code: 77, stages: ['init'], args: { argv: 'v', env: 'v' } },
} as const satisfies Record<string, { code: number; stages: readonly Stage[]; args: Readonly<Record<string, 's' | 'v' | 'd' | 'u'>> }>;

/** Flag bits of our own; the generated header has them as `TSRUN_<name>`. Kernel constants keep the kernel's values. */
export const FLAGS = {
  TREE_RECURSIVE: 1,
  TREE_IDMAP_RECURSIVE: 2,
  /** The monitor adopts orphans of the container (PR_SET_CHILD_SUBREAPER). */
  MONITOR_SUBREAPER: 1,
  /** The monitor proxies between its own stdin/stdout (a terminal, put into raw mode) and the pty master. */
  MONITOR_TERMINAL: 2,
  JOIN_CGROUP_OPTIONAL: 1,
  JOIN_TRY: 1,
  MAP_DENY_SETGROUPS: 1,
  /** mount: copy the files of the covered directory into the new tmpfs first (`tmpcopyup`). */
  MOUNT_TMPCOPYUP: 1,
  /** mount: the target may not be reached through a symlink in its last component (/proc, /sys, /dev). */
  MOUNT_NOSYMLINK: 2,
  /** mount: where the target is there already, its mode is the new tmpfs's. */
  MOUNT_INHERIT_MODE: 4,
  BIND_RECURSIVE: 1,
  /** The source is a path in the container's root, already set up (cgroup v1 tree). */
  BIND_SOURCE_IN_ROOT: 2,
  NODE_BIND: 1,
  LINK_IF_TARGET: 1,
  LINK_REPLACE: 2,
  LINK_KEEP: 4,
  ROOTFS_OPEN_ONLY: 1,
  CONSOLE_STDIO_ONLY: 1,
  PIVOT_MOVE: 1,
  PIVOT_CHROOT: 2,
  /** hook: HOME is added to its environment, as awaitStart does. */
  HOOK_HOME: 1,
  SESSION_TTY: 1,
  OOM_OPTIONAL: 1,
  AFFINITY_FINAL: 1,
  LABEL_APPARMOR: 1,
  LABEL_SELINUX: 2,
  IDS_KEEP_GROUPS: 1,
  IDS_CHOWN_STDIO: 2,
  START_ATTACHED: 1,
  START_NOW: 2,
} as const;

/**
 * `attrs` of bind, attachTree and mountAttr: five little-endian u64:
 * set, clear (MOUNT_ATTR_*, this mount only), recursive set, recursive clear, propagation (MS_*, 0 for none).
 */
export const MOUNT_ATTRS_SIZE = 40;

/**
 * What the helper sends: 24 bytes little-endian {u16 type, u16 stage, u32 op index, i32 value, i32 pid, u32 payload
 * length, u32 reserved}, then the payload (at most EVENT_PAYLOAD_MAX bytes).
 */
export const EVENTS = {
  /** First of all. value: low 31 bits of the helper's ABI; nothing was done yet. */
  READY: 1,
  /** The container's first process exists. pid: as seen by the helper. */
  PID: 2,
  /** A `barrier` waits for one byte (0: go on; anything else: give up). pid: of the process that waits. */
  BARRIER: 3,
  /** An instruction failed. value: errno; payload: see FAILED payloads in docs/plan-format.md. The helper ends. */
  FAILED: 4,
  /** The instruction could not do all it says but the container goes on. value: errno. */
  WARNING: 5,
  /** All is set up; the user's program has not run. The first process waits for one byte (0: go on) and ends with tsrun until then. */
  CREATED: 6,
  /** The first process ended. value: the wait status as waitpid gives it. */
  EXITED: 7,
  /**
   * On start.sock: this caller, and no other, started the container; then FAILED, or end of file: it runs.
   * On the plan socket, from the monitor only: execve succeeded.
   */
  STARTED: 8,
  /** The first process waits for `start` and outlives tsrun now. Not with START_ATTACHED: there it runs its program. */
  RELEASED: 9,
} as const;
export const EVENT_SIZE = 24;
export const EVENT_PAYLOAD_MAX = 4096;

/** What TypeScript sends on the plan socket after the plan: one byte answers; commands are 8 bytes {u32 type, u32 value}. */
export const COMMANDS = {
  /** To the monitor: send signal `value` to the first process (by pidfd). */
  SIGNAL: 1,
} as const;

export type OpName = keyof typeof OPS;
interface ArgValue {
  s: string;
  v: readonly string[];
  d: Uint8Array;
  u: number;
}
type Args<O extends OpName> = {
  readonly [K in keyof (typeof OPS)[O]['args']]: (typeof OPS)[O]['args'][K] extends keyof ArgValue
    ? ArgValue[(typeof OPS)[O]['args'][K]]
    : never;
};

/** One instruction. `origin` is the JSON pointer of the config entry it came from ('' when it comes from none). */
export type Op = {
  [O in OpName]: {
    readonly op: O;
    readonly stage: (typeof OPS)[O]['stages'][number];
    readonly origin: string;
    readonly flags?: number;
    readonly n?: bigint;
  } & Args<O>;
}[OpName];
export type OpOf<O extends OpName> = Extract<Op, { readonly op: O }>;

/** FNV-1a over the whole table; both sides compare it (as generated: wire.gen.ts, plan_abi.h) before anything runs. */
export function abi(): number {
  return fnv1a(JSON.stringify([STAGES, OPS, FLAGS, EVENTS, COMMANDS]));
}

function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return hash;
}
