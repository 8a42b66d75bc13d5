import { CpuQuota } from './cpu-quota.ts';
import { checkCpuLimit } from './cpu-limit.ts';
import { terminate } from './exit.ts';
import { ACT, isGone, type Proc } from './process.ts';
import { act } from './signal-actions.ts';
import { killedBy, SIGABRT } from './signal-numbers.ts';
import type { Timers } from './timers.ts';
import { soon, spent } from './turns.ts';
import type { KernelLimits, Pause } from './types.ts';

/**
 * Who runs next: a queue of processes that can go on, in order. Nothing polls: a process is put here by what it waited
 * for. One runs until it blocks, yields or ends; between two, and at `preempt`, the loop looks at the event loop's share.
 */
export class Scheduler {
  private readonly timers: Timers;
  private queue: Proc[] = [];
  private head = 0;
  /** A loop runs or will be called. */
  private busy = false;
  private quota: CpuQuota | undefined;
  private sliceStart = 0;
  current: Proc | undefined;
  frozen = false;
  switches = 0;

  constructor(timers: Timers) {
    this.timers = timers;
  }

  /** The process can go on: from a queue's wake, a timer, a signal, fork. */
  ready(process: Proc): void {
    if (process.queued || process.held || isGone(process)) return;
    if (process.state === 'stopped') return;
    process.queued = true;
    if (process.state === 'sleeping') process.state = 'running';
    this.queue.push(process);
    this.kick();
  }

  /** SIGKILL: at once, however frozen, stopped or throttled it is; the running one goes at the end of its call. */
  kill(process: Proc): void {
    if (process !== this.current) act(process);
  }

  /** Runnable ones, with the one that runs: loadavg, procs_running. */
  get runnable(): number {
    return this.queue.length - this.head + (this.current === undefined ? 0 : 1);
  }

  freeze(): void {
    this.frozen = true;
  }

  thaw(): void {
    this.frozen = false;
    this.kick();
  }

  setQuota(cpu: KernelLimits['cpu']): void {
    this.quota?.stop();
    this.quota = cpu === undefined ? undefined : new CpuQuota(cpu, this.timers, () => this.kick(), this.quota);
    this.kick();
  }

  get throttling(): { readonly periods: number; readonly ms: number } {
    return this.quota ?? { periods: 0, ms: 0 };
  }

  /** Must a process that could go on computing give the thread back? */
  get mustYield(): boolean {
    return this.head < this.queue.length || this.frozen || spent() || this.quota?.exhaustedBy(performance.now() - this.sliceStart) === true;
  }

  /** Charges what the running process has used since its slice began (or since the last call). */
  account(): void {
    const { current } = this;
    if (current === undefined) return;
    const now = performance.now();
    const used = now - this.sliceStart;
    this.sliceStart = now;
    this.charge(current, used);
  }

  charge(process: Proc, ms: number): void {
    process.cpuMs += ms;
    this.quota?.charge(ms);
    if (process.cpuMs >= process.maxCpuMs) checkCpuLimit(process);
  }

  /** CPU milliseconds of a process, the slice that it is in included. */
  cpuOf(process: Proc): number {
    return process.cpuMs + (process === this.current ? performance.now() - this.sliceStart : 0);
  }

  private kick(): void {
    if (this.busy || this.frozen || this.head >= this.queue.length) return;
    this.busy = true;
    soon(this.loop);
  }

  private readonly loop = (): void => {
    while (this.head < this.queue.length) {
      if (this.frozen || this.quota?.throttled() === true) break;
      if (spent()) return soon(this.loop);
      const process = this.next();
      const pause = this.begin(process);
      if (pause instanceof Promise) {
        pause.then(
          (value) => this.resumeLoop(process, value),
          (error: unknown) => this.failLoop(process, error),
        );
        return undefined;
      }
      if (pause !== undefined) this.end(process, pause);
    }
    this.busy = false;
    return undefined;
  };

  private next(): Proc {
    const process = this.queue[this.head++] as Proc;
    if (this.head === this.queue.length) {
      this.queue.length = 0;
      this.head = 0;
    } else if (this.head >= 1024) {
      this.queue = this.queue.slice(this.head);
      this.head = 0;
    }
    process.queued = false;
    return process;
  }

  /** undefined: it must not run after all. */
  private begin(process: Proc): Pause | Promise<Pause> | undefined {
    if (isGone(process)) return undefined;
    process.elsewhere = false;
    if (process.attention & ACT) {
      act(process);
      if (isGone(process)) return undefined;
    }
    if (process.state === 'stopped' || process.program === undefined) return undefined;
    process.state = 'running';
    this.switches++;
    process.switches++;
    this.current = process;
    this.sliceStart = performance.now();
    try {
      return process.program.resume();
    } catch (error) {
      this.fail(process, error);
      return undefined;
    }
  }

  private end(process: Proc, pause: Pause): void {
    this.account();
    this.current = undefined;
    if (isGone(process)) return;
    if (pause === 'ended') {
      // A program that returned without exit(2): its C library would have called it with 0.
      terminate(process, 0);
      return;
    }
    if (process.attention & ACT) act(process);
    if (isGone(process) || process.state === 'stopped') return;
    process.elsewhere = pause === 'running';
    if (pause === 'yielded' || process.queued) {
      process.state = 'running';
      this.ready(process);
    } else if (pause === 'running') {
      process.state = 'running';
    } else {
      process.state = 'sleeping';
      // A signal that came while an asynchronous engine was about to suspend.
      if (process.attention !== 0) this.ready(process);
    }
  }

  private resumeLoop(process: Proc, pause: Pause): void {
    this.end(process, pause);
    this.loop();
  }

  private failLoop(process: Proc, error: unknown): void {
    try {
      this.fail(process, error);
    } finally {
      this.busy = false;
      this.kick();
    }
  }

  /** An engine that throws is broken: its process ends as one that aborts, and the host hears of it. */
  private fail(process: Proc, error: unknown): void {
    this.current = undefined;
    terminate(process, killedBy(SIGABRT));
    this.onFault(error);
  }

  onFault: (error: unknown) => void = (error) => {
    // Uncaught, as an error of our own code must be.
    queueMicrotask(() => {
      throw error;
    });
  };
}
