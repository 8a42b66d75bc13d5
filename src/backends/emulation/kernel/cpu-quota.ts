import type { Timer, Timers } from './timers.ts';
import type { KernelLimits } from './types.ts';

/**
 * cgroup v2 cpu.max: so many milliseconds of CPU time a period. A slice that overran is paid back in the next periods.
 */
export class CpuQuota {
  private readonly quotaMs: number;
  private readonly periodMs: number;
  private readonly timers: Timers;
  private readonly wake: () => void;
  private periodStart = performance.now();
  private used = 0;
  private timer: Timer | undefined;
  /** nr_throttled, throttled_usec / 1000 */
  periods: number;
  ms: number;

  constructor(
    cpu: NonNullable<KernelLimits['cpu']>,
    timers: Timers,
    wake: () => void,
    before?: { readonly periods: number; readonly ms: number },
  ) {
    this.quotaMs = cpu.quotaMs;
    this.periodMs = cpu.periodMs;
    this.timers = timers;
    this.wake = wake;
    this.periods = before?.periods ?? 0;
    this.ms = before?.ms ?? 0;
  }

  charge(ms: number): void {
    this.turn();
    this.used += ms;
  }

  exhaustedBy(ms: number): boolean {
    this.turn();
    return this.used + ms >= this.quotaMs;
  }

  /** True: nothing may run now; `wake` is called when it may. */
  throttled(): boolean {
    const now = this.turn();
    if (this.used < this.quotaMs) return false;
    if (this.timer === undefined) {
      this.periods++;
      const began = now;
      const missing = Math.ceil((this.used - this.quotaMs + Number.EPSILON) / this.quotaMs);
      this.timer = this.timers.add(this.periodStart + this.periodMs * Math.max(1, missing), () => {
        this.timer = undefined;
        this.ms += performance.now() - began;
        this.wake();
      });
    }
    return true;
  }

  stop(): void {
    this.timers.cancel(this.timer);
    this.timer = undefined;
  }

  private turn(): number {
    const now = performance.now();
    const periods = Math.floor((now - this.periodStart) / this.periodMs);
    if (periods > 0) {
      this.periodStart += periods * this.periodMs;
      this.used = Math.max(0, this.used - periods * this.quotaMs);
    }
    return now;
  }
}
