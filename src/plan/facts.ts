/** What the planner must know of the host. A plain value, so that planning is pure and tested anywhere. */
export interface HostFacts {
  /** Effective user id of tsrun, as seen in its own user namespace. */
  readonly euid: number;
  readonly egid: number;
  /** tsrun itself is inside a user namespace (its uid_map is not the identity), e.g. rootless podman. */
  readonly inUserNamespace: boolean;
  /** [major, minor] of the running kernel. */
  readonly kernel: readonly [number, number];
  /** process.arch of the host: 'x64', 'arm64', … */
  readonly arch: string;
  /** Effective capabilities of tsrun as a bit set (CapEff). */
  readonly capabilities: bigint;
  /** /proc/sys/kernel/cap_last_cap */
  readonly lastCapability: number;
  /** File systems the kernel knows now (/proc/filesystems). Modules may add more. */
  readonly filesystems: readonly string[];
  readonly cgroup: CgroupFacts;
  readonly apparmor: boolean;
  readonly selinux: boolean;
  /** The id map that newuidmap/newgidmap or a privileged write will be used for; see `idMapping` of the planner. */
  readonly canWriteIdMaps: boolean;
  /** /proc/self/setgroups says `deny`: setgroups(2) fails here and in every user namespace below. Absent: allowed. */
  readonly setgroupsDenied?: boolean;
}

/** One mounted cgroup v1 hierarchy. */
export interface CgroupV1Hierarchy {
  /** As in /proc/self/cgroup: ['cpu','cpuacct'], ['name=systemd'], … */
  readonly controllers: readonly string[];
  /** Host mount point, e.g. /sys/fs/cgroup/cpu,cpuacct */
  readonly mountpoint: string;
  /** The mount's root within the hierarchy (mountinfo field 4), '/' unless a sub-tree is mounted. */
  readonly root: string;
  /** tsrun's own cgroup in it, e.g. /user.slice */
  readonly own: string;
}

export interface CgroupFacts {
  /** v1: no v2 mounted · hybrid: v1 hierarchies plus a v2 tree · v2: unified only · none: nothing mounted */
  readonly mode: 'v1' | 'hybrid' | 'v2' | 'none';
  readonly v1: readonly CgroupV1Hierarchy[];
  /** The v2 mount (mode v2 and hybrid). controllers: cgroup.controllers of its root. */
  readonly v2?: { readonly mountpoint: string; readonly root: string; readonly own: string; readonly controllers: readonly string[] };
}

/** Where the container's cgroup is on this host. Written into the state *before* anything is made. */
export type CgroupRecord = {
  readonly manager: 'cgroupfs' | 'systemd' | 'disabled';
  readonly mode: CgroupFacts['mode'];
  /** The path within each hierarchy, e.g. /ID. */
  readonly path: string;
  /** Host directories by controller (v1: 'memory', 'cpu,cpuacct' → dir; v2: '' → dir). */
  readonly dirs: Readonly<Record<string, string>>;
  /** Keys of `dirs` that were there before create: not made by tsrun, so not removed either (runtime.md, Lifecycle). */
  readonly existing?: readonly string[];
};
