/** What the caller of the planner decided: everything that is neither in config.json nor a property of the host. */
import type { CgroupRecord } from './facts.ts';

/** Where descriptors 0-2 of the process come from: the caller's own, or a new pty. */
export type StdioKind = 'inherit' | 'console-socket' | 'terminal';

/** Common to the first process and to exec'd ones. */
export interface ProcessOptions {
  readonly stdio: StdioKind;
  /** AF_UNIX socket for the pty master; with `stdio: 'console-socket'`. */
  readonly consoleSocket?: string;
  /** AF_UNIX socket that gets a pidfd of the process. */
  readonly pidfdSocket?: string;
  /** Descriptors from 3 on that the process keeps. */
  readonly preserveFds: number;
  /** The helper stays as the parent: `monitor`. */
  readonly attached: boolean;
  /** attached: adopt orphans of the container. */
  readonly subreaper: boolean;
  /** Leave the caller's session keyring in place. */
  readonly noNewKeyring?: boolean;
  /** Told what is left out without being a failure. */
  readonly warn?: (message: string, pointer?: string) => void;
}

export interface CreateOptions extends ProcessOptions {
  readonly id: string;
  /** Absolute. */
  readonly bundle: string;
  /** Absolute; `start.sock` is made there. */
  readonly stateDir: string;
  /** Directory for a socket of sd_notify(3), which the container gets mounted. */
  readonly notifyDir?: string;
  /** Where a symlink of the host leads; undefined for a path that is none. Absent: `copy-symlink` cannot be done. */
  readonly readLink?: (path: string) => string | undefined;
  /** The container's cgroup, already made. */
  readonly cgroup: CgroupRecord;
  /** MS_MOVE and chroot instead of pivot_root (root on the initramfs). */
  readonly noPivot: boolean;
  /** `run`: the start byte comes on the plan socket, not on start.sock. */
  readonly startNow: boolean;
  /** State document for hooks that run inside: the text before and after the pid. */
  hookState(status: 'creating' | 'created'): readonly [string, string];
}

export interface ExecOptions extends ProcessOptions {
  /** For the session keyring's name; absent: a keyring of this exec alone. */
  readonly id?: string;
  /** A process of the container whose namespaces are joined. */
  readonly target: {
    readonly pid: number;
    /** By type, when known; else /proc/PID/ns/… of `pid`. */
    readonly namespaces?: Readonly<Record<string, string>>;
  };
  /** The container's state document, for a seccomp listener. */
  readonly state: string;
  /** Host cgroup directories to join. */
  readonly cgroupDirs: readonly string[];
}
