import type { Credentials, Location } from '../vfs/types.ts';
import type { KernelState } from './state.ts';
import type { Session } from './session.ts';
import type { Timer } from './timers.ts';
import type { Terminal } from './tty/terminal.ts';
import type {
  CapabilitySets,
  Descriptor,
  Process,
  ProcessState,
  Program,
  RlimitTable,
  SignalAction,
  Sys,
  UserIds,
  WaitStatus,
} from './types.ts';
import { Queue } from './wait-queue.ts';

/** A system call that gave BLOCKED: how it is made again, and what it gives when a signal ends it after it did part of its work. */
export interface BlockedCall {
  readonly again: () => Sys<unknown>;
  /** Absent: EINTR. */
  readonly interrupted?: (() => unknown) | undefined;
  /** The process ends in it: what the call holds is let go. */
  readonly abandoned?: (() => void) | undefined;
}

/** Bits of `attention`: a signal has a default action to take; a handler is due; it was stopped and has not come to rest yet. */
export const ACT = 1;
export const DUE = 2;
export const HALT = 4;

/** What a new process has from the beginning. */
export interface ProcSeed {
  readonly kernel: KernelState;
  readonly pid: number;
  readonly parent: Proc | undefined;
  readonly pgid: number;
  readonly session: Session;
  readonly root: Location;
  readonly cwd: Location;
  readonly executable: Location;
  readonly umask: number;
  readonly ids: UserIds;
  readonly capabilities: CapabilitySets;
  readonly noNewPrivileges: boolean;
  readonly rlimits: RlimitTable;
}

/** A process. Other files of the kernel change it; the host and programs see it as `Process`. */
export class Proc implements Process {
  readonly kernel: KernelState;
  readonly pid: number;
  parent: Proc | undefined;
  children: Set<Proc> | undefined;
  /** Those of them that have something to tell to wait(2). */
  news: Set<Proc> | undefined;
  /** How many processes were made before it: which child is the oldest. */
  readonly order: number;
  pgid: number;
  session: Session;
  /** TIOCNOTTY of one that is no session leader. */
  gaveUpTerminal = false;
  state: ProcessState = 'sleeping';

  root: Location;
  cwd: Location;
  umask: number;
  executable: Location;
  argv: readonly string[] = [];
  env: readonly string[] = [];
  comm = '';
  program: Program | undefined;
  /** Bytes of the program that the container's memory counts. */
  countedMemory = 0;
  /** It has executed an image since fork (setpgid(2) EACCES). */
  executed = false;

  ids: UserIds;
  capabilities: CapabilitySets;
  credentials: Credentials;
  noNewPrivileges: boolean;
  keepCapabilities = false;
  rlimits: RlimitTable;
  /** Soft limits that hot paths look at, of `rlimits`. */
  maxFileSize = Infinity;
  maxDescriptors = 1024;
  maxCpuMs = Infinity;
  oomScoreAdjust = 0;

  descriptors: (Descriptor | undefined)[] = [];
  /** No descriptor below it is free. */
  lowestFree = 0;

  // ---- scheduling
  queued = false;
  held = false;
  /** It computes in a thread of its own. */
  elsewhere = false;
  blocked: BlockedCall | undefined;
  readonly queues: Queue[] = [];
  /** Wakes the call that sleeps with a time limit (deadline.ts). */
  sleepTimer: Timer | undefined;
  /** When a terminal read with VTIME began. */
  readBegan: number | undefined;
  startedAt = performance.now();
  cpuMs = 0;
  switches = 0;
  childrenCpuMs = 0;

  // ---- /proc/PID/io
  bytesRead = 0;
  bytesWritten = 0;
  reads = 0;
  writes = 0;

  // ---- signals
  mask = 0n;
  /** Mask to put back after sigsuspend or ppoll. */
  savedMask: bigint | undefined;
  pending = 0n;
  /** Real-time signals that wait more than once. */
  extra: Map<number, number> | undefined;
  actions: readonly (SignalAction | undefined)[] = NO_ACTIONS;
  /** Signals with a handler, ignored by choice. */
  handled = 0n;
  ignored = 0n;
  attention = 0;
  setFlag: ((due: boolean) => void) | undefined;
  alarm: { timer: Timer; intervalMs: number } | undefined;

  // ---- end, stop, wait
  waitStatus: WaitStatus | undefined;
  /** Signal that stopped it, until wait(2) has told. */
  stopReport = 0;
  continueReport = false;
  private childQueue: Queue | undefined;
  private ends: ((status: WaitStatus) => void)[] | undefined;

  constructor(seed: ProcSeed) {
    this.kernel = seed.kernel;
    this.pid = seed.pid;
    this.parent = seed.parent;
    this.order = seed.kernel.forks;
    this.pgid = seed.pgid;
    this.session = seed.session;
    this.root = seed.root;
    this.cwd = seed.cwd;
    this.executable = seed.executable;
    this.umask = seed.umask;
    this.ids = seed.ids;
    this.capabilities = seed.capabilities;
    this.credentials = credentialsOf(seed.ids, seed.capabilities);
    this.noNewPrivileges = seed.noNewPrivileges;
    this.rlimits = seed.rlimits;
  }

  get ppid(): number {
    return this.parent?.pid ?? 0;
  }

  /** Its controlling terminal. */
  get terminal(): Terminal | undefined {
    return this.gaveUpTerminal ? undefined : this.session.terminal;
  }

  get sid(): number {
    return this.session.id;
  }

  adopt(child: Proc): void {
    (this.children ??= new Set()).add(child);
    if (child.stopReport !== 0 || child.continueReport) this.tellNews(child);
  }

  loseChild(child: Proc): void {
    this.children?.delete(child);
    this.news?.delete(child);
  }

  /** The child ended, stopped or continued. */
  tellNews(child: Proc): void {
    (this.news ??= new Set()).add(child);
  }

  /** Woken when a child ended, stopped or continued. */
  get childEvents(): Queue {
    return (this.childQueue ??= new Queue());
  }

  wakeWaiters(): void {
    this.childQueue?.wake();
  }

  onEnd(listener: (status: WaitStatus) => void): void {
    if (this.waitStatus === undefined) (this.ends ??= []).push(listener);
    else listener(this.waitStatus);
  }

  tellEnd(status: WaitStatus): void {
    const listeners = this.ends ?? [];
    this.ends = undefined;
    for (const listener of listeners) listener(status);
  }
}

const NO_ACTIONS: readonly (SignalAction | undefined)[] = [];

/** Ended: zombie or dead. */
export const isGone = (process: Proc): boolean => process.waitStatus !== undefined;

export const isStopped = (process: Proc): boolean => process.state === 'stopped';

/** What path resolution looks at: the effective ids (Linux's fsuid follows them). */
export function credentialsOf(ids: UserIds, capabilities: CapabilitySets): Credentials {
  return { uid: ids.euid, gid: ids.egid, groups: ids.groups, capabilities: capabilities.effective };
}

/** New identity; keeps `credentials` in step. */
export function setIdentity(process: Proc, ids: UserIds, capabilities: CapabilitySets): void {
  process.ids = ids;
  process.capabilities = capabilities;
  process.credentials = credentialsOf(ids, capabilities);
}

/** pid 1 of a pid namespace: no default action of a signal is for it. */
export function isNamespaceInit(process: Proc): boolean {
  const { init, options } = process.kernel;
  return process === init && options.pidNamespace !== false;
}
