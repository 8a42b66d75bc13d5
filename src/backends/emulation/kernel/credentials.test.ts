import { describe, expect, it } from 'vitest';
import { call } from './testing/programs.ts';
import { World } from './testing/world.ts';

const ALL = (1n << 41n) - 1n;
const user = { ruid: 1000, euid: 1000, suid: 1000, rgid: 1000, egid: 1000, sgid: 1000, groups: [1000] };

describe('setresuid(2), setresgid(2), setgroups(2)', () => {
  it('root may become anyone; leaving 0 with all three loses every capability', async () => {
    await new World().run((self, sys) => {
      sys.setgids(self, 5, 5, 5);
      sys.setgroups(self, [7, 8]);
      sys.setuids(self, 1000, 1000, 1000);
      expect(self.ids).toEqual({ ruid: 1000, euid: 1000, suid: 1000, rgid: 5, egid: 5, sgid: 5, groups: [7, 8] });
      expect(self.capabilities).toMatchObject({ effective: 0n, permitted: 0n, bounding: ALL });
      expect(self.credentials).toEqual({ uid: 1000, gid: 5, groups: [7, 8], capabilities: 0n });
      expect(() => sys.setuids(self, 0, -1, -1)).toThrow('EPERM');
      expect(() => sys.setgroups(self, [])).toThrow('EPERM');
    });
  });

  it('the effective id alone takes the effective set away and back', async () => {
    await new World().run((self, sys) => {
      sys.setuids(self, -1, 1000, -1);
      expect(self.capabilities).toMatchObject({ effective: 0n, permitted: ALL });
      sys.setuids(self, -1, 0, -1);
      expect(self.capabilities.effective).toBe(ALL);
    });
  });

  it('others may only take on an id that they have', async () => {
    await new World().run(
      (self, sys) => {
        sys.setuids(self, -1, 1000, -1);
        expect(() => sys.setuids(self, -1, 1001, -1)).toThrow('EPERM');
        expect(() => sys.setgids(self, 0, -1, -1)).toThrow('EPERM');
      },
      { ids: user },
    );
  });

  it('a new identity counts at the next look at a file', async () => {
    const world = new World();
    world.file('/tmp/secret', 'x', 0o600);
    await world.run((self, sys) => {
      sys.openat(self, -100, '/tmp/secret', 0, 0);
      sys.setuids(self, 1000, 1000, 1000);
      expect(() => sys.openat(self, -100, '/tmp/secret', 0, 0)).toThrow('EACCES');
    });
  });
});

describe('access(2)', () => {
  it('asks with the real ids, faccessat(AT_EACCESS) with the effective ones', async () => {
    const world = new World();
    world.file('/tmp/secret', 'x', 0o600);
    await world.run((self, sys) => {
      sys.setuids(self, 1000, 0, 0);
      expect(() => sys.accessat(self, -100, '/tmp/secret', 4, false)).toThrow('EACCES');
      sys.accessat(self, -100, '/tmp/secret', 4, true);
      expect(() => sys.accessat(self, -100, '/tmp/none', 0, true)).toThrow('ENOENT');
    });
  });
});

describe('what needs a capability', () => {
  it.each([
    ['chroot', 18, 'chroot'],
    ['sethostname', 21, 'sethostname'],
    ['mount', 21, 'mount'],
    ['umount', 21, 'umount'],
  ] as const)('%s needs capability %i', async (_name, number, what) => {
    for (const has of [true, false]) {
      const world = new World();
      world.mkdir('/mnt');
      world.vfs.mknod(world.context, '/mnt/x', 0o100644, 0);
      const effective = has ? 1n << BigInt(number) : ALL & ~(1n << BigInt(number));
      await world.run(
        (self, sys) => {
          const attempt = (): void => {
            if (what === 'chroot') sys.chroot(self, '/mnt');
            else if (what === 'sethostname') sys.sethostname(self, 'x');
            else if (what === 'mount') sys.mount(self, 'none', '/mnt', 'tmpfs', 0, '');
            else sys.umount(self, '/mnt', 0);
          };
          if (!has) expect(attempt).toThrow('EPERM');
          // EINVAL: it is no mount point, but the capability was enough to hear that.
          else if (what === 'umount') expect(attempt).toThrow('EINVAL');
          else attempt();
        },
        { capabilities: { bounding: effective, effective, permitted: effective, inheritable: 0n, ambient: 0n } },
      );
    }
  });
});

describe('process groups and sessions', () => {
  it('setsid makes a session and a group; a group leader cannot', async () => {
    const world = new World();
    await world.run(function* (self, sys) {
      expect(() => sys.setsid(self)).toThrow('EPERM');
      const { pid } = sys.fork(
        self,
        world.program((me) => {
          expect([sys.getsid(me, 0), sys.getpgid(me, 0)]).toEqual([1, 1]);
          expect(sys.setsid(me)).toBe(me.pid);
          expect([sys.getsid(me, 0), sys.getpgid(me, 0)]).toEqual([me.pid, me.pid]);
          expect(() => sys.setpgid(me, 0, 0)).toThrow('EPERM');
        }),
      );
      yield* call(sys.wait(self, pid, 0));
    });
  });

  it('setpgid: children before they execute, within the session, into groups that exist', async () => {
    const world = new World();
    world.install('/bin/sleep', function* (self, sys) {
      yield* call(sys.nanosleep(self, 1e7));
    });
    await world.run(function* (self, sys) {
      const forked = sys.fork(
        self,
        world.program(function* (me) {
          yield* call(sys.nanosleep(me, 1e7));
        }),
      ).pid;
      const spawned = sys.spawn(self, '/bin/sleep', ['sleep'], [], { files: [] });
      sys.setpgid(self, forked, forked);
      expect(sys.getpgid(self, forked)).toBe(forked);
      expect(() => sys.setpgid(self, spawned, forked)).toThrow('EACCES');
      expect(() => sys.setpgid(self, forked, 999)).toThrow('EPERM');
      expect(() => sys.setpgid(self, 999, 0)).toThrow('ESRCH');
      expect(() => sys.setpgid(self, 0, -1)).toThrow('EINVAL');
      yield* call(sys.yield(self));
    });
  });
});

describe('orphans', () => {
  it('go to pid 1, which can wait for them', async () => {
    const world = new World();
    const seen: unknown[] = [];
    await world.run(function* (self, sys) {
      const { pid } = sys.fork(
        self,
        world.program((me) => {
          sys.fork(
            me,
            world.program(function* (grandchild) {
              yield* call(sys.nanosleep(grandchild, 2));
              seen.push(grandchild.ppid);
              return 6;
            }),
          );
        }),
      );
      yield* call(sys.wait(self, pid, 0));
      seen.push((yield* call(sys.wait(self, -1, 0)))?.status);
    });
    expect(seen).toEqual([1, 6 << 8]);
  });

  it('of a process that entered from outside: no zombie, and its children go to pid 1', async () => {
    const second = new World();
    second.start(function* (self, sys) {
      yield* call(sys.nanosleep(self, 1e7));
    });
    const entered = second.start((self, sys) => {
      sys.fork(
        self,
        second.program(function* (me) {
          yield* call(sys.nanosleep(me, 1e7));
        }),
      );
      return 2;
    });
    expect(await second.kernel.exited(entered)).toBe(2 << 8);
    expect(entered.state).toBe('dead');
    expect([...second.kernel.processes.values()].map(({ pid, ppid }) => [pid, ppid])).toEqual([
      [1, 0],
      [3, 1],
    ]);
    second.kernel.shutdown();
  });
});
