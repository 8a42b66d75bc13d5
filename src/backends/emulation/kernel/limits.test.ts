import { describe, expect, it } from 'vitest';
import { O_CREAT, O_RDWR } from '../vfs/types.ts';
import { setTimeout as later } from 'node:timers/promises';
import type { KernelState } from './state.ts';
import { call, type ScriptProgram } from './testing/programs.ts';
import { settled, World } from './testing/world.ts';
import type { Process, SystemCalls } from './types.ts';

const AT_FDCWD = -100;
const MIB = 2 ** 20;
const setMemory = (process: Process, bytes: number): void => {
  (process.program as ScriptProgram).memoryBytes = bytes;
};

/** Burns CPU time as a preempted program does. */
function* spin(self: Process, sys: SystemCalls, ms: number): Generator<unknown, void, unknown> {
  for (const end = performance.now() + ms; performance.now() < end;) {
    for (const slice = performance.now() + 1; performance.now() < slice;);
    yield* call(sys.preempt(self));
  }
}

describe('pids limit and RLIMIT_NPROC', () => {
  it('pids.max: fork, spawn and exec from outside are EAGAIN, zombies count', async () => {
    const world = new World({ limits: { pids: 2 } });
    await world.run(function* (self, sys) {
      const { pid } = sys.fork(
        self,
        world.program(() => 0),
      );
      expect(() =>
        sys.fork(
          self,
          world.program(() => 0),
        ),
      ).toThrow('EAGAIN');
      yield* call(sys.nanosleep(self, 1));
      expect(() => sys.spawn(self, '/bin/script0', ['x'], [], { files: [] })).toThrow('EAGAIN');
      expect(() => world.exec('/bin/script0')).toThrow('EAGAIN');
      yield* call(sys.wait(self, pid, 0));
      sys.fork(
        self,
        world.program(() => 0),
      );
    });
  });

  it('pids.max 0 lets the first process run, which is moved there, and nothing else', async () => {
    const world = new World({ limits: { pids: 0 } });
    await world.run(function* (self, sys) {
      expect(() =>
        sys.fork(
          self,
          world.program(() => 0),
        ),
      ).toThrow('EAGAIN');
      yield* call(sys.nanosleep(self, 1));
    });
  });

  it('RLIMIT_NPROC counts the processes of the real user, and not for root', async () => {
    const world = new World();
    await world.run(function* (self, sys) {
      sys.setrlimit(self, 6, 1n, 1n);
      const { pid } = sys.fork(
        self,
        world.program((me) => {
          sys.setuids(me, 7, 7, 7);
          expect(() =>
            sys.fork(
              me,
              world.program(() => 0),
            ),
          ).toThrow('EAGAIN');
        }),
      );
      expect((yield* call(sys.wait(self, pid, 0)))?.status).toBe(0);
    });
  });
});

describe('RLIMIT_NOFILE, RLIMIT_FSIZE', () => {
  it('the descriptor that would reach the limit is EMFILE, dup2 to it EBADF', async () => {
    await new World().run((self, sys) => {
      sys.setrlimit(self, 7, 3n, 3n);
      sys.pipe(self, 0);
      expect(() => sys.pipe(self, 0)).toThrow('EMFILE');
      expect(sys.dup(self, 0, 0, false)).toBe(2);
      expect(() => sys.dup(self, 0, 0, false)).toThrow('EMFILE');
      expect(() => sys.openat(self, AT_FDCWD, '/tmp/x', O_RDWR | O_CREAT, 0o600)).toThrow('EMFILE');
      expect(() => sys.stat(self, AT_FDCWD, '/tmp/x', true)).toThrow('ENOENT');
      expect(() => sys.dup3(self, 0, 3, false)).toThrow('EBADF');
    });
  });

  it('a write that crosses RLIMIT_FSIZE is short, the next is SIGXFSZ and EFBIG', async () => {
    await new World().run((self, sys) => {
      sys.sigaction(self, 25, { disposition: 'ignore', flags: 0, mask: 0n });
      sys.setrlimit(self, 1, 10n, 10n);
      const fd = sys.openat(self, AT_FDCWD, '/tmp/x', O_RDWR | O_CREAT, 0o600) as number;
      expect(sys.write(self, fd, new Uint8Array(25))).toBe(10);
      expect(() => sys.write(self, fd, new Uint8Array(1))).toThrow('EFBIG');
      expect(() => sys.fsetAttributes(self, fd, { size: 11 })).toThrow('EFBIG');
      sys.fsetAttributes(self, fd, { size: 3 });
    });
  });

  it('SIGXFSZ without a handler ends the process with a core', async () => {
    const world = new World();
    await world.run(function* (self, sys) {
      const { pid } = sys.fork(
        self,
        world.program((me) => {
          sys.setrlimit(me, 1, 0n, 0n);
          const fd = sys.openat(me, AT_FDCWD, '/tmp/x', O_RDWR | O_CREAT, 0o600) as number;
          sys.write(me, fd, new Uint8Array(1));
        }),
      );
      expect((yield* call(sys.wait(self, pid, 0)))?.status).toBe(25 | 0x80);
    });
  });
});

describe('setrlimit(2)', () => {
  it('soft above hard is EINVAL; hard limits go up only with CAP_SYS_RESOURCE, and down for good', async () => {
    await new World().run((self, sys) => {
      expect(() => sys.setrlimit(self, 7, 5n, 4n)).toThrow('EINVAL');
      expect(() => sys.setrlimit(self, 16, 1n, 1n)).toThrow('EINVAL');
      sys.setrlimit(self, 7, 100n, 200n);
      sys.setrlimit(self, 7, 100n, 300n);
      sys.setuids(self, 1, 1, 1);
      expect(() => sys.setrlimit(self, 7, 100n, 301n)).toThrow('EPERM');
      sys.setrlimit(self, 7, 250n, 250n);
      expect(sys.getrlimit(self, 7)).toEqual([250n, 250n]);
      expect(() => sys.setrlimit(self, 7, 100n, 300n)).toThrow('EPERM');
    });
  });
});

describe('memory', () => {
  it('RLIMIT_AS forbids growth', async () => {
    await new World().run((self, sys) => {
      sys.setrlimit(self, 9, BigInt(MIB), BigInt(MIB));
      expect(sys.mayGrow(self, MIB / 2)).toBe(true);
      expect(sys.mayGrow(self, MIB)).toBe(false);
    });
  });

  it('beyond the container\u2019s limit the biggest process is killed, and the host hears of it', async () => {
    const world = new World({ limits: { memory: 10 * MIB } });
    const victims: number[] = [];
    world.kernel.onOom(({ pid }) => victims.push(pid));
    await world.run(function* (self, sys) {
      const { pid } = sys.fork(
        self,
        world.program(function* (me) {
          setMemory(me, 8 * MIB);
          sys.mayGrow(me, 0); // the first call after it grew
          yield* call(sys.nanosleep(me, 1e7));
        }),
      );
      yield* call(sys.nanosleep(self, 1));
      expect(sys.mayGrow(self, 4 * MIB)).toBe(true);
      expect(yield* call(sys.wait(self, pid, 0))).toMatchObject({ pid, status: 9 });
    });
    expect(victims).toEqual([2]);
    expect(world.kernel.stats()).toMatchObject({ oomKills: 1, memoryLimit: 10 * MIB });
  });

  it('fork and growth look at their own processes alone, however many there are', async () => {
    const world = new World({ limits: { memory: 100 * MIB } });
    const looks = { count: 0 };
    await world.run(function* (self, sys) {
      const { pid, program } = sys.fork(
        self,
        world.program(function* (me) {
          yield* call(sys.nanosleep(me, 1e7));
        }),
      );
      Object.defineProperty(program, 'memoryBytes', { get: () => (looks.count++, MIB) });
      const { pid: second } = sys.fork(
        self,
        world.program(() => 0),
      );
      sys.mayGrow(self, MIB);
      yield* call(sys.wait(self, second, 0));
      expect(looks.count).toBe(0);
      expect(world.kernel.stats().memoryBytes).toBeGreaterThan(MIB);
      expect(looks.count).toBe(1);
      yield* call(sys.kill(self, pid, 9));
      yield* call(sys.wait(self, pid, 0));
    });
    expect(world.vfs.memory.programs).toBe(0);
  });

  it('a process that is itself the biggest does not return from its growth', async () => {
    const world = new World({ limits: { memory: MIB } });
    const status = await world.run((self, sys) => {
      sys.mayGrow(self, 2 * MIB);
      return 1;
    });
    expect(status).toBe(9);
  });

  it('a lower limit kills at once', async () => {
    const world = new World();
    const init = world.start(function* (self, sys) {
      setMemory(self, 4 * MIB);
      yield* call(sys.nanosleep(self, 1e7));
    });
    await settled();
    expect(world.kernel.stats().memoryBytes - world.vfs.memory.files).toBe(4 * MIB);
    world.kernel.setLimits({ memory: MIB });
    expect(await world.kernel.exited(init)).toBe(9);
    expect(world.kernel.stats().memoryPeakBytes - world.vfs.memory.files).toBe(4 * MIB);
  });
});

describe('CPU', () => {
  it('RLIMIT_CPU: SIGXCPU at the soft limit, SIGKILL at the hard one', async () => {
    const world = new World();
    const xcpu = { count: 0 };
    let status: number | undefined;
    await world.run(function* (self, sys) {
      const { pid } = sys.fork(
        self,
        world.program(function* (me) {
          sys.sigaction(me, 24, { disposition: 'handler', flags: 0, mask: 0n });
          sys.setrlimit(me, 0, 0n, 1n);
          for (;;) {
            yield* spin(me, sys, 5);
            while (sys.nextSignal(me) !== undefined) xcpu.count++;
            sys.sigprocmask(me, 2, 0n);
          }
        }),
      );
      status = (yield* call(sys.wait(self, pid, 0)))?.status;
    });
    expect(status).toBe(9);
    expect(xcpu.count).toBeGreaterThanOrEqual(1);
  });

  it('cpu.max: a spinning container gets its quota of each period and no more', async () => {
    const world = new World({ limits: { cpu: { quotaMs: 10, periodMs: 50 } } });
    const init = world.start(function* (self, sys) {
      yield* spin(self, sys, 1e6);
    });
    const began = performance.now();
    await later(400);
    const { cpuUserMs, throttledPeriods, throttledMs } = world.kernel.stats();
    const elapsed = performance.now() - began;
    world.kernel.signal(init, 9);
    // A fifth is its share; a machine that is busy makes slices longer than they should be.
    expect(cpuUserMs / elapsed).toBeLessThan(0.5);
    expect(cpuUserMs).toBeGreaterThan(10);
    expect(throttledPeriods).toBeGreaterThan(1);
    expect(throttledMs / elapsed).toBeGreaterThan(0.3);
  });
});

describe('the event loop', () => {
  it('two spinning processes take turns, and the host\u2019s timers run meanwhile', async () => {
    const world = new World();
    const turns: number[] = [];
    const init = world.start(function* (self, sys) {
      const loop = function* (me: Process): Generator<unknown, void, unknown> {
        for (;;) {
          turns.push(me.pid);
          yield* spin(me, sys, 2);
        }
      };
      sys.fork(self, world.program(loop));
      yield* loop(self);
    });
    let ticks = 0;
    const timer = setInterval(() => ticks++, 5);
    await later(200);
    clearInterval(timer);
    world.kernel.signal(init, 9);
    expect(ticks).toBeGreaterThan(1);
    const changes = turns.filter((pid, index) => index > 0 && pid !== turns[index - 1]).length;
    expect(changes).toBeGreaterThan(2);
  });

  it('a fresh container runs in the microtasks of the turn that made it', async () => {
    const world = new World();
    await settled();
    let ran = false;
    world.start(() => {
      ran = true;
    });
    for (let tasks = 0; tasks < 3; tasks++) await Promise.resolve();
    expect(ran).toBe(true);
  });

  it('frozen: nothing runs, KILL still works; thawed: it goes on', async () => {
    const world = new World();
    let count = 0;
    const init = world.start(function* (self, sys) {
      for (;;) {
        count++;
        yield* call(sys.nanosleep(self, 1));
      }
    });
    await settled(10);
    world.kernel.freeze();
    const frozenAt = count;
    await settled(20);
    expect(count).toBe(frozenAt);
    world.kernel.thaw();
    await settled(10);
    expect(count).toBeGreaterThan(frozenAt);
    world.kernel.freeze();
    world.kernel.signal(init, 9);
    expect(await world.kernel.exited(init)).toBe(9);
  });

  it('nothing is left to wake the host when the last process is gone', async () => {
    const world = new World();
    const init = world.start(function* (self, sys) {
      sys.setitimer(self, 1e6, 0);
      yield* call(sys.nanosleep(self, 1e6));
    });
    await settled();
    expect((world.kernel as unknown as KernelState).timers.size).toBe(2);
    world.kernel.shutdown();
    expect((world.kernel as unknown as KernelState).timers.size).toBe(0);
    expect(init.state).toBe('dead');
    world.kernel.shutdown();
  });
});
