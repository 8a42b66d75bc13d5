import { describe, expect, it } from 'vitest';
import { bit, SIGCHLD, SIGCONT, SIGKILL, SIGSTOP } from './signal-numbers.ts';
import { call } from './testing/programs.ts';
import { failure, handler, ignore, pausing, SIGHUP, SIGTERM, SIGUSR1, SIGUSR2 } from './testing/signals.ts';
import { settled, World } from './testing/world.ts';

describe('signal(7): default actions', () => {
  it.each([
    [SIGTERM, SIGTERM],
    [SIGUSR1, SIGUSR1],
    [SIGKILL, SIGKILL],
    [3, 3 | 0x80],
    [6, 6 | 0x80],
    [11, 11 | 0x80],
    [64, 64],
  ])('signal %i ends a process with wait status %i', async (signal, status) => {
    const world = new World();
    let got: number | undefined;
    await world.run(function* (self, sys) {
      const { pid } = sys.fork(self, pausing(world));
      yield* call(sys.kill(self, pid, signal));
      got = (yield* call(sys.wait(self, pid, 0)))?.status;
    });
    expect(got).toBe(status);
  });

  it.each([SIGCHLD, 23, 28, SIGCONT])('signal %i is ignored by default', async (signal) => {
    const world = new World();
    await world.run(function* (self, sys) {
      const { pid } = sys.fork(self, pausing(world));
      yield* call(sys.kill(self, pid, signal));
      yield* call(sys.yield(self));
      expect(sys.wait(self, pid, 1)).toBeUndefined();
    });
  });

  it('a signal to itself acts before kill returns', async () => {
    const world = new World();
    let after = false;
    let status: number | undefined;
    await world.run(function* (self, sys) {
      const child = sys.fork(
        self,
        world.program(function* (me) {
          yield* call(sys.kill(me, me.pid, SIGTERM));
          after = true;
        }),
      );
      status = (yield* call(sys.wait(self, child.pid, 0)))?.status;
    });
    expect([after, status]).toEqual([false, SIGTERM]);
  });
});

describe('pid_namespaces(7): pid 1', () => {
  it('signals without a handler do not reach it from inside, not even KILL and STOP', async () => {
    const world = new World();
    const status = await world.run(function* (self, sys) {
      const { pid } = sys.fork(
        self,
        world.program(function* (me) {
          for (const signal of [SIGKILL, SIGSTOP, SIGTERM, SIGHUP]) yield* call(sys.kill(me, 1, signal));
        }),
      );
      yield* call(sys.wait(self, pid, 0));
      return 5;
    });
    expect(status).toBe(5 << 8);
  });

  it('without a pid namespace of its own it is a process like any other', async () => {
    const world = new World({ pidNamespace: false });
    const status = await world.run(function* (self, sys) {
      sys.kill(self, 1, SIGTERM);
      yield* call(sys.nanosleep(self, 1e7));
    });
    expect(status).toBe(SIGTERM);
  });

  it('KILL from outside ends it, TERM from outside does not', async () => {
    const world = new World();
    const init = world.start(function* (self, sys) {
      yield* call(sys.nanosleep(self, 1e7));
    });
    world.kernel.signal(init, SIGTERM);
    await settled(5);
    expect(init.state).toBe('sleeping');
    world.kernel.signal(init, SIGKILL);
    expect(await world.kernel.exited(init)).toBe(SIGKILL);
  });

  it('STOP from outside stops it and CONT continues it', async () => {
    const world = new World();
    const init = world.start(function* (self, sys) {
      yield* call(sys.nanosleep(self, 10));
    });
    await settled();
    world.kernel.signal(init, SIGSTOP);
    await settled(30);
    expect(init.state).toBe('stopped');
    world.kernel.signal(init, SIGCONT);
    expect(await world.kernel.exited(init)).toBe(0);
  });

  it('a handler of pid 1 gets its signal', async () => {
    const world = new World();
    const init = world.start(function* (self, sys) {
      sys.sigaction(self, SIGTERM, handler);
      expect(yield* failure(() => call(sys.nanosleep(self, 1e7)))).toBe('EINTR');
      return sys.nextSignal(self)?.signal ?? 0;
    });
    await settled();
    world.kernel.signal(init, SIGTERM);
    expect(await world.kernel.exited(init)).toBe(SIGTERM << 8);
  });
});

describe('sigaction(2), sigprocmask(2), sigpending(2)', () => {
  it('a handler that becomes due interrupts a call that sleeps, and only once', async () => {
    const world = new World();
    const flags: boolean[] = [];
    await world.run(function* (self, sys) {
      sys.signalFlag(self, (due) => flags.push(due));
      sys.sigaction(self, SIGUSR1, { ...handler, flags: 0x10000000, mask: bit(SIGUSR2) });
      const [r] = sys.pipe(self, 0);
      sys.fork(
        self,
        world.program(function* (me) {
          yield* call(sys.kill(me, 1, SIGUSR1));
        }),
      );
      expect(yield* failure(() => call(sys.read(self, r, new Uint8Array(1))))).toBe('EINTR');
      const next = sys.nextSignal(self);
      expect(next).toEqual({ signal: SIGUSR1, flags: 0x10000000, restore: 0n });
      expect(sys.sigprocmask(self, 0, undefined)).toBe(bit(SIGUSR1) | bit(SIGUSR2));
      sys.sigprocmask(self, 2, next?.restore);
      expect(sys.nextSignal(self)).toBeUndefined();
      yield* call(sys.nanosleep(self, 1));
    });
    expect(flags).toEqual([false, true, false]);
  });

  it('a result that is there wins over a signal that is due', async () => {
    const world = new World();
    await world.run(function* (self, sys) {
      sys.sigaction(self, SIGUSR1, handler);
      const [r, w] = sys.pipe(self, 0);
      sys.fork(
        self,
        world.program(function* (me) {
          yield* call(sys.write(me, w, Uint8Array.of(7)));
          yield* call(sys.kill(me, 1, SIGUSR1));
        }),
      );
      const buffer = new Uint8Array(4);
      expect(yield* call(sys.read(self, r, buffer))).toBe(1);
      expect(sys.nextSignal(self)?.signal).toBe(SIGUSR1);
    });
  });

  it('a blocked signal stays pending, acts when it is unblocked, and is one however often it was sent', async () => {
    const world = new World();
    await world.run(function* (self, sys) {
      sys.sigaction(self, SIGUSR1, handler);
      sys.sigprocmask(self, 0, bit(SIGUSR1) | bit(SIGKILL));
      for (let times = 0; times < 3; times++) yield* call(sys.kill(self, self.pid, SIGUSR1));
      expect(sys.sigpending(self)).toBe(bit(SIGUSR1));
      expect(sys.nextSignal(self)).toBeUndefined();
      expect(sys.sigprocmask(self, 1, bit(SIGUSR1))).toBe(bit(SIGUSR1));
      expect(sys.nextSignal(self)?.signal).toBe(SIGUSR1);
      sys.sigprocmask(self, 2, 0n);
      expect(sys.nextSignal(self)).toBeUndefined();
    });
  });

  it('real-time signals queue', async () => {
    const world = new World();
    await world.run(function* (self, sys) {
      sys.sigaction(self, 40, handler);
      for (let times = 0; times < 3; times++) yield* call(sys.kill(self, self.pid, 40));
      for (let times = 0; times < 3; times++) {
        expect(sys.nextSignal(self)?.signal).toBe(40);
        sys.sigprocmask(self, 2, 0n);
      }
      expect(sys.nextSignal(self)).toBeUndefined();
    });
  });

  it('handlers run in order of number, each under the mask that the one before set', async () => {
    const world = new World();
    await world.run(function* (self, sys) {
      sys.sigaction(self, SIGUSR1, { ...handler, mask: bit(SIGUSR2) });
      sys.sigaction(self, SIGUSR2, handler);
      sys.sigaction(self, SIGHUP, handler);
      sys.sigprocmask(self, 2, bit(SIGUSR1) | bit(SIGUSR2) | bit(SIGHUP));
      for (const signal of [SIGUSR2, SIGUSR1, SIGHUP]) yield* call(sys.kill(self, self.pid, signal));
      sys.sigprocmask(self, 2, 0n);
      expect(sys.nextSignal(self)).toEqual({ signal: SIGHUP, flags: 0, restore: 0n });
      expect(sys.nextSignal(self)).toEqual({ signal: SIGUSR1, flags: 0, restore: bit(SIGHUP) });
      expect(sys.nextSignal(self)).toBeUndefined();
      sys.sigprocmask(self, 2, bit(SIGHUP));
      expect(sys.nextSignal(self)).toEqual({ signal: SIGUSR2, flags: 0, restore: bit(SIGHUP) });
    });
  });

  it('ignoring a signal throws away what is pending of it', async () => {
    const world = new World();
    await world.run(function* (self, sys) {
      sys.sigprocmask(self, 2, bit(SIGUSR1));
      yield* call(sys.kill(self, self.pid, SIGUSR1));
      sys.sigaction(self, SIGUSR1, ignore);
      expect(sys.sigpending(self)).toBe(0n);
    });
  });

  it('KILL and STOP cannot be caught, ignored or blocked', async () => {
    const world = new World();
    await world.run((self, sys) => {
      expect(() => sys.sigaction(self, SIGKILL, ignore)).toThrow('EINVAL');
      expect(() => sys.sigaction(self, SIGSTOP, handler)).toThrow('EINVAL');
      sys.sigprocmask(self, 2, (1n << 64n) - 1n);
      expect(sys.sigprocmask(self, 0, undefined) & (bit(SIGKILL) | bit(SIGSTOP))).toBe(0n);
    });
  });

  it('SA_RESETHAND sets the action back, SA_NODEFER leaves the signal unblocked', async () => {
    const world = new World();
    await world.run(function* (self, sys) {
      sys.sigaction(self, SIGUSR1, { ...handler, flags: 0x80000000 | 0x40000000 });
      yield* call(sys.kill(self, self.pid, SIGUSR1));
      expect(sys.nextSignal(self)).toMatchObject({ signal: SIGUSR1, restore: 0n });
      expect(sys.sigprocmask(self, 0, undefined)).toBe(0n);
      expect(sys.sigaction(self, SIGUSR1, undefined).disposition).toBe('default');
    });
  });

  it('fork copies actions and mask, not what is pending; exec keeps ignored signals and the mask alone', async () => {
    const world = new World();
    const seen: unknown[] = [];
    world.install('/bin/next', (self, sys) => {
      seen.push(sys.sigaction(self, SIGUSR1, undefined).disposition, sys.sigaction(self, SIGUSR2, undefined).disposition);
      seen.push(sys.sigprocmask(self, 0, undefined), sys.sigpending(self));
    });
    await world.run(function* (self, sys) {
      sys.sigaction(self, SIGUSR1, handler);
      sys.sigaction(self, SIGUSR2, ignore);
      sys.sigprocmask(self, 2, bit(SIGHUP));
      yield* call(sys.kill(self, self.pid, SIGHUP));
      const { pid } = sys.fork(
        self,
        world.program(function* (me) {
          seen.push(sys.sigpending(me), sys.sigaction(me, SIGUSR1, undefined).disposition);
          yield* call(sys.kill(me, me.pid, SIGHUP));
          sys.execve(me, '/bin/next', ['next'], []);
        }),
      );
      yield* call(sys.wait(self, pid, 0));
    });
    expect(seen).toEqual([0n, 'handler', 'default', 'ignore', bit(SIGHUP), bit(SIGHUP)]);
  });
});

describe('sigsuspend(2)', () => {
  it('waits under its mask, and the old mask comes back after the handler', async () => {
    const world = new World();
    await world.run(function* (self, sys) {
      sys.sigaction(self, SIGUSR1, handler);
      sys.sigprocmask(self, 2, bit(SIGUSR1) | bit(SIGUSR2));
      sys.fork(
        self,
        world.program(function* (me) {
          yield* call(sys.kill(me, 1, SIGUSR1));
        }),
      );
      expect(yield* failure(() => call(sys.sigsuspend(self, bit(SIGHUP))))).toBe('EINTR');
      expect(sys.nextSignal(self)).toEqual({ signal: SIGUSR1, flags: 0, restore: bit(SIGUSR1) | bit(SIGUSR2) });
      expect(sys.sigprocmask(self, 0, undefined)).toBe(bit(SIGHUP) | bit(SIGUSR1));
    });
  });

  it('a signal that was pending and is unblocked by it ends it at once', async () => {
    const world = new World();
    await world.run(function* (self, sys) {
      sys.sigaction(self, SIGUSR1, handler);
      sys.sigprocmask(self, 2, bit(SIGUSR1));
      yield* call(sys.kill(self, self.pid, SIGUSR1));
      expect(yield* failure(() => call(sys.sigsuspend(self, 0n)))).toBe('EINTR');
      expect(sys.nextSignal(self)?.restore).toBe(bit(SIGUSR1));
    });
  });
});
