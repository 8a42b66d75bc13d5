/**
 * JavaScript Promise Integration (Node 24, later releases, and 26; Bun): the engine suspends any module at an import that gives a
 * promise. With the loop counter such a module is preempted too. Its stack cannot be copied: no fork, no setjmp.
 */
import { Unwound, type Pause, type Process, type Program } from '../../kernel/types.ts';
import { SUSPEND, type Guest } from '../guest.ts';
import type { Gate } from '../imports.ts';
import { begin, instantiate, makeGuest, makeMemory, NO_STACK, takeFuel, type Launch } from './instance.ts';
import { pauseOf } from './plain.ts';

export function hasJspi(): boolean {
  return typeof WebAssembly.Suspending === 'function' && typeof WebAssembly.promising === 'function';
}

export class JspiProgram implements Program, Gate {
  readonly abilities: { readonly suspends: boolean; readonly preempts: boolean };
  readonly arriving = false;
  private readonly launch: Launch;
  private readonly guest: Guest;
  private start: ((...args: unknown[]) => Promise<unknown>) | undefined;
  /** Of the promise that `resume` gave. */
  private pause: (pause: Pause) => void = () => undefined;
  private fail: (error: unknown) => void = () => undefined;
  /** Of the promise that the guest waits for. */
  private wake: ((result: number) => void) | undefined;
  private released = false;
  private unwind: ((error: unknown) => void) | undefined;

  constructor(launch: Launch, process: Process) {
    const { Suspending, promising } = WebAssembly;
    if (Suspending === undefined || promising === undefined) throw new Error('this engine has no JSPI');
    this.abilities = { suspends: true, preempts: launch.prepared.preempts };
    this.launch = launch;
    this.guest = makeGuest(launch, process, makeMemory(launch), NO_STACK);
    const exports = instantiate(launch, this.guest.memory, { guest: this.guest, gate: this }, (call, { suspends }) =>
      suspends ? new Suspending(call as (...args: never[]) => unknown) : call,
    );
    takeFuel(launch, this.guest, exports);
    this.start = promising(exports['_start'] as CallableFunction);
  }

  get memoryBytes(): number {
    return this.guest.memory.buffer.byteLength;
  }

  resume(): Pause | Promise<Pause> {
    const { start, guest } = this;
    if (start !== undefined) {
      this.start = undefined;
      return this.until(() => {
        begin(this.launch, guest);
        guest.startSlice();
        start().then(
          () => this.finished(() => guest.sys.exit(guest.process, 0)),
          (error: unknown) =>
            this.finished(() => {
              throw error;
            }),
        );
      });
    }
    const { wake } = this;
    if (wake === undefined) return 'ended';
    let result: number;
    try {
      result = guest.settle();
    } catch (error) {
      const unwound = guest.stopped(error);
      this.release(unwound);
      return pauseOf(unwound);
    }
    if (result === SUSPEND) return 'blocked';
    this.wake = this.unwind = undefined;
    return this.until(() => {
      guest.startSlice();
      wake(result);
    });
  }

  private until(action: () => void): Promise<Pause> {
    return new Promise((resolve, reject) => {
      this.pause = resolve;
      this.fail = reject;
      action();
    });
  }

  private finished(end: () => never): void {
    if (this.released) return;
    try {
      end();
    } catch (error) {
      try {
        this.pause(pauseOf(this.guest.stopped(error)));
      } catch (fault) {
        this.fail(fault);
      }
    }
  }

  /** Lets a suspended stack go: the guest's frames are unwound. What comes of it is nobody's any more. */
  private release(unwound: Unwound): void {
    const { unwind } = this;
    this.wake = this.unwind = undefined;
    this.released = true;
    this.guest.unwound = unwound;
    unwind?.(unwound);
  }

  dispose(): void {
    this.start = undefined;
    // While the guest runs (exit, exec), the call that ends it throws by itself.
    if (this.wake !== undefined) this.release(new Unwound('exited'));
  }

  arrive(): number {
    return SUSPEND;
  }

  leave(): Promise<number> {
    const { guest } = this;
    const pause: Pause = guest.yielded ? 'yielded' : 'blocked';
    guest.yielded = false;
    return new Promise((resolve, reject) => {
      this.wake = resolve;
      this.unwind = reject;
      this.pause(pause);
    });
  }
}
