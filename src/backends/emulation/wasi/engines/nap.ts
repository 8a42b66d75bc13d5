/** A program's sleep before it has begun: signals wake it, SIGKILL ends it, and the rest of this OS process has its turns. */
import { Errno } from '../../errno.ts';
import { BLOCKED, type Pause, type Process } from '../../kernel/types.ts';
import type { Launch } from './instance.ts';

export class Nap {
  private readonly entry: Launch['entry'];
  private readonly process: Process;
  private asleep = false;

  constructor(entry: Launch['entry'], process: Process) {
    this.entry = entry;
    this.process = process;
  }

  /** It has been taken and is not over. */
  get sleeping(): boolean {
    return this.asleep;
  }

  /** Begins, or goes on; what a Program's `resume` is to return. Throws Unwound. */
  take(ms: number): Pause {
    const { entry, process } = this;
    try {
      const outcome = this.asleep ? entry.retry.call(entry, process) : entry.sys.nanosleep(process, ms);
      this.asleep = outcome === BLOCKED;
    } catch (error) {
      if (!(error instanceof Errno)) throw error; // EINTR only wakes it
      this.asleep = false;
    }
    return this.asleep ? 'blocked' : 'yielded';
  }
}
