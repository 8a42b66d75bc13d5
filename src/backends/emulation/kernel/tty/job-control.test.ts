import { describe, expect, it } from 'vitest';
import { O_NOCTTY, O_RDWR, makedev, S_IFCHR } from '../../vfs/types.ts';
import { createFileSystem } from '../filesystems/index.ts';
import { KernelState } from '../state.ts';
import { call } from '../testing/programs.ts';
import { decode, setTermios, terminalWorld } from '../testing/terminal.ts';
import { settled, World } from '../testing/world.ts';
import type { Process, SystemCalls } from '../types.ts';
import {
  FIONREAD,
  TCSETS,
  TIOCGPGRP,
  TIOCGPTN,
  TIOCGSID,
  TIOCGWINSZ,
  TIOCNOTTY,
  TIOCSCTTY,
  TIOCSPGRP,
  TIOCSPTLCK,
  TIOCSWINSZ,
} from './ioctl.ts';
import * as t from './termios.ts';

const AT_FDCWD = -100;
const text = new TextEncoder();

describe('job control', () => {
  it.each([
    ['^C', '\x03', 2],
    ['^\\', '\x1c', 3 | 0x80],
  ])('%s ends the foreground group alone', async (_name, typed, status) => {
    const { world, tty, screen, files } = terminalWorld();
    const statuses: unknown[] = [];
    const init = world.start(function* (self, sys) {
      sys.sigaction(self, 22, { disposition: 'ignore', flags: 0, mask: 0n });
      const sleeper = world.program(function* (me) {
        yield* call(sys.nanosleep(me, 1e7));
      });
      const foreground = sys.fork(self, sleeper).pid;
      const background = sys.fork(self, sleeper).pid;
      sys.setpgid(self, foreground, foreground);
      sys.setpgid(self, background, background);
      const group = new Uint8Array(new Int32Array([foreground]).buffer);
      sys.ioctl(self, 0, TIOCSPGRP, group);
      sys.ioctl(self, 0, TIOCGPGRP, group);
      expect(new Int32Array(group.buffer)[0]).toBe(foreground);
      statuses.push((yield* call(sys.wait(self, foreground, 0)))?.status, sys.wait(self, background, 1));
    }, files);
    await settled(5);
    tty.input(text.encode(typed));
    await world.kernel.exited(init);
    expect(statuses).toEqual([status, undefined]);
    expect(screen()).toBe(typed === '\x03' ? '^C' : '^\\');
  });

  it('^Z stops the foreground group, and waitpid tells SIGTSTP', async () => {
    const { world, tty, files } = terminalWorld();
    let status: number | undefined;
    const init = world.start(function* (self, sys) {
      sys.sigaction(self, 22, { disposition: 'ignore', flags: 0, mask: 0n });
      const { pid } = sys.fork(
        self,
        world.program(function* (me) {
          yield* call(sys.nanosleep(me, 1e7));
        }),
      );
      sys.setpgid(self, pid, pid);
      sys.ioctl(self, 0, TIOCSPGRP, new Uint8Array(new Int32Array([pid]).buffer));
      status = (yield* call(sys.wait(self, pid, 2)))?.status;
    }, files);
    await settled(5);
    tty.input(text.encode('\x1a'));
    await world.kernel.exited(init);
    expect(status).toBe((20 << 8) | 0x7f);
  });

  it.each([
    ['reads', 21, (self: Process, sys: SystemCalls) => sys.read(self, 0, new Uint8Array(1))],
    ['writes with TOSTOP', 22, (self: Process, sys: SystemCalls) => sys.write(self, 1, Uint8Array.of(65))],
    ['changes settings', 22, (self: Process, sys: SystemCalls) => sys.ioctl(self, 0, TCSETS, new Uint8Array(36))],
  ])('a background process that %s is stopped by signal %i', async (_name, signal, touch) => {
    const { world, files } = terminalWorld();
    let status: number | undefined;
    await world.run(function* (self, sys) {
      setTermios(self, sys, ({ lflag }) => ({ lflag: lflag | t.TOSTOP }));
      const { pid } = sys.fork(
        self,
        world.program(function* (me) {
          sys.setpgid(me, 0, 0);
          yield* call<unknown>(touch(me, sys));
        }),
      );
      status = (yield* call(sys.wait(self, pid, 2)))?.status;
    }, files);
    expect(status).toBe((signal << 8) | 0x7f);
  });

  it('a background read is EIO when SIGTTIN is ignored or the group is orphaned', async () => {
    const { world, files } = terminalWorld();
    await world.run(function* (self, sys) {
      const { pid } = sys.fork(
        self,
        world.program((me) => {
          sys.setpgid(me, 0, 0);
          sys.sigaction(me, 21, { disposition: 'ignore', flags: 0, mask: 0n });
          expect(() => sys.read(me, 0, new Uint8Array(1))).toThrow('EIO');
        }),
      );
      expect((yield* call(sys.wait(self, pid, 0)))?.status).toBe(0);
    }, files);
  });

  it('a stopped reader reads when it is brought to the foreground', async () => {
    const { world, tty, files } = terminalWorld();
    let got = 0;
    await world.run(function* (self, sys) {
      sys.sigaction(self, 22, { disposition: 'ignore', flags: 0, mask: 0n });
      const { pid } = sys.fork(
        self,
        world.program(function* (me) {
          sys.setpgid(me, 0, 0);
          got = yield* call(sys.read(me, 0, new Uint8Array(9)));
        }),
      );
      yield* call(sys.wait(self, pid, 2));
      tty.input(text.encode('hey\n'));
      sys.ioctl(self, 0, TIOCSPGRP, new Uint8Array(new Int32Array([pid]).buffer));
      yield* call(sys.kill(self, -pid, 18));
      yield* call(sys.wait(self, pid, 0));
    }, files);
    expect(got).toBe(4);
  });

  it('TIOCNOTTY: a child loses its terminal alone, and touches it without being stopped; a leader, for its session', async () => {
    const { world, files } = terminalWorld();
    await world.run(function* (self, sys) {
      const { pid } = sys.fork(
        self,
        world.program((me) => {
          sys.setpgid(me, 0, 0);
          sys.ioctl(me, 0, TIOCNOTTY, new Uint8Array(4));
          expect(() => sys.ioctl(me, 0, TIOCGPGRP, new Uint8Array(4))).toThrow('ENOTTY');
          setTermios(me, sys, () => ({}));
        }),
      );
      expect((yield* call(sys.wait(self, pid, 2)))?.status).toBe(0);
      sys.ioctl(self, 0, TIOCGPGRP, new Uint8Array(4));
      sys.ioctl(self, 0, TIOCNOTTY, new Uint8Array(4));
      expect(() => sys.ioctl(self, 0, TIOCGPGRP, new Uint8Array(4))).toThrow('ENOTTY');
    }, files);
  });

  it('a new window size is SIGWINCH to the foreground, the same size is not', async () => {
    const { world, tty, files } = terminalWorld();
    const init = world.start(function* (self, sys) {
      sys.sigaction(self, 28, { disposition: 'handler', flags: 0, mask: 0n });
      try {
        yield* call(sys.nanosleep(self, 1e7));
      } catch {
        const size = new Uint8Array(8);
        sys.ioctl(self, 0, TIOCGWINSZ, size);
        expect([...new Uint16Array(size.buffer)]).toEqual([50, 132, 0, 0]);
        expect(sys.nextSignal(self)?.signal).toBe(28);
        sys.sigprocmask(self, 2, 0n);
        sys.ioctl(self, 0, TIOCSWINSZ, size);
        expect(sys.nextSignal(self)).toBeUndefined();
        return 1;
      }
      return 0;
    }, files);
    await settled(5);
    tty.resize(132, 50);
    expect(await world.kernel.exited(init)).toBe(1 << 8);
  });

  it('hanging up is SIGHUP to the session, end of file to readers, EIO to writers', async () => {
    const { world, tty, files } = terminalWorld();
    const init = world.start(function* (self, sys) {
      sys.sigaction(self, 1, { disposition: 'handler', flags: 0, mask: 0n });
      try {
        yield* call(sys.read(self, 0, new Uint8Array(1)));
      } catch {
        expect(sys.nextSignal(self)?.signal).toBe(1);
      }
      expect(yield* call(sys.read(self, 0, new Uint8Array(1)))).toBe(0);
      expect(() => sys.write(self, 1, Uint8Array.of(1))).toThrow('EIO');
      return 4;
    }, files);
    await settled(5);
    tty.hangUp();
    expect(await world.kernel.exited(init)).toBe(4 << 8);
  });

  it('hanging up tells the leader; the foreground group hears of it when the leader ends', async () => {
    const { world, tty, files } = terminalWorld();
    const init = world.start(function* (self, sys) {
      for (;;) {
        try {
          return ((yield* call(sys.wait(self, -1, 0)))?.status ?? 0) & 0x7f;
        } catch {
          yield* call(sys.nanosleep(self, 5)); // ECHILD: the leader's child is not its own yet
        }
      }
    });
    const entered = world.start(function* (self, sys) {
      const { pid } = sys.fork(
        self,
        world.program(function* (me) {
          yield* call(sys.nanosleep(me, 1e7));
        }),
      );
      sys.setpgid(self, pid, pid);
      sys.ioctl(self, 0, TIOCSPGRP, new Uint8Array(new Int32Array([pid]).buffer));
      yield* call(sys.nanosleep(self, 1e7));
    }, files);
    await settled(5);
    tty.hangUp();
    expect(await world.kernel.exited(entered)).toBe(1);
    expect(await world.kernel.exited(init)).toBe(1 << 8);
  });

  it('the end of the session leader is SIGHUP to the foreground group', async () => {
    const world = new World();
    world.start(function* (self, sys) {
      yield* call(sys.nanosleep(self, 1e7));
    });
    const tty = world.kernel.createTty({ columns: 80, rows: 24 });
    const slave = tty.openSlave();
    let job: Process | undefined;
    await world.run(
      function* (self, sys) {
        job = sys.fork(
          self,
          world.program(function* (me) {
            yield* call(sys.nanosleep(me, 1e7));
          }),
        );
        yield* call(sys.yield(self));
      },
      { files: [slave], tty },
    );
    expect(job === undefined ? 0 : await world.kernel.exited(job)).toBe(1);
    world.kernel.shutdown();
  });
});

describe('pty(7): a guest that opens /dev/ptmx', () => {
  it('talks through both sides; the slave is locked at first and becomes the controlling terminal', async () => {
    const world = new World();
    const { vfs, context, kernel } = world;
    if (!(kernel instanceof KernelState)) throw new Error('not this kernel');
    vfs.mkdir(context, '/pts', 0o755);
    vfs.mount(createFileSystem(kernel, 'devpts', 'newinstance,ptmxmode=0666,mode=0620,gid=5'), vfs.resolve(context, '/pts'), {
      flags: 0,
      source: 'devpts',
    });
    vfs.mknod(context, '/null', S_IFCHR | 0o666, makedev(1, 3));
    await world.run(function* (self, sys) {
      const master = yield* call(sys.openat(self, AT_FDCWD, '/pts/ptmx', O_RDWR | O_NOCTTY, 0));
      const number = new Uint8Array(4);
      sys.ioctl(self, master, TIOCGPTN, number);
      expect([...number]).toEqual([0, 0, 0, 0]);
      expect(() => sys.openat(self, AT_FDCWD, '/pts/0', O_RDWR, 0)).toThrow('EIO');
      sys.ioctl(self, master, TIOCSPTLCK, new Uint8Array(4));
      expect(sys.stat(self, AT_FDCWD, '/pts/0', true)).toMatchObject({ mode: S_IFCHR | 0o620, gid: 5, rdev: makedev(136, 0) });
      const { pid } = sys.fork(
        self,
        world.program(function* (me) {
          sys.close(me, master);
          sys.setsid(me);
          const slave = yield* call(sys.openat(me, AT_FDCWD, '/pts/0', O_RDWR, 0));
          const sid = new Uint8Array(4);
          sys.ioctl(me, slave, TIOCGSID, sid);
          expect(new Int32Array(sid.buffer)[0]).toBe(me.pid);
          expect(sys.ioctl(me, slave, TIOCSCTTY, new Uint8Array(4))).toBe(0);
          const buffer = new Uint8Array(20);
          const count = yield* call(sys.read(me, slave, buffer));
          yield* call(sys.write(me, slave, buffer.subarray(0, count)));
        }),
      );
      yield* call(sys.write(self, master, text.encode('hi\n')));
      yield* call(sys.wait(self, pid, 0));
      const waiting = new Uint8Array(4);
      sys.ioctl(self, master, FIONREAD, waiting);
      const buffer = new Uint8Array(50);
      const count = yield* call(sys.read(self, master, buffer));
      expect(count).toBe(waiting[0]);
      expect(decode(buffer.subarray(0, count))).toBe('hi\r\nhi\r\n');
      expect(() => sys.read(self, master, buffer)).toThrow('EIO');
    });
  });
});
