import { describe, expect, it } from 'vitest';
import { bit, SA_NOCLDSTOP, SA_NOCLDWAIT, SIGCHLD, SIGCONT, SIGKILL, SIGSTOP, SIGTSTP } from './signal-numbers.ts';
import { call } from './testing/programs.ts';
import { failure, handler, ignore, pausing, SIGALRM, SIGHUP, SIGTERM } from './testing/signals.ts';
import { World } from './testing/world.ts';

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
