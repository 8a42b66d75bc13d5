/** The part of the contract that programs use: the system calls. */
import type { Attributes, Stat, StatFs } from '../vfs/types.ts';
import type { DirectoryEntry, Process, Program, Sys, WaitStatus } from './types.ts';

/** sigaction(2). */
export interface SignalAction {
  readonly disposition: 'default' | 'ignore' | 'handler';
  /** SA_* bits of Linux. */
  readonly flags: number;
  /** Signals blocked while the handler runs; bit n-1 is signal n. */
  readonly mask: bigint;
}

/** posix_spawn(3) in one call. */
export interface SpawnActions {
  readonly files: readonly (
    | { readonly action: 'close'; readonly fd: number }
    | { readonly action: 'dup2'; readonly from: number; readonly fd: number }
    | { readonly action: 'open'; readonly fd: number; readonly path: string; readonly flags: number; readonly mode: number }
    | { readonly action: 'chdir'; readonly path: string }
    | { readonly action: 'fchdir'; readonly fd: number }
  )[];
  /** 0: its own new group. */
  readonly pgid?: number;
  readonly newSession?: boolean;
  readonly mask?: bigint;
  /** Set to default in the child, beside those with handlers. */
  readonly defaults?: bigint;
  /** tcsetpgrp of this terminal descriptor to the child's group, before it runs. */
  readonly foreground?: number;
  /** Search `path` in the caller's PATH when it has no slash. */
  readonly search?: boolean;
}

export interface PollRequest {
  readonly fd: number;
  readonly events: number;
  revents: number;
}

/**
 * What programs can call; the process always comes first. Throws Errno; gives BLOCKED where noted by Sys<>.
 * Paths are relative to `at`: a directory descriptor, or AT_FDCWD (-100).
 * Before it returns, each call lets pending signals act: default actions may end or stop the process (then it throws
 * Unwound, or gives BLOCKED); signals with a handler only set the flag of `signalFlag` and interrupt calls that sleep (EINTR).
 */
export interface SystemCalls {
  // files
  read(p: Process, fd: number, buffer: Uint8Array): Sys<number>;
  write(p: Process, fd: number, bytes: Uint8Array): Sys<number>;
  pread(p: Process, fd: number, position: number, buffer: Uint8Array): number;
  pwrite(p: Process, fd: number, position: number, bytes: Uint8Array): number;
  /** whence: 0 SET, 1 CUR, 2 END. */
  lseek(p: Process, fd: number, offset: number, whence: number): number;
  /** An opening of a fifo can block. */
  openat(p: Process, at: number, path: string, flags: number, mode: number, beneath?: boolean): Sys<number>;
  close(p: Process, fd: number): void;
  /** Lowest free descriptor ≥ min (F_DUPFD). */
  dup(p: Process, fd: number, min: number, cloexec: boolean): number;
  dup3(p: Process, fd: number, target: number, cloexec: boolean): number;
  pipe(p: Process, flags: number): readonly [read: number, write: number];
  getFlags(p: Process, fd: number): number;
  setFlags(p: Process, fd: number, flags: number): void;
  setCloexec(p: Process, fd: number, on: boolean): void;
  fstat(p: Process, fd: number): Stat;
  fsetAttributes(p: Process, fd: number, attributes: Attributes): void;
  /** All entries from cookie on; `.` and `..` first. */
  readdir(p: Process, fd: number): readonly DirectoryEntry[];
  ioctl(p: Process, fd: number, request: number, argument: Uint8Array): Sys<number>;
  /** timeoutMs: undefined waits for ever. mask: replaces the signal mask meanwhile. Gives how many are ready. */
  poll(p: Process, requests: readonly PollRequest[], timeoutMs: number | undefined, mask?: bigint): Sys<number>;
  /** The next connection of a socket that listens. flags: O_NONBLOCK of the new descriptor. */
  accept(p: Process, fd: number, flags: number): Sys<number>;
  // paths
  stat(p: Process, at: number, path: string, follow: boolean, beneath?: boolean): Stat;
  mkdirat(p: Process, at: number, path: string, mode: number, beneath?: boolean): void;
  mknodat(p: Process, at: number, path: string, mode: number, rdev: number): void;
  unlinkat(p: Process, at: number, path: string, directory: boolean, beneath?: boolean): void;
  renameat(p: Process, from: number, oldPath: string, to: number, newPath: string, beneath?: boolean): void;
  linkat(p: Process, from: number, oldPath: string, to: number, newPath: string, follow: boolean, beneath?: boolean): void;
  symlinkat(p: Process, target: string, at: number, path: string, beneath?: boolean): void;
  readlinkat(p: Process, at: number, path: string, beneath?: boolean): string;
  accessat(p: Process, at: number, path: string, want: number, effective: boolean): void;
  setAttributesAt(p: Process, at: number, path: string, attributes: Attributes, follow: boolean, beneath?: boolean): void;
  statfs(p: Process, at: number, path: string): StatFs;
  chdir(p: Process, path: string): void;
  fchdir(p: Process, fd: number): void;
  getcwd(p: Process): string;
  chroot(p: Process, path: string): void;
  umask(p: Process, mask: number): number;
  mount(p: Process, source: string, target: string, type: string, flags: number, data: string): void;
  umount(p: Process, target: string, flags: number): void;
  // processes
  /** The program side is the caller's: `copy` makes the child's program when the process structure exists. EAGAIN at limits. */
  fork(p: Process, copy: (child: Process) => Program): Process;
  /** Never returns: throws Unwound('replaced'), or Errno with the process unharmed. `#!` and PATH (search) are handled here. */
  execve(p: Process, path: string, argv: readonly string[], env: readonly string[], search?: boolean): never;
  /** fork+exec without a copy of memory. Gives the pid. */
  spawn(p: Process, path: string, argv: readonly string[], env: readonly string[], actions: SpawnActions): number;
  /** Never returns: throws Unwound('exited'). status: the low 8 bits count. */
  exit(p: Process, status: number): never;
  /** A fault of the program: ends it as the signal would (SIGILL, SIGSEGV, SIGFPE). */
  fault(p: Process, signal: number): never;
  /** options: WNOHANG 1, WUNTRACED 2, WCONTINUED 8. undefined: WNOHANG and nobody. */
  wait(
    p: Process,
    pid: number,
    options: number,
  ): Sys<{ readonly pid: number; readonly status: WaitStatus; readonly cpuMs: number } | undefined>;
  kill(p: Process, pid: number, signal: number): Sys<void>;
  getpgid(p: Process, pid: number): number;
  setpgid(p: Process, pid: number, pgid: number): void;
  getsid(p: Process, pid: number): number;
  setsid(p: Process): number;
  setuids(p: Process, ruid: number, euid: number, suid: number): void; // -1: leave
  setgids(p: Process, rgid: number, egid: number, sgid: number): void;
  setgroups(p: Process, groups: readonly number[]): void;
  getrlimit(p: Process, resource: number): readonly [bigint, bigint];
  setrlimit(p: Process, resource: number, soft: bigint, hard: bigint): void;
  sethostname(p: Process, name: string): void;
  // signals
  sigaction(p: Process, signal: number, action: SignalAction | undefined): SignalAction;
  /** how: 0 BLOCK, 1 UNBLOCK, 2 SETMASK; set undefined: only ask. Gives the old mask. */
  sigprocmask(p: Process, how: number, set: bigint | undefined): bigint;
  sigpending(p: Process): bigint;
  /** Always ends with EINTR (thrown) once a handler is due; the mask is put back by the kernel after that handler was taken. */
  sigsuspend(p: Process, mask: bigint): Sys<never>;
  /**
   * Takes the next pending signal that has a handler and is not blocked: its number, its SA_* flags, and the mask to
   * restore when the handler returns (the kernel has already set the handler's). undefined: there is none.
   */
  nextSignal(p: Process): { readonly signal: number; readonly flags: number; readonly restore: bigint } | undefined;
  /** Called with true when a handler becomes due and with false when none is: the guest polls a word of its memory. */
  signalFlag(p: Process, set: (due: boolean) => void): void;
  // time
  /** ITIMER_REAL in ms; 0 disarms. Gives what was left. */
  setitimer(p: Process, valueMs: number, intervalMs: number): { readonly valueMs: number; readonly intervalMs: number };
  /** id: CLOCK_REALTIME 0, MONOTONIC 1, PROCESS_CPUTIME 2, THREAD_CPUTIME 3. */
  clock(p: Process, id: number): bigint;
  nanosleep(p: Process, durationMs: number): Sys<void>;
  yield(p: Process): Sys<void>;
  /** The fuel of a computing program is used up: accounts CPU time, RLIMIT_CPU, lets others run. */
  preempt(p: Process): Sys<void>;
  /** Before memory grows: false when a limit (RLIMIT_AS, memory limit) forbids it. */
  mayGrow(p: Process, bytes: number): boolean;
}
