/** Clocks, sleeping, alarms, giving the thread back. */
import { errno } from '../../errno.ts';
import { block, leave } from '../blocking.ts';
import { passed } from '../deadline.ts';
import { mayGrow as limitAllows } from '../limits.ts';
import type { Proc } from '../process.ts';
import { SIGALRM } from '../signal-numbers.ts';
import { send } from '../signals.ts';
import { BLOCKED, type Sys } from '../types.ts';

export function setitimer(process: Proc, valueMs: number, intervalMs: number): { readonly valueMs: number; readonly intervalMs: number } {
  const { alarm, kernel } = process;
  const old = {
    valueMs: alarm === undefined ? 0 : Math.max(0.001, alarm.timer.at - performance.now()),
    intervalMs: alarm?.intervalMs ?? 0,
  };
  if (!(valueMs >= 0 && intervalMs >= 0)) throw errno('EINVAL');
  kernel.timers.cancel(alarm?.timer);
  process.alarm = undefined;
  if (valueMs > 0) arm(process, performance.now() + valueMs, intervalMs);
  return old;
}

function arm(process: Proc, at: number, intervalMs: number): void {
  const timer = process.kernel.timers.add(at, () => {
    process.alarm = undefined;
    if (intervalMs > 0) {
      // Expirations that were missed are one, as with a signal that is pending already.
      const missed = Math.floor((performance.now() - at) / intervalMs);
      arm(process, at + (missed + 1) * intervalMs, intervalMs);
    }
    send(process, SIGALRM);
  });
  process.alarm = { timer, intervalMs };
}

const NANOSECONDS = 1e6;

/** Nanoseconds. EINVAL for clocks that there are not. */
export function clock(process: Proc, id: number): bigint {
  switch (id) {
    case 0:
      return wallClock();
    case 1:
      return nanoseconds(performance.now()) + (process.kernel.options.clockOffsets?.monotonic ?? 0n);
    case 2:
    case 3:
      return nanoseconds(process.kernel.scheduler.cpuOf(process));
    default:
      throw errno('EINVAL');
  }
}

/** Date.now() has milliseconds only; the rest comes from the monotonic clock, which is where the epoch is known. */
function wallClock(): bigint {
  return (
    BigInt(Math.round((performance.timeOrigin % 1e6) * NANOSECONDS)) +
    BigInt(Math.floor(performance.timeOrigin / 1e6)) * 1_000_000_000_000n +
    nanoseconds(performance.now())
  );
}

function nanoseconds(ms: number): bigint {
  return BigInt(Math.round(ms * NANOSECONDS));
}

export function nanosleep(process: Proc, durationMs: number): Sys<void> {
  if (!(durationMs >= 0)) throw errno('EINVAL');
  if (durationMs === 0) return leave(process, undefined);
  const end = performance.now() + durationMs;
  passed(process, end);
  return block(process, () => (passed(process, end) ? undefined : BLOCKED));
}

/** sched_yield(2): everyone else who can run goes first. */
function giveWay(process: Proc): Sys<void> {
  if (process.kernel.scheduler.mustYield) {
    // Never EINTR: a handler that became due runs when the guest goes on.
    const done = (): void => undefined;
    const outcome = block<void>(process, done, done);
    if (process.state !== 'stopped') process.kernel.scheduler.ready(process);
    return outcome;
  }
  return leave(process, undefined);
}

export { giveWay as yield };

/** Accounts, then as `yield`; the process is stopped or ended here when a limit or a signal says so. */
export function preempt(process: Proc): Sys<void> {
  process.kernel.scheduler.account();
  return giveWay(process);
}

export function mayGrow(process: Proc, bytes: number): boolean {
  return limitAllows(process, bytes);
}
