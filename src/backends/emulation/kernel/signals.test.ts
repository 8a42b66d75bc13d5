import { describe, expect, it } from 'vitest';
import type { Errno } from '../errno.ts';
import { bit, SA_NOCLDSTOP, SA_NOCLDWAIT, SIGCHLD, SIGCONT, SIGKILL, SIGSTOP, SIGTSTP } from './signal-numbers.ts';
import { call } from './testing/programs.ts';
import { settled, World } from './testing/world.ts';
import type { SignalAction } from './types.ts';

const SIGHUP = 1;
const SIGUSR1 = 10;
const SIGUSR2 = 12;
const SIGALRM = 14;
const SIGTERM = 15;
const handler: SignalAction = { disposition: 'handler', flags: 0, mask: 0n };
const ignore: SignalAction = { disposition: 'ignore', flags: 0, mask: 0n };

/** The errno that a call throws. */
function* failure(attempt: () => Generator<unknown, unknown, unknown>): Generator<unknown, string | undefined, unknown> {
  try {
    yield* attempt();
    return undefined;
  } catch (error) {
    if ((error as Errno).errno === undefined) throw error;
    return (error as Errno).errno;
  }
}

/** Forks a child that pauses for ever; the default action is its only way out. */
const pausing = (world: World) =>
  world.program(function* (me) {
    yield* call(world.kernel.sys.nanosleep(me, 1e7));
  });

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

describe('stop and continue', () => {
  it('waitpid tells of stop and continuation, each once', async () => {
    const world = new World();
    await world.run(function* (self, sys) {
      const { pid } = sys.fork(self, pausing(world));
      yield* call(sys.kill(self, pid, SIGSTOP));
      expect(yield* call(sys.wait(self, pid, 2))).toMatchObject({ pid, status: (SIGSTOP << 8) | 0x7f });
      expect(sys.wait(self, pid, 2 | 1)).toBeUndefined();
      yield* call(sys.kill(self, pid, SIGCONT));
      expect(yield* call(sys.wait(self, pid, 8))).toMatchObject({ pid, status: 0xffff });
      expect(sys.wait(self, pid, 8 | 1)).toBeUndefined();
      yield* call(sys.kill(self, pid, SIGKILL));
      expect(yield* call(sys.wait(self, pid, 0))).toMatchObject({ status: SIGKILL });
    });
  });

  it('a stopped process runs nothing, keeps other signals for later, and dies of KILL', async () => {
    const world = new World();
    await world.run(function* (self, sys) {
      const { pid } = sys.fork(self, pausing(world));
      yield* call(sys.kill(self, pid, SIGSTOP));
      yield* call(sys.wait(self, pid, 2));
      yield* call(sys.kill(self, pid, SIGTERM));
      yield* call(sys.nanosleep(self, 2));
      expect(world.kernel.processes.get(pid)?.state).toBe('stopped');
      yield* call(sys.kill(self, pid, SIGCONT));
      expect(yield* call(sys.wait(self, pid, 0))).toMatchObject({ status: SIGTERM });
      const second = sys.fork(self, pausing(world)).pid;
      yield* call(sys.kill(self, second, SIGSTOP));
      yield* call(sys.wait(self, second, 2));
      yield* call(sys.kill(self, second, SIGKILL));
      expect(yield* call(sys.wait(self, second, 0))).toMatchObject({ status: SIGKILL });
    });
  });

  it('a process that stops itself stops in that call, and goes on from there', async () => {
    const world = new World();
    const order: string[] = [];
    await world.run(function* (self, sys) {
      const { pid } = sys.fork(
        self,
        world.program(function* (me) {
          order.push('before');
          yield* call(sys.kill(me, me.pid, SIGSTOP));
          order.push('after');
        }),
      );
      yield* call(sys.wait(self, pid, 2));
      order.push('stopped');
      yield* call(sys.kill(self, pid, SIGCONT));
      yield* call(sys.wait(self, pid, 0));
    });
    expect(order).toEqual(['before', 'stopped', 'after']);
  });

  it('a stop that a change of the mask lets through takes hold at the next call that can suspend', async () => {
    const world = new World();
    const order: string[] = [];
    await world.run(function* (self, sys) {
      const [r, w] = sys.pipe(self, 0);
      const { pid } = sys.fork(
        self,
        world.program(function* (me) {
          sys.setpgid(me, 0, 0);
          sys.sigprocmask(me, 2, bit(SIGTSTP));
          yield* call(sys.kill(me, me.pid, SIGTSTP));
          sys.sigprocmask(me, 2, 0n);
          yield* call(sys.write(me, w, Uint8Array.of(1)));
          order.push('after');
        }),
      );
      expect(yield* call(sys.wait(self, pid, 2))).toMatchObject({ status: (SIGTSTP << 8) | 0x7f });
      order.push('stopped');
      expect(yield* call(sys.read(self, r, new Uint8Array(9)))).toBe(1);
      yield* call(sys.kill(self, pid, SIGCONT));
      yield* call(sys.wait(self, pid, 0));
    });
    expect(order).toEqual(['stopped', 'after']);
  });

  it('SIGCONT discards a pending stop, a stop discards a pending SIGCONT', async () => {
    const world = new World();
    await world.run(function* (self, sys) {
      sys.sigaction(self, SIGCONT, handler);
      sys.sigprocmask(self, 2, bit(SIGTSTP) | bit(SIGCONT));
      yield* call(sys.kill(self, self.pid, SIGCONT));
      expect(sys.sigpending(self)).toBe(bit(SIGCONT));
      sys.sigaction(self, SIGTSTP, handler);
      yield* call(sys.kill(self, self.pid, SIGTSTP));
      expect(sys.sigpending(self)).toBe(bit(SIGTSTP));
      yield* call(sys.kill(self, self.pid, SIGCONT));
      expect(sys.sigpending(self)).toBe(bit(SIGCONT));
    });
  });

  it('TSTP of a member of an orphaned process group does nothing, STOP stops it', async () => {
    const world = new World();
    await world.run(function* (self, sys) {
      const { pid } = sys.fork(
        self,
        world.program(function* (me) {
          sys.setsid(me);
          yield* call(sys.nanosleep(me, 1e7));
        }),
      );
      yield* call(sys.yield(self));
      yield* call(sys.kill(self, pid, SIGTSTP));
      yield* call(sys.yield(self));
      expect(world.kernel.processes.get(pid)?.state).toBe('sleeping');
      yield* call(sys.kill(self, pid, SIGSTOP));
      yield* call(sys.yield(self));
      expect(world.kernel.processes.get(pid)?.state).toBe('stopped');
    });
  });

  it('a group that is orphaned with a stopped member gets HUP and CONT', async () => {
    const world = new World();
    let status: number | undefined;
    await world.run(function* (self, sys) {
      const leader = sys.fork(
        self,
        world.program(function* (me) {
          sys.setsid(me);
          const job = sys.fork(me, pausing(world));
          sys.setpgid(me, job.pid, job.pid);
          yield* call(sys.kill(me, job.pid, SIGSTOP));
          yield* call(sys.wait(me, job.pid, 2));
        }),
      );
      yield* call(sys.wait(self, leader.pid, 0));
      status = (yield* call(sys.wait(self, -1, 0)))?.status;
    });
    expect(status).toBe(SIGHUP);
  });
});

describe('SIGCHLD', () => {
  it('is sent when a child ends, stops and continues', async () => {
    const world = new World();
    const counts = { seen: 0 };
    await world.run(function* (self, sys) {
      sys.sigaction(self, SIGCHLD, handler);
      const take = (): void => {
        if (sys.nextSignal(self)?.signal === SIGCHLD) counts.seen++;
        sys.sigprocmask(self, 2, 0n);
      };
      const { pid } = sys.fork(self, pausing(world));
      for (const signal of [SIGSTOP, SIGCONT, SIGKILL]) {
        yield* call(sys.kill(self, pid, signal));
        yield* failure(() => call(sys.nanosleep(self, 5)));
        take();
      }
    });
    expect(counts.seen).toBe(3);
  });

  it('SA_NOCLDSTOP: not for stops, though wait tells of them', async () => {
    const world = new World();
    await world.run(function* (self, sys) {
      sys.sigaction(self, SIGCHLD, { ...handler, flags: SA_NOCLDSTOP });
      const { pid } = sys.fork(self, pausing(world));
      yield* call(sys.kill(self, pid, SIGSTOP));
      expect(yield* call(sys.wait(self, pid, 2))).toMatchObject({ pid });
      expect(sys.nextSignal(self)).toBeUndefined();
    });
  });

  it.each([
    ['ignored', ignore],
    ['SA_NOCLDWAIT', { ...handler, flags: SA_NOCLDWAIT }],
  ])('%s: children leave no zombie, and wait is ECHILD when the last is gone', async (_name, action) => {
    const world = new World();
    await world.run(function* (self, sys) {
      sys.sigaction(self, SIGCHLD, action);
      sys.sigprocmask(self, 2, bit(SIGCHLD));
      for (let index = 0; index < 3; index++)
        sys.fork(
          self,
          world.program(() => index),
        );
      expect(yield* failure(() => call(sys.wait(self, -1, 0)))).toBe('ECHILD');
      expect(world.kernel.processes.size).toBe(1);
    });
  });
});

describe('kill(2)', () => {
  it('0 only asks, an unknown pid is ESRCH, a bad signal EINVAL', async () => {
    const world = new World();
    await world.run(function* (self, sys) {
      yield* call(sys.kill(self, 1, 0));
      expect(() => sys.kill(self, 77, 0)).toThrow('ESRCH');
      expect(() => sys.kill(self, -77, SIGTERM)).toThrow('ESRCH');
      expect(() => sys.kill(self, 1, 65)).toThrow('EINVAL');
    });
  });

  it('another user is EPERM, and -1 reaches all but pid 1 and the caller', async () => {
    const world = new World();
    const statuses: unknown[] = [];
    await world.run(function* (self, sys) {
      const user = world.program(function* (me) {
        sys.setuids(me, 1000, 1000, 1000);
        expect(() => sys.kill(me, 1, SIGTERM)).toThrow('EPERM');
        yield* call(sys.nanosleep(me, 1e7));
      });
      sys.fork(self, user);
      sys.fork(self, user);
      sys.fork(self, pausing(world));
      yield* call(sys.yield(self));
      const killer = sys.fork(
        self,
        world.program(function* (me) {
          sys.setuids(me, 1000, 1000, 1000);
          yield* call(sys.kill(me, -1, SIGTERM));
        }),
      );
      yield* call(sys.wait(self, killer.pid, 0));
      for (;;) {
        const waited = yield* call(sys.wait(self, -1, 1));
        if (waited === undefined) break;
        statuses.push(waited.status);
      }
    });
    expect(statuses).toEqual([SIGTERM, SIGTERM]);
  });

  it('a negative pid reaches the whole group', async () => {
    const world = new World();
    const statuses: unknown[] = [];
    await world.run(function* (self, sys) {
      const first = sys.fork(self, pausing(world)).pid;
      sys.setpgid(self, first, 0);
      const second = sys.fork(self, pausing(world)).pid;
      sys.setpgid(self, second, first);
      yield* call(sys.kill(self, -first, SIGTERM));
      for (let index = 0; index < 2; index++) statuses.push((yield* call(sys.wait(self, -first, 0)))?.status);
    });
    expect(statuses).toEqual([SIGTERM, SIGTERM]);
  });
});

describe('setitimer(2)', () => {
  it('sends SIGALRM, again after each interval, until it is disarmed', async () => {
    const world = new World();
    await world.run(function* (self, sys) {
      sys.sigaction(self, SIGALRM, handler);
      expect(sys.setitimer(self, 5, 5)).toEqual({ valueMs: 0, intervalMs: 0 });
      for (let times = 0; times < 2; times++) {
        expect(yield* failure(() => call(sys.nanosleep(self, 1e7)))).toBe('EINTR');
        expect(sys.nextSignal(self)?.signal).toBe(SIGALRM);
        sys.sigprocmask(self, 2, 0n);
      }
      expect(sys.setitimer(self, 0, 0).intervalMs).toBe(5);
      yield* call(sys.nanosleep(self, 15));
    });
  });
});
