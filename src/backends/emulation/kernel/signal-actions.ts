import { terminate } from './exit.ts';
import { ACT, isGone, isNamespaceInit, type Proc } from './process.ts';
import { isOrphaned } from './session.ts';
import { bit, IGNORED_BY_DEFAULT, killedBy, SIGKILL, SIGSTOP, STOP_SIGNALS, UNBLOCKABLE } from './signal-numbers.ts';
import { nextDeliverable, refresh, send, take, tellParentOfStop } from './signals.ts';
import { Unwound } from './types.ts';

/** Thrown through guests whose process has ended; without a stack, there is nothing to find in it. */
export const EXITED = withoutStack('exited');
export const REPLACED = withoutStack('replaced');

function withoutStack(why: 'exited' | 'replaced'): Unwound {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  const unwound = new Unwound(why);
  Error.stackTraceLimit = stackTraceLimit;
  return unwound;
}

/**
 * Lets pending signals without a handler take their default action: afterwards the process may be gone or stopped.
 * Signals with a handler stay pending for `nextSignal`.
 */
export function act(process: Proc): void {
  while ((process.attention & ACT) !== 0) {
    const killed = (process.pending & bit(SIGKILL)) !== 0n;
    if (process.state === 'stopped' && !killed) return;
    const signal = killed ? SIGKILL : nextDeliverable(process, false);
    const one = bit(signal);
    take(process, signal);
    if (((process.ignored | IGNORED_BY_DEFAULT) & one) !== 0n) continue;
    // Linux: SIGNAL_UNKILLABLE. KILL and STOP from inside were dropped when they were sent.
    if (isNamespaceInit(process) && (UNBLOCKABLE & one) === 0n) continue;
    if ((STOP_SIGNALS & one) === 0n) {
      terminate(process, killedBy(signal));
      return;
    }
    if (signal !== SIGSTOP && isOrphaned(process.kernel, process.pgid)) continue;
    process.state = 'stopped';
    process.stopReport = signal;
    process.continueReport = false;
    refresh(process);
    tellParentOfStop(process);
  }
}

/** Inside a call of the process itself: `act`, and out of the guest when that was its end. */
export function actInside(process: Proc): void {
  if ((process.attention & ACT) !== 0) act(process);
  if (isGone(process)) throw EXITED;
}

/** A signal that a call of the process raised against itself (SIGPIPE, SIGXFSZ): does not return when that ends it. */
export function raise(process: Proc, signal: number): void {
  send(process, signal);
  actInside(process);
}
