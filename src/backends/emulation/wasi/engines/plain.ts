/**
 * The engine of last resort: a module that cannot be suspended runs until it ends. It sleeps by stopping the whole thread; what
 * would wait for another process fails with EDEADLK, since nobody else can run. No kill and no pause reaches it. It begins a
 * moment late: who started it must hear so first.
 */
import { Unwound, type Pause, type Process, type Program } from '../../kernel/types.ts';
import { WASI_ERRNO } from '../errno.ts';
import { SUSPEND, type Guest } from '../guest.ts';
import type { Gate } from '../imports.ts';
import { begin, instantiate, makeGuest, makeMemory, NO_STACK, takeFuel, type Launch } from './instance.ts';
import { Nap } from './nap.ts';

const MOMENT_MS = 1;
const sleeper = new Int32Array(new SharedArrayBuffer(4));

export class PlainProgram implements Program, Gate {
  readonly abilities = { suspends: false, preempts: false };
  readonly arriving = false;
  private readonly launch: Launch;
  private readonly guest: Guest;
  private start: CallableFunction | undefined;
  private readonly nap: Nap;
  private rested = false;

  constructor(launch: Launch, process: Process) {
    this.launch = launch;
    this.guest = makeGuest(launch, process, makeMemory(launch), NO_STACK);
    this.nap = new Nap(launch.entry, process);
    const exports = instantiate(launch, this.guest.memory, { guest: this.guest, gate: this });
    takeFuel(launch, this.guest, exports);
    this.start = exports['_start'] as CallableFunction;
  }

  get memoryBytes(): number {
    return this.guest.memory.buffer.byteLength;
  }

  resume(): Pause {
    const { start } = this;
    if (start === undefined) return 'ended';
    try {
      if (!this.rested) {
        const pause = this.nap.take(MOMENT_MS);
        this.rested = !this.nap.sleeping;
        return pause;
      }
      this.start = undefined;
      begin(this.launch, this.guest);
      this.guest.startSlice();
      start();
      return this.guest.sys.exit(this.guest.process, 0);
    } catch (error) {
      this.start = undefined;
      return pauseOf(this.guest.stopped(error));
    }
  }

  dispose(): void {
    this.start = undefined;
  }

  arrive(): number {
    return 0;
  }

  /** Waits for the call's own timer, on the thread. */
  leave(): number {
    const { guest } = this;
    const until = guest.waitMs === undefined ? undefined : performance.now() + guest.waitMs;
    const yielded = guest.yielded;
    guest.waitMs = undefined;
    guest.yielded = false;
    for (;;) {
      if (until !== undefined) Atomics.wait(sleeper, 0, 0, Math.max(1, until - performance.now()));
      const result = guest.settle();
      if (result !== SUSPEND) return result;
      if (yielded) return WASI_ERRNO.SUCCESS; // nobody else can have a turn
      if (until === undefined) return WASI_ERRNO.DEADLK;
    }
  }
}

export function pauseOf(unwound: Unwound): Pause {
  return unwound.why === 'replaced' ? 'yielded' : 'ended';
}
