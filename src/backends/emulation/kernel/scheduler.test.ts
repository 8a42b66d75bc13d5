import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { errno } from '../errno.ts';
import { KernelState } from './state.ts';
import { call } from './testing/programs.ts';
import { settled, World } from './testing/world.ts';
import { Timers } from './timers.ts';
import { BLOCKED, type Pause, type Process, type Program } from './types.ts';

/** A program of an engine that switches stacks asynchronously (JSPI): each resume is a promise. */
class AsyncProgram implements Program {
  readonly abilities = { suspends: true, preempts: true };
  readonly memoryBytes = 65536;
  private readonly turn: () => Promise<Pause>;
  disposed = 0;

  constructor(turn: () => Promise<Pause>) {
    this.turn = turn;
  }
  resume(): Promise<Pause> {
    return this.turn();
  }
  dispose(): void {
    this.disposed++;
  }
}

const pause = (ms: number): Promise<void> => settled(ms);

describe('programs that suspend asynchronously', () => {
  it('are awaited, and nothing else of the kernel runs meanwhile', async () => {
    const world = new World();
    const order: string[] = [];
    await world.run(function* (self, sys) {
      let child: Process | undefined;
      sys.fork(self, (made) => {
        child = made;
        return new AsyncProgram(async () => {
          order.push('begins');
          await pause(5);
          order.push('ends');
          return 'ended';
        });
      });
      sys.fork(
        self,
        world.program(() => {
          order.push('other');
        }),
      );
      expect((yield* call(sys.wait(self, child?.pid ?? 0, 0)))?.status).toBe(0);
      yield* call(sys.wait(self, -1, 0));
    });
    expect(order).toEqual(['begins', 'ends', 'other']);
  });

  it('a signal that comes while one runs acts when it suspends', async () => {
    const world = new World();
    const init = world.start(function* (self, sys) {
      yield* call(sys.nanosleep(self, 20));
      yield* call(sys.wait(self, -1, 0));
      return 3;
    });
    await settled();
    let child: Process | undefined;
    world.kernel.sys.fork(init, (made) => {
      child = made;
      return new AsyncProgram(async () => {
        await pause(5);
        return 'blocked';
      });
    });
    await settled(2);
    if (child === undefined) throw new Error('no child');
    world.kernel.signal(child, 15);
    expect(child.state).toBe('running');
    expect(await world.kernel.exited(child)).toBe(15);
    expect(await world.kernel.exited(init)).toBe(3 << 8);
  });

  it('one that rejects ends as if it aborted, and the error is not swallowed', async () => {
    const world = new World();
    const seen: unknown[] = [];
    if (!(world.kernel instanceof KernelState)) throw new Error('not this kernel');
    world.kernel.scheduler.onFault = (error) => seen.push(error);
    let status: number | undefined;
    await world.run(function* (self, sys) {
      const broken = new AsyncProgram(() => Promise.reject(errno('EIO')));
      const { pid } = sys.fork(self, () => broken);
      status = (yield* call(sys.wait(self, pid, 0)))?.status;
      expect(broken.disposed).toBe(1);
    });
    expect(status).toBe(6 | 0x80);
    expect(seen).toEqual([errno('EIO')]);
  });
});

describe('fork(2) that fails', () => {
  it('leaves no process and no reference behind', async () => {
    const world = new World();
    await world.run((self, sys) => {
      const [, w] = sys.pipe(self, 0);
      expect(() =>
        sys.fork(self, () => {
          throw errno('ENOMEM');
        }),
      ).toThrow('ENOMEM');
      expect(world.kernel.processes.size).toBe(1);
      sys.close(self, 0);
      sys.sigaction(self, 13, { disposition: 'ignore', flags: 0, mask: 0n });
      expect(() => sys.write(self, w, Uint8Array.of(1))).toThrow('EPIPE');
    });
  });
});

describe('many processes', () => {
  it('5,000 forked and waited for, pids all different while they live', async () => {
    const world = new World();
    const status = await world.run(function* (self, sys) {
      let ended = 0;
      for (let index = 0; index < 5000; index++)
        sys.fork(
          self,
          world.program(() => index & 0x7f),
        );
      for (;;) {
        let waited: unknown;
        try {
          waited = yield* call(sys.wait(self, -1, 0));
        } catch (error) {
          expect(error).toBe(errno('ECHILD'));
          return ended === 5000 ? 0 : 1;
        }
        if (waited !== undefined) ended++;
      }
    });
    expect(status).toBe(0);
    expect(world.kernel.processes.size).toBe(0);
  });

  it('yield lets everyone else run first', async () => {
    const world = new World();
    const order: number[] = [];
    await world.run(function* (self, sys) {
      const member = function* (me: Process): Generator<unknown, void, unknown> {
        for (let round = 0; round < 3; round++) {
          order.push(me.pid);
          yield* call(sys.yield(me));
        }
      };
      sys.fork(self, world.program(member));
      sys.fork(self, world.program(member));
      yield* call(sys.wait(self, 3, 0));
      yield* call(sys.wait(self, -1, 1));
    });
    expect(order).toEqual([2, 3, 2, 3, 2, 3]);
  });
});

describe('timers', () => {
  it('fire in order of time, cancelled ones never', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.integer({ min: 0, max: 12 }), fc.boolean()), { maxLength: 30 }), async (plan) => {
        const timers = new Timers();
        const fired: number[] = [];
        const start = performance.now();
        const made = plan.map(([delay, cancel]) => ({ cancel, timer: timers.add(start + delay, () => fired.push(delay)) }));
        for (const { cancel, timer } of made) if (cancel) timers.cancel(timer);
        await settled(16);
        while (timers.size > 0) await settled(1);
        const expected = plan.filter(([, cancel]) => !cancel).map(([delay]) => delay);
        expect(fired).toEqual(expected.toSorted((a, b) => a - b));
      }),
      { numRuns: 12 },
    );
  });

  it('nanosleep never ends early', async () => {
    const world = new World();
    await world.run(function* (self, sys) {
      for (const ms of [0, 0.3, 1, 3.7]) {
        const began = performance.now();
        yield* call(sys.nanosleep(self, ms));
        expect(performance.now() - began).toBeGreaterThanOrEqual(ms);
      }
      expect(() => sys.nanosleep(self, Number.NaN)).toThrow('EINVAL');
    });
  });
});

describe('clock_gettime(2)', () => {
  it('real time agrees with the host, monotonic time grows, CPU time counts the slice it is in', async () => {
    await new World().run((self, sys) => {
      expect(Math.abs(Number(sys.clock(self, 0) / 1_000_000n) - Date.now())).toBeLessThan(1000);
      const first = sys.clock(self, 1);
      const cpu = sys.clock(self, 2);
      for (const end = performance.now() + 2; performance.now() < end;);
      expect(sys.clock(self, 1) > first).toBe(true);
      expect(sys.clock(self, 2) - cpu).toBeGreaterThanOrEqual(2_000_000n);
      expect(() => sys.clock(self, 77)).toThrow('EINVAL');
    });
  });
});

describe('Kernel.retry', () => {
  it('of a process in no call is a fault of the caller', async () => {
    const world = new World();
    await world.run((self) => {
      expect(() => world.kernel.retry(self)).toThrow('no blocked call');
    });
  });

  it('of a call that still waits is BLOCKED, however often it is made', async () => {
    const world = new World();
    const init = world.start(function* (self, sys) {
      const [r, w] = sys.pipe(self, 0);
      sys.dup3(self, w, 5, false);
      yield* call(sys.read(self, r, new Uint8Array(1)));
    });
    await settled();
    for (let times = 0; times < 3; times++) expect(world.kernel.retry(init)).toBe(BLOCKED);
    world.kernel.shutdown();
    expect(() => world.kernel.retry(init)).toThrow('exited');
  });
});
