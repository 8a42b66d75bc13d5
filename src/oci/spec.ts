import type { LinuxResources } from './spec-resources.ts';
import type { Seccomp } from './spec-seccomp.ts';

export type * from './spec-resources.ts';
export type * from './spec-seccomp.ts';

/**
 * config.json of runtime-spec 1.0 to 1.3 for Linux, as it is after validation and normalisation
 * (`validate.ts`, `normalise.ts`). Names follow the specification's Go types without the `Linux` of seccomp.
 *
 * Integers are plain numbers: exact up to 2^53 and for every larger value a double can hold. Larger values are
 * rounded to the nearest double (`load` warns, and refuses it where one bit matters: seccomp arguments).
 * 2^64-1 and 2^63-1 ("no limit") round to 2^64 and 2^63; `toUint64` and `toInt64` of `int64.ts` give them back
 * exactly. Use those two wherever a 64-bit value goes to the kernel.
 */
export interface Spec {
  readonly ociVersion: string;
  readonly root?: Root;
  readonly process?: Process;
  readonly hostname?: string;
  readonly domainname?: string;
  /** In the order in which they must be mounted. */
  readonly mounts?: readonly Mount[];
  readonly hooks?: Hooks;
  readonly annotations?: Readonly<Record<string, string>>;
  /** Always there after `normalise`. */
  readonly linux?: Linux;
  /** Sections of other platforms: validated, never applied, one warning each. */
  readonly solaris?: unknown;
  readonly windows?: unknown;
  readonly vm?: unknown;
  readonly zos?: unknown;
  readonly freebsd?: unknown;
}

export interface Root {
  /** Absolute, or relative to the bundle. */
  readonly path: string;
  readonly readonly?: boolean;
}

export interface Process {
  readonly terminal?: boolean;
  /** Ignored without `terminal`. */
  readonly consoleSize?: Box;
  /** Absent: uid 0, gid 0. */
  readonly user?: User;
  /** argv; at least one. Absent only where the program is never started. */
  readonly args?: readonly string[];
  /** Windows only. */
  readonly commandLine?: string;
  /** KEY=value. */
  readonly env?: readonly string[];
  /** Absolute, in the container. */
  readonly cwd: string;
  readonly capabilities?: Capabilities;
  readonly rlimits?: readonly Rlimit[];
  readonly noNewPrivileges?: boolean;
  readonly apparmorProfile?: string;
  /** -1000 to 1000. Absent: not touched. */
  readonly oomScoreAdj?: number;
  readonly scheduler?: Scheduler;
  readonly selinuxLabel?: string;
  readonly ioPriority?: IOPriority;
  readonly execCPUAffinity?: CPUAffinity;
}

/** In characters. */
export interface Box {
  readonly height: number;
  readonly width: number;
}

export interface User {
  readonly uid?: number;
  readonly gid?: number;
  /** Absent: not touched (runtimes use 0022). */
  readonly umask?: number;
  readonly additionalGids?: readonly number[];
  /** Windows only. */
  readonly username?: string;
}

/** CAP_* names; unknown ones were warned about and are still in the lists. */
export interface Capabilities {
  readonly bounding?: readonly string[];
  readonly effective?: readonly string[];
  readonly inheritable?: readonly string[];
  readonly permitted?: readonly string[];
  readonly ambient?: readonly string[];
}

export interface Rlimit {
  /** RLIMIT_*, a key of `RLIMITS` in rlimits.ts. */
  readonly type: string;
  readonly soft: number;
  readonly hard: number;
}

export type SchedulerPolicy = 'SCHED_OTHER' | 'SCHED_FIFO' | 'SCHED_RR' | 'SCHED_BATCH' | 'SCHED_ISO' | 'SCHED_IDLE' | 'SCHED_DEADLINE';
export type SchedulerFlag =
  | 'SCHED_FLAG_RESET_ON_FORK'
  | 'SCHED_FLAG_RECLAIM'
  | 'SCHED_FLAG_DL_OVERRUN'
  | 'SCHED_FLAG_KEEP_POLICY'
  | 'SCHED_FLAG_KEEP_PARAMS'
  | 'SCHED_FLAG_UTIL_CLAMP_MIN'
  | 'SCHED_FLAG_UTIL_CLAMP_MAX';

/** sched_setattr(2). runtime, deadline and period in nanoseconds. */
export interface Scheduler {
  readonly policy: SchedulerPolicy;
  readonly nice?: number;
  readonly priority?: number;
  readonly flags?: readonly SchedulerFlag[];
  readonly runtime?: number;
  readonly deadline?: number;
  readonly period?: number;
}

export interface IOPriority {
  readonly class: 'IOPRIO_CLASS_RT' | 'IOPRIO_CLASS_BE' | 'IOPRIO_CLASS_IDLE';
  /** 0 (highest) to 7. */
  readonly priority?: number;
}

/** CPU lists such as `0-3,7`; for `exec` only. */
export interface CPUAffinity {
  /** While the runtime still sets up, before it joins the container's cgroup. */
  readonly initial?: string;
  /** When the user's program starts. */
  readonly final?: string;
}

export interface Mount {
  /** Absolute in the container (a relative one is taken from `/`, deprecated). */
  readonly destination: string;
  readonly type?: string;
  /** For binds: absolute, or relative to the bundle. */
  readonly source?: string;
  /** fstab options; `bind` or `rbind` make it a bind mount (`mount-options.ts`). */
  readonly options?: readonly string[];
  /** For an idmapped mount; both or none. */
  readonly uidMappings?: readonly IDMapping[];
  readonly gidMappings?: readonly IDMapping[];
}

export interface IDMapping {
  readonly containerID: number;
  readonly hostID: number;
  readonly size: number;
}

export interface Hook {
  readonly path: string;
  /** argv with argv[0]; absent: the path alone. */
  readonly args?: readonly string[];
  /** The whole environment; absent: empty. */
  readonly env?: readonly string[];
  /** Seconds, greater than zero. */
  readonly timeout?: number;
}

export type HookKind = 'prestart' | 'createRuntime' | 'createContainer' | 'startContainer' | 'poststart' | 'poststop';
export type Hooks = { readonly [K in HookKind]?: readonly Hook[] };

export type NamespaceType = 'pid' | 'network' | 'mount' | 'ipc' | 'uts' | 'user' | 'cgroup' | 'time';

export interface LinuxNamespace {
  readonly type: NamespaceType;
  /** Absolute: join this one. Absent: make a new one. */
  readonly path?: string;
}

export interface Linux {
  readonly namespaces?: readonly LinuxNamespace[];
  readonly uidMappings?: readonly IDMapping[];
  readonly gidMappings?: readonly IDMapping[];
  readonly timeOffsets?: LinuxTimeOffsets;
  readonly devices?: readonly LinuxDevice[];
  /** By name on the host. */
  readonly netDevices?: Readonly<Record<string, LinuxNetDevice>>;
  /** Absolute: below the cgroup mount. With the systemd driver: `slice:prefix:name`. */
  readonly cgroupsPath?: string;
  readonly resources?: LinuxResources;
  readonly intelRdt?: LinuxIntelRdt;
  readonly memoryPolicy?: LinuxMemoryPolicy;
  /** Keys with dots or slashes, as sysctl(8) reads them. */
  readonly sysctl?: Readonly<Record<string, string>>;
  readonly seccomp?: Seccomp;
  /** The r* forms are an extension of runc and crun. */
  readonly rootfsPropagation?: RootfsPropagation;
  /** Absolute in the container. */
  readonly maskedPaths?: readonly string[];
  readonly readonlyPaths?: readonly string[];
  readonly mountLabel?: string;
  readonly personality?: LinuxPersonality;
}

export type RootfsPropagation = 'shared' | 'slave' | 'private' | 'unbindable' | 'rshared' | 'rslave' | 'rprivate' | 'runbindable';

export interface LinuxTimeOffsets {
  readonly monotonic?: TimeOffset;
  readonly boottime?: TimeOffset;
}
export interface TimeOffset {
  readonly secs?: number;
  readonly nanosecs?: number;
}

export interface LinuxDevice {
  /** `u` is the same as `c`; `p` is a fifo. */
  readonly type: 'c' | 'b' | 'u' | 'p';
  readonly path: string;
  /** Not for `p`. */
  readonly major?: number;
  readonly minor?: number;
  readonly fileMode?: number;
  readonly uid?: number;
  readonly gid?: number;
}

export interface LinuxNetDevice {
  /** New name in the container; may hold one `%d`. Absent: unchanged. */
  readonly name?: string;
}

export interface LinuxPersonality {
  readonly domain: 'LINUX' | 'LINUX32';
  readonly flags?: readonly string[];
}

export interface LinuxIntelRdt {
  readonly closID?: string;
  readonly schemata?: readonly string[];
  readonly l3CacheSchema?: string;
  readonly memBwSchema?: string;
  readonly enableMonitoring?: boolean;
  /** Before 1.3 two switches, deprecated and without effect. */
  readonly enableCMT?: boolean;
  readonly enableMBM?: boolean;
}

export type MemoryPolicyMode =
  | 'MPOL_DEFAULT'
  | 'MPOL_BIND'
  | 'MPOL_INTERLEAVE'
  | 'MPOL_WEIGHTED_INTERLEAVE'
  | 'MPOL_PREFERRED'
  | 'MPOL_PREFERRED_MANY'
  | 'MPOL_LOCAL';
export type MemoryPolicyFlag = 'MPOL_F_NUMA_BALANCING' | 'MPOL_F_RELATIVE_NODES' | 'MPOL_F_STATIC_NODES';

export interface LinuxMemoryPolicy {
  readonly mode: MemoryPolicyMode;
  /** A node list such as `0-1,3`. */
  readonly nodes?: string;
  readonly flags?: readonly MemoryPolicyFlag[];
}
