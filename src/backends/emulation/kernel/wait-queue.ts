import type { WaitQueue } from './types.ts';
import type { Proc } from './process.ts';

/** Processes that sleep until one thing changes. Costs nothing until somebody waits. */
export class Queue implements WaitQueue {
  private waiting: Proc[] | undefined;

  add(process: Proc): void {
    if (this.waiting === undefined) this.waiting = [process];
    else if (this.waiting.includes(process)) return;
    else this.waiting.push(process);
    process.queues.push(this);
  }

  remove(process: Proc): void {
    const index = this.waiting?.indexOf(process) ?? -1;
    if (index >= 0) this.waiting?.splice(index, 1);
  }

  wake(): void {
    const waiting = this.waiting;
    if (waiting === undefined) return;
    this.waiting = undefined;
    for (const process of waiting) {
      leaveQueues(process);
      process.kernel.scheduler.ready(process);
    }
  }
}

/** The process waits for nothing any more: its call ended, was interrupted, or is about to be made again. */
export function leaveQueues(process: Proc): void {
  const { queues } = process;
  if (queues.length === 0) return;
  for (const queue of queues) queue.remove(process);
  queues.length = 0;
}
