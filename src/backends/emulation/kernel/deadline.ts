import type { Proc } from './process.ts';
import { leaveQueues } from './wait-queue.ts';

/**
 * Has this moment (performance.now()) come? If not, the calling process, which is about to sleep, becomes runnable then.
 * Asked anew at each attempt of the call.
 */
export function passed(process: Proc, at: number): boolean {
  if (performance.now() >= at) return true;
  const { kernel, sleepTimer } = process;
  if (sleepTimer !== undefined && sleepTimer.index >= 0 && sleepTimer.at === at) return false;
  kernel.timers.cancel(sleepTimer);
  process.sleepTimer = at === Infinity ? undefined : kernel.timers.add(at, () => kernel.scheduler.ready(process));
  return false;
}

/** The call has ended: nothing wakes the process for its sake any more. */
export function endWait(process: Proc): void {
  leaveQueues(process);
  process.readBegan = undefined;
  if (process.sleepTimer === undefined) return;
  process.kernel.timers.cancel(process.sleepTimer);
  process.sleepTimer = undefined;
}
