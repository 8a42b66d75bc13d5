import { errno } from '../errno.ts';
import type { ContainerMemory } from '../vfs/container-memory.ts';
import type { FileSystem, Inode, Vfs } from '../vfs/types.ts';
import type { Pipe } from './files/pipe.ts';
import type { Proc } from './process.ts';
import { Scheduler } from './scheduler.ts';
import { Timers } from './timers.ts';
import type { Terminal } from './tty/terminal.ts';
import type { KernelLimits, KernelOptions, Process, ProgramLoader } from './types.ts';

/** Linux's default /proc/sys/kernel/pid_max. */
export const PID_MAX = 32768;
/** RESERVED_PIDS: where numbers begin anew. */
const FIRST_AGAIN = 300;

/** All that the files of one kernel share. */
export class KernelState {
  readonly vfs: Vfs;
  readonly memory: ContainerMemory;
  readonly loader: ProgramLoader;
  readonly options: KernelOptions;
  /** Changed by process-table.ts alone. */
  readonly processes = new Map<number, Proc>();
  readonly groups = new Map<number, Set<Proc>>();
  readonly sessions = new Map<number, number>();
  readonly timers = new Timers();
  readonly scheduler: Scheduler;
  hostname: string;
  domainname: string;
  limits: KernelLimits;
  init: Proc | undefined;
  /** Whose call last entered a file system: /proc/self. Not always who runs: a vfork child runs within its parent's turn. */
  caller: Proc | undefined;
  lastPid = 0;
  /** Processes ever made, for /proc/stat and loadavg. */
  forks = 0;
  oomKills = 0;
  readonly oomListeners: ((process: Process) => void)[] = [];
  readonly startedAt = performance.now();
  /** Ends of CPU time of processes that are gone. */
  goneCpuMs = 0;
  terminals: Map<number, Terminal> | undefined;
  /** Terminal that /dev/console is. */
  console: Terminal | undefined;
  /** The mounted devpts, and what new terminals get from its options. */
  devpts: FileSystem | undefined;
  newTerminal: { readonly mode: number; readonly uid: number | undefined; readonly gid: number | undefined } | undefined;
  /** At the last look at /proc/loadavg. */
  load: { readonly at: number; readonly cpu: number; readonly averages: readonly number[] } | undefined;
  private identity: string | undefined;
  private pipes: WeakMap<Inode, Pipe> | undefined;
  private anonymous = 0;

  constructor(options: KernelOptions) {
    this.options = options;
    this.vfs = options.vfs;
    this.memory = options.vfs.memory;
    this.memory.limit = options.limits?.memory;
    this.loader = options.loader;
    this.hostname = options.hostname;
    this.domainname = options.domainname ?? '(none)';
    this.limits = options.limits ?? {};
    this.scheduler = new Scheduler(this.timers);
    this.scheduler.setQuota(this.limits.cpu);
  }

  /** /proc/sys/kernel/random/boot_id. */
  get bootId(): string {
    return (this.identity ??= crypto.randomUUID());
  }

  /** Inode numbers of pipes and other things without a file system. */
  nextAnonymous(): number {
    return ++this.anonymous;
  }

  /** What passes through the fifo at this inode: one pipe for all who have it open. */
  fifo(inode: Inode, make: () => Pipe): Pipe {
    this.pipes ??= new WeakMap();
    const known = this.pipes.get(inode);
    if (known !== undefined) return known;
    const pipe = make();
    this.pipes.set(inode, pipe);
    return pipe;
  }

  /** A pid that is no process, group or session. EAGAIN when there is none left, as a program that never waits brings about. */
  newPid(): number {
    for (let tries = 0; tries < PID_MAX; tries++) {
      this.lastPid = this.lastPid >= PID_MAX - 1 ? FIRST_AGAIN : this.lastPid + 1;
      if (!this.isTaken(this.lastPid)) return this.lastPid;
    }
    throw errno('EAGAIN');
  }

  private isTaken(id: number): boolean {
    return this.processes.has(id) || this.groups.has(id) || this.sessions.has(id);
  }
}
