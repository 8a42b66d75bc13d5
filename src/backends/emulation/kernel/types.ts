/**
 * The contract of the emulated kernel. Three kinds of code meet here:
 *  - programs (../wasi): executed images that enter the kernel through `SystemCalls`;
 *  - the host side (../execute, ../supervisor, the library): makes a kernel, mounts, spawns, kills, reads;
 *  - file systems and devices (kernel/, ../vfs).
 * Everything runs in one thread (an engine may have more, and comes here for its calls). A system call never waits: it gives BLOCKED, the program suspends, and the scheduler
 * resumes it when something that the call waits for has changed; the call is then made again (`retry`).
 */
import type { ErrnoName } from '../errno.ts';
import type { Credentials, Inode, Location, PathContext, Stat, Vfs } from '../vfs/types.ts';
import type { SystemCalls } from './calls.ts';
import type { ListenerOptions } from './files/listener.ts';
import type { InputOptions } from './files/stream.ts';

/** "Nothing yet": the process was put on the wait queues of what it waits for. */
export const BLOCKED: unique symbol = Symbol('blocked');
export type Sys<T> = T | typeof BLOCKED;

// ---- programs ----------------------------------------------------------------------------------

/**
 * Why a program gave the thread back. `yielded`: it could go on at once (time slice, exec replaced it). `running`: it does go on, in a
 * thread of its own, and asks for its next turn by `Kernel.ready`.
 */
export type Pause = 'blocked' | 'yielded' | 'ended' | 'running';

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
  /** Can it be suspended while it computes (preempted), while it waits? Does it compute beside the others? Reported as findings. */
  readonly abilities: { readonly suspends: boolean; readonly preempts: boolean; readonly parallel?: boolean };
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
  /** Bytes of guest memory of all processes, and of files in memory, together. */
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
  /** false: the first process is one like any other for signals, as where none begins a pid namespace. Default true. */
  readonly pidNamespace?: boolean;
  /** Numbers in /proc/PID/ns, by name. */
  readonly namespaces?: ReadonlyMap<string, number>;
  /** Lines `inside outside count` of /proc/PID/uid_map and gid_map. Default: all ids, each mapped to itself. */
  readonly idMaps?: { readonly uid: string; readonly gid: string };
  readonly clockOffsets?: ClockOffsets;
  /** Device cgroup: may a device be opened so? access: `r`, `w` or `rw`. Default: all may. */
  readonly allowsDevice?: (type: 'b' | 'c', major: number, minor: number, access: string) => boolean;
}

/** time_namespaces(7), in nanoseconds. */
export interface ClockOffsets {
  readonly monotonic: bigint;
  /** Of /proc/uptime. */
  readonly boottime: bigint;
}

export interface KernelStats {
  readonly pids: number;
  readonly pidsLimit: number | undefined;
  /** Programs and files in memory. */
  readonly memoryBytes: number;
  readonly fileBytes: number;
  readonly memoryPeakBytes: number;
  readonly memoryLimit: number | undefined;
  readonly cpuUserMs: number;
  readonly cpuSystemMs: number;
  readonly throttledPeriods: number;
  readonly throttledMs: number;
  readonly oomKills: number;
  /** Writes to files that the memory limit forbade. */
  readonly memoryRefusals: number;
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
  createInput(options?: InputOptions): { readonly file: OpenFile; push(bytes: Uint8Array): boolean; end(): void };
  /**
   * Writes pushed to the host. `write` gives false when the sink is full (then call `drained`), and throws EPIPE when it is gone.
   * onClose: nobody has it open any more.
   */
  createOutput(
    write: (bytes: Uint8Array) => boolean,
    onClose?: () => void,
  ): { readonly file: OpenFile; drained(): void; broken(why?: ErrnoName): void };
  /** One open file that is read from an input and written to an output, which it takes over; socket: to guests it is one. */
  join(input: OpenFile, output: OpenFile, socket: boolean): OpenFile;
  /** A socket that listens: `push` gives it a connection; `broken`: no more come. */
  createListener(options: ListenerOptions): { readonly file: OpenFile; push(connection: OpenFile): void; broken(why: ErrnoName): void };
  /** /dev/null as an open file. */
  openNull(flags: number): OpenFile;
  /** Ends every process (SIGKILL, pid 1 last), releases all. Idempotent. */
  shutdown(): void;
  /** Of the program: the outcome of the blocked call of this process. Throws Errno (EINTR …) or Unwound. */
  retry(process: Process): Sys<unknown>;
  /** Of a program with a thread of its own: it wants a turn; it has computed for so long there. */
  ready(process: Process): void;
  charge(process: Process, ms: number): void;
}

export type { Inode, InputOptions, ListenerOptions, SystemCalls };
export type { PollRequest, SignalAction, SpawnActions } from './calls.ts';
