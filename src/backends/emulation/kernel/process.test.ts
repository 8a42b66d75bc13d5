import { describe, expect, it } from 'vitest';
import { Errno } from '../errno.ts';
import type { Proc } from './process.ts';
import { KernelState, PID_MAX } from './state.ts';
import { call } from './testing/programs.ts';
import { World } from './testing/world.ts';

describe('fork(2), wait(2), exit(3)', () => {
  it('a program that returns ends with status 0, exit with its low 8 bits', async () => {
    expect(await new World().run(() => {})).toBe(0);
    expect(
      await new World().run((self, sys) => {
        sys.exit(self, 0x1ff);
      }),
    ).toBe(0xff00);
  });

  it('a child starts in the same directory with its own pid, and wait gives its status and pid', async () => {
    const world = new World();
    const seen: unknown[] = [];
    const status = await world.run(function* (self, sys) {
      sys.chdir(self, '/tmp');
      const child = sys.fork(
        self,
        world.program((me) => {
          seen.push(me.pid, me.ppid, sys.getcwd(me));
          return 7;
        }),
      );
      const waited = yield* call(sys.wait(self, -1, 0));
      seen.push(waited?.pid === child.pid, waited?.status);
    });
    expect(status).toBe(0);
    expect(seen).toEqual([2, 1, '/tmp', true, 7 << 8]);
  });

  it('wait without children is ECHILD, WNOHANG with a running child is nobody', async () => {
    const world = new World();
    const seen: unknown[] = [];
    await world.run(function* (self, sys) {
      try {
        sys.wait(self, -1, 0);
      } catch (error) {
        seen.push((error as Errno).errno);
      }
      sys.fork(
        self,
        world.program(() => {}),
      );
      seen.push(sys.wait(self, -1, 1));
      yield* call(sys.wait(self, 2, 0));
    });
    expect(seen).toEqual(['ECHILD', undefined]);
  });

  it('of several that ended the oldest is told of first, by group and by pid only who is meant', async () => {
    const world = new World();
    const seen: unknown[] = [];
    await world.run(function* (self, sys) {
      const child = (ms: number): number => {
        const script = world.program(function* (me) {
          yield* call(sys.nanosleep(me, ms));
        });
        return sys.fork(self, script).pid;
      };
      const [first, second, third] = [child(20), child(1), child(10)];
      sys.setpgid(self, third, third);
      sys.setpgid(self, second, third);
      yield* call(sys.nanosleep(self, 60));
      expect(() => sys.wait(self, -first, 1)).toThrow('ECHILD');
      expect(() => sys.wait(self, 77, 1)).toThrow('ECHILD');
      for (const which of [third, -third, -1]) seen.push((yield* call(sys.wait(self, which, 0)))?.pid);
      expect(seen).toEqual([third, second, first]);
      const [fourth, fifth] = [child(10), child(1)];
      yield* call(sys.nanosleep(self, 40));
      for (const which of [-1, -1]) seen.push((yield* call(sys.wait(self, which, 0)))?.pid);
      expect(seen.slice(3)).toEqual([fourth, fifth]);
      expect(() => sys.wait(self, -1, 1)).toThrow('ECHILD');
    });
  });

  it('a stopped child is told of once, also to who became its parent since', async () => {
    const world = new World();
    await world.run(function* (self, sys) {
      const pids: number[] = [];
      const { pid } = sys.fork(
        self,
        world.program(function* (me) {
          const { pid: grandchild } = sys.fork(
            me,
            world.program(function* (inner) {
              yield* call(sys.nanosleep(inner, 1e7));
            }),
          );
          pids.push(grandchild);
          yield* call(sys.nanosleep(me, 1));
          yield* call(sys.kill(me, grandchild, 19));
        }),
      );
      yield* call(sys.wait(self, pid, 0));
      const [stopped = 0] = pids;
      expect(yield* call(sys.wait(self, -1, 2))).toMatchObject({ pid: stopped, status: (19 << 8) | 0x7f });
      expect(sys.wait(self, -1, 2 | 1)).toBeUndefined();
      yield* call(sys.kill(self, stopped, 18));
      expect(sys.wait(self, -1, 1)).toBeUndefined();
      expect(yield* call(sys.wait(self, -1, 8))).toMatchObject({ pid: stopped, status: 0xffff });
      expect(sys.wait(self, -1, 8 | 1)).toBeUndefined();
      yield* call(sys.kill(self, stopped, 9));
      expect(yield* call(sys.wait(self, -1, 0))).toMatchObject({ pid: stopped, status: 9 });
    });
  });

  it('when every number is taken by zombies that nobody waits for, fork is EAGAIN', async () => {
    const world = new World();
    const { kernel } = world;
    if (!(kernel instanceof KernelState)) throw new Error('another kernel');
    const seen: unknown[] = [];
    await world.run((self, sys) => {
      const child = sys.fork(
        self,
        world.program(() => {}),
      );
      const zombie = kernel.processes.get(child.pid) as Proc;
      for (let pid = 300; pid < PID_MAX; pid++) kernel.processes.set(pid, zombie);
      kernel.forks = kernel.lastPid = PID_MAX - 1;
      const fork = (): number =>
        sys.fork(
          self,
          world.program(() => {}),
        ).pid;
      expect(fork).toThrow('EAGAIN');
      kernel.processes.delete(777);
      seen.push(fork());
      for (let pid = 300; pid < PID_MAX; pid++) if (pid !== 777) kernel.processes.delete(pid);
    });
    expect(seen).toEqual([777]);
  });

  it('the end of pid 1 ends every other process', async () => {
    const world = new World();
    const init = world.start(function* (self, sys) {
      sys.fork(
        self,
        world.program(function* (me) {
          yield* call(sys.nanosleep(me, 1e6));
        }),
      );
      yield* call(sys.yield(self));
    });
    expect(await world.kernel.exited(init)).toBe(0);
    expect(world.kernel.processes.size).toBe(0);
  });
});

describe('pipe(2)', () => {
  it('gives all bytes through a buffer that is smaller, then end of file', async () => {
    const world = new World();
    const size = 1_000_003;
    let received = 0;
    let sum = 0;
    await world.run(function* (self, sys) {
      const [r, w] = sys.pipe(self, 0);
      sys.fork(
        self,
        world.program(function* (me) {
          sys.close(me, r);
          const bytes = Uint8Array.from({ length: size }, (_, index) => index % 251);
          expect(yield* call(sys.write(me, w, bytes))).toBe(size);
        }),
      );
      sys.close(self, w);
      const buffer = new Uint8Array(777);
      for (;;) {
        const count = yield* call(sys.read(self, r, buffer));
        if (count === 0) break;
        for (let index = 0; index < count; index++) sum += buffer[index] === (received + index) % 251 ? 0 : 1;
        received += count;
      }
      yield* call(sys.wait(self, -1, 0));
    });
    expect([received, sum]).toEqual([size, 0]);
  });
});

describe('execve(2)', () => {
  it('replaces the image, keeps the pid, closes close-on-exec descriptors', async () => {
    const world = new World();
    const out = world.collector();
    world.install('/bin/second', function* (self, sys) {
      yield* call(sys.write(self, 1, new TextEncoder().encode(`${self.pid} ${self.argv.join(',')} ${self.descriptors[3] === undefined}`)));
      return 3;
    });
    const status = await world.run(
      (self, sys) => {
        sys.dup(self, 1, 3, true);
        sys.execve(self, 'second', ['x', 'y'], [], true);
      },
      { files: [undefined, out.file] },
    );
    expect(status).toBe(3 << 8);
    expect(out.text()).toBe('1 x,y true');
  });
});
