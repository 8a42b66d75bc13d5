/**
 * The contract of the emulated kernel. Three kinds of code meet here:
 *  - programs (../wasi): executed images that enter the kernel through `SystemCalls`;
 *  - the host side (../execute, ../supervisor, the library): makes a kernel, mounts, spawns, kills, reads;
 *  - file systems and devices (kernel/, ../vfs).
 * Everything runs in one thread. A system call never waits: it gives BLOCKED, the program suspends, and the scheduler
 * resumes it when something that the call waits for has changed; the call is then made again (`retry`).
 */
import type { Credentials, Inode, Location, PathContext, Stat, StatFs, Vfs } from '../vfs/types.ts';

/** "Nothing yet": the process was put on the wait queues of what it waits for. */
export const BLOCKED: unique symbol = Symbol('blocked');
export type Sys<T> = T | typeof BLOCKED;

// ---- programs ----------------------------------------------------------------------------------

/** Why a program gave the thread back. `yielded`: it could go on at once (time slice, exec replaced it). */
export type Pause = 'blocked' | 'yielded' | 'ended';

/** One executing image (a WebAssembly instance; in tests a generator function). */
export interface Program {
  /**
   * Execute until the next suspension. Called by the scheduler alone, when the process is runnable; a program that is in a
   * blocked call first calls `kernel.retry(process)` and gives 'blocked' without touching the guest when that still is
   * BLOCKED. A promise for engines that switch stacks asynchronously (JSPI); nothing else of this kernel runs meanwhile.
   */
  resume(): Pause | Promise<Pause>;
  /** The process ended or executes another image. Never resumed again; may be called from inside `resume`. */
  dispose(): void;
  /** Bytes of guest memory, for limits, /proc and statistics. */
  readonly memoryBytes: number;
  /** Can it be suspended while it computes (preempted), while it waits? Reported as findings. */
  readonly abilities: { readonly suspends: boolean; readonly preempts: boolean };
}

/** Makes programs of executable files that are not `#!` scripts. Throws Errno: ENOEXEC when it is none, ENOMEM … */
export interface ProgramLoader {
  load(process: Process, file: Location, argv: readonly string[], env: readonly string[]): Program;
}

/** Thrown through a guest's frames by `SystemCalls`: the process is dead, or its image was replaced. Programs catch it in resume(). */
export class Unwound extends Error {
  readonly why: 'exited' | 'replaced';
  constructor(why: 'exited' | 'replaced') {
    super(why);
    this.name = 'Unwound';
    this.why = why;
  }
}

// ---- open files --------------------------------------------------------------------------------

/** poll(2) event bits. */
export const POLLIN = 1;
export const POLLPRI = 2;
export const POLLOUT = 4;
export const POLLERR = 8;
export const POLLHUP = 16;
export const POLLNVAL = 32;

/** Processes that wait for one thing to change. */
export interface WaitQueue {
  /** The process becomes runnable at the next `wake`, once. */
  add(process: Process): void;
  remove(process: Process): void;
  wake(): void;
}

/** An open file description (open(2)): shared by dup and fork, counted. */
export interface OpenFile {
  readonly kind: 'file' | 'directory' | 'pipe' | 'tty' | 'device' | 'special' | 'stream' | 'path' | 'socket';
  /** Access mode and O_APPEND, O_NONBLOCK …; changed by F_SETFL. */
  flags: number;
  /** What it was opened at; pipes and host streams have none. */
  readonly location: Location | undefined;
  /** Text of /proc/PID/fd/N where there is no location: `pipe:[12]`. */
  readonly description: string;
  /** Byte offset of seekable files. */
  position: number;
  /** 0: end of file. Directories: EISDIR. */
  read(process: Process, buffer: Uint8Array): Sys<number>;
  write(process: Process, bytes: Uint8Array): Sys<number>;
  /** Absent: ESPIPE. */
  readAt?(process: Process, position: number, buffer: Uint8Array): number;
  writeAt?(process: Process, position: number, bytes: Uint8Array): number;
  stat(): Stat;
  /** Events that hold now; adds the process to the queues that will tell of a change when `wait` is given. */
  poll(process: Process, events: number, wait: boolean): number;
  /** Linux request numbers; `argument` is the guest's memory at the pointer (size by request) or a number. */
  ioctl?(process: Process, request: number, argument: Uint8Array): Sys<number>;
  retain(): void;
  /** The last one closes it. */
  release(): void;
}

/** One slot of a descriptor table. */
export interface Descriptor {
  readonly file: OpenFile;
  cloexec: boolean;
  /** The WASI host's, opaque to the kernel: rights, preopen name. Copied by dup and fork. */
  wasi?: unknown;
}

/** A directory listing entry, with `.` and `..`; cookies are indices that stay valid while the directory changes. */
export interface DirectoryEntry {
  readonly name: string;
  readonly ino: number;
  /** DT_* (linux dirent.h): 4 directory, 8 file, 10 symlink, 2 character, 6 block, 1 fifo, 12 socket. */
  readonly type: number;
}

// ---- processes ---------------------------------------------------------------------------------

export interface UserIds {
  readonly ruid: number;
  readonly euid: number;
  readonly suid: number;
  readonly rgid: number;
  readonly egid: number;
  readonly sgid: number;
  readonly groups: readonly number[];
}

export interface CapabilitySets {
  readonly bounding: bigint;
  readonly effective: bigint;
  readonly inheritable: bigint;
  readonly permitted: bigint;
  readonly ambient: bigint;
}

/** [soft, hard] by RLIMIT_* number (Linux); RLIM_INFINITY is 2^64-1. */
export type RlimitTable = Map<number, readonly [soft: bigint, hard: bigint]>;

/** As Linux's waitpid gives it: code << 8, or the signal number (| 0x80 core), or stopsig << 8 | 0x7f. */
export type WaitStatus = number;

export type ProcessState = 'running' | 'sleeping' | 'stopped' | 'zombie' | 'dead';

export interface Process extends PathContext {
  readonly pid: number;
  readonly ppid: number;
  readonly pgid: number;
  readonly sid: number;
  readonly state: ProcessState;
  readonly argv: readonly string[];
  readonly env: readonly string[];
  readonly comm: string;
  readonly executable: Location;
  readonly ids: UserIds;
  readonly capabilities: CapabilitySets;
  readonly noNewPrivileges: boolean;
  readonly credentials: Credentials;
  readonly rlimits: RlimitTable;
  readonly descriptors: readonly (Descriptor | undefined)[];
  readonly program: Program | undefined;
  /** performance.now() at its start; CPU milliseconds used. */
  readonly startedAt: number;
  readonly cpuMs: number;
  /** Once it is zombie or dead. */
  readonly waitStatus: WaitStatus | undefined;
}

export interface SpawnRequest {
  /** Path or name (searched in env's PATH as execvp does, inside the container). */
  readonly argv: readonly string[];
  readonly env: readonly string[];
  readonly cwd: string;
  readonly ids: UserIds;
  readonly capabilities: CapabilitySets;
  readonly noNewPrivileges: boolean;
  readonly umask: number;
  readonly rlimits: RlimitTable;
  /** By descriptor number; each is retained. */
  readonly files: readonly (OpenFile | undefined)[];
  /** Makes it the controlling terminal of a new session. */
  readonly tty?: Tty;
  /** First process (pid 1): its end ends the container. */
  readonly init: boolean;
  /** Ready but not run until `kernel.release(process)`: the OCI status `created`. */
  readonly held?: boolean;
}

/** A pseudo terminal as the host side has it. */
export interface Tty {
  /** The N of /dev/pts/N. */
  readonly index: number;
  /** Opens the slave side. */
  openSlave(flags?: number): OpenFile;
  /** What a user typed; goes through the line discipline. Gives how many bytes were taken (the input queue is finite). */
  input(bytes: Uint8Array): number;
  /** Output of the container for the screen. At most one listener; it gives false to stop the flow until `drained()`. */
  onOutput(listener: (bytes: Uint8Array) => boolean): void;
  drained(): void;
  /** Called when `input` has room again. */
  onInputRoom(listener: () => void): void;
  resize(columns: number, rows: number): void;
  /** The user went away: SIGHUP to the session. */
  hangUp(): void;
}

// ---- the kernel as the host side has it ---------------------------------------------------------

export interface KernelLimits {
  /** pids.max: processes at a time. */
  readonly pids?: number;
  /** Bytes of guest memory of all processes together. */
  readonly memory?: number;
  /** CPU milliseconds per period, cgroup cpu.max. */
  readonly cpu?: { readonly quotaMs: number; readonly periodMs: number };
}

export interface KernelOptions {
  readonly vfs: Vfs;
  readonly loader: ProgramLoader;
  readonly hostname: string;
  readonly domainname?: string;
  readonly limits?: KernelLimits;
  /** Text of /proc/self/cgroup after `0::`. Default `/`. */
  readonly cgroupPath?: string;
  /** Values under /proc/sys by slash path ("net/core/somaxconn"), config's sysctl. */
  readonly sysctl?: ReadonlyMap<string, string>;
}

export interface KernelStats {
  readonly pids: number;
  readonly pidsLimit: number | undefined;
  readonly memoryBytes: number;
  readonly memoryPeakBytes: number;
  readonly memoryLimit: number | undefined;
  readonly cpuUserMs: number;
  readonly cpuSystemMs: number;
  readonly throttledPeriods: number;
  readonly throttledMs: number;
  readonly oomKills: number;
}

export interface Kernel {
  readonly vfs: Vfs;
  readonly sys: SystemCalls;
  readonly processes: ReadonlyMap<number, Process>;
  hostname: string;
  domainname: string;
  /** Throws Errno with `cause`-free numbers: ENOENT, EACCES, ENOEXEC, EAGAIN (pids) … */
  spawn(request: SpawnRequest): Process;
  release(process: Process): void;
  /** From outside: pid 1 gets no special protection against KILL and STOP, all else as Linux does for a parent namespace. */
  signal(process: Process, signal: number): void;
  /** Resolves with the wait status when it has ended (it need not be waited for inside). */
  exited(process: Process): Promise<WaitStatus>;
  /** No process runs any more; what they wait for keeps arriving. */
  freeze(): void;
  thaw(): void;
  readonly frozen: boolean;
  setLimits(limits: KernelLimits): void;
  stats(): KernelStats;
  onOom(listener: (process: Process) => void): void;
  createTty(size: { readonly columns: number; readonly rows: number }): Tty;
  /**
   * Reads pulled from the host: bytes are given by `push`, end by `end`. Bounded: `onRoom` asks for more, when there is room again
   * and whenever a process looks for what is not there (it may call `push` and `end` at once).
   */
  createInput(options?: { readonly onRoom?: () => void }): { readonly file: OpenFile; push(bytes: Uint8Array): boolean; end(): void };
  /** Writes pushed to the host. `write` gives false when the sink is full (then call `drained`), and throws EPIPE when it is gone. */
  createOutput(write: (bytes: Uint8Array) => boolean): { readonly file: OpenFile; drained(): void; broken(): void };
  /** /dev/null as an open file. */
  openNull(flags: number): OpenFile;
  /** Ends every process (SIGKILL, pid 1 last), releases all. Idempotent. */
  shutdown(): void;
  /** Of the program: the outcome of the blocked call of this process. Throws Errno (EINTR …) or Unwound. */
  retry(process: Process): Sys<unknown>;
}

// ---- system calls --------------------------------------------------------------------------------

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
  fsetAttributes(p: Process, fd: number, attributes: import('../vfs/types.ts').Attributes): void;
  /** All entries from cookie on; `.` and `..` first. */
  readdir(p: Process, fd: number): readonly DirectoryEntry[];
  ioctl(p: Process, fd: number, request: number, argument: Uint8Array): Sys<number>;
  /** timeoutMs: undefined waits for ever. mask: replaces the signal mask meanwhile. Gives how many are ready. */
  poll(p: Process, requests: readonly PollRequest[], timeoutMs: number | undefined, mask?: bigint): Sys<number>;
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
  setAttributesAt(
    p: Process,
    at: number,
    path: string,
    attributes: import('../vfs/types.ts').Attributes,
    follow: boolean,
    beneath?: boolean,
  ): void;
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

export type { Inode };
