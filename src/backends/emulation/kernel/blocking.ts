import { errno } from '../errno.ts';
import { ACT, DUE, HALT, isGone, isStopped, type Proc } from './process.ts';
import { act, actInside, EXITED } from './signal-actions.ts';
import { BLOCKED, type Sys } from './types.ts';
import { endWait } from './deadline.ts';
import { leaveQueues } from './wait-queue.ts';

/**
 * The end of a call that may suspend: pending signals act. A process that is stopped here gets its result when it is
 * continued.
 */
export function leave<T>(process: Proc, result: T): Sys<T> {
  if ((process.attention & (ACT | HALT)) === 0) return result;
  actInside(process);
  if (process.state !== 'stopped') return result;
  process.blocked = { again: () => result };
  return BLOCKED;
}

/**
 * A call got BLOCKED at its first attempt, and the process is on the queues of what it waits for. `again` makes it anew;
 * a signal with a handler ends it with `interrupted()` or EINTR.
 */
export function block<T>(process: Proc, again: () => Sys<T>, interrupted?: () => T, abandoned?: () => void): Sys<T> {
  if (process.attention !== 0) {
    if ((process.attention & ACT) !== 0) {
      act(process);
      if (isGone(process)) {
        abandoned?.();
        throw EXITED;
      }
    }
    if ((process.attention & DUE) !== 0 && process.state !== 'stopped') return interrupt(process, interrupted) as T;
  }
  process.blocked = { again, interrupted, abandoned };
  return BLOCKED;
}

/** `Kernel.retry`: the outcome of the blocked call of this process. */
export function retry(process: Proc): Sys<unknown> {
  if (isGone(process)) throw EXITED;
  const call = process.blocked;
  if (call === undefined) throw new Error(`process ${process.pid} is in no blocked call`);
  actInside(process);
  if (process.state === 'stopped') return BLOCKED;
  leaveQueues(process);
  let result: unknown;
  try {
    result = call.again();
  } catch (error) {
    process.blocked = undefined;
    endWait(process);
    throw error;
  }
  if (result !== BLOCKED) {
    process.blocked = undefined;
    endWait(process);
    return leave(process, result);
  }
  // `again` may have raised a signal (SIGTTIN of a background read).
  actInside(process);
  if ((process.attention & DUE) === 0 || isStopped(process)) return BLOCKED;
  process.blocked = undefined;
  return interrupt(process, call.interrupted);
}

function interrupt(process: Proc, interrupted: (() => unknown) | undefined): unknown {
  endWait(process);
  if (interrupted !== undefined) return interrupted();
  throw errno('EINTR');
}
