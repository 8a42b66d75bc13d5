import { describe, expect, it } from 'vitest';
import { O_NOCTTY, O_RDWR, makedev, S_IFCHR } from '../../vfs/types.ts';
import { createFileSystem } from '../filesystems/index.ts';
import { KernelState } from '../state.ts';
import { call } from '../testing/programs.ts';
import { settled, World } from '../testing/world.ts';
import type { Process, SystemCalls, Tty } from '../types.ts';
import {
  FIONREAD,
  TCGETS,
  TCSETS,
  TIOCGPGRP,
  TIOCGPTN,
  TIOCGSID,
  TIOCGWINSZ,
  TIOCSCTTY,
  TIOCSPGRP,
  TIOCSPTLCK,
  TIOCSWINSZ,
} from './ioctl.ts';
import * as t from './termios.ts';

const AT_FDCWD = -100;
const text = new TextEncoder();
const decode = (bytes: Uint8Array): string => new TextDecoder('latin1').decode(bytes);

/** A terminal with a slave on descriptors 0 to 2 of pid 1, and what the screen got. */
function terminalWorld(): { world: World; tty: Tty; screen: () => string; files: SpawnFiles } {
  const world = new World();
  const tty = world.kernel.createTty({ columns: 80, rows: 24 });
  let output = '';
  tty.onOutput((bytes) => {
    output += decode(bytes);
    return true;
  });
  const slave = tty.openSlave();
  return { world, tty, screen: () => output, files: { files: [slave, slave, slave], tty } };
}
type SpawnFiles = { files: ReturnType<Tty['openSlave']>[]; tty: Tty };

function setTermios(self: Process, sys: SystemCalls, change: (termios: t.Termios) => Partial<t.Termios>): void {
  const bytes = new Uint8Array(t.TERMIOS_SIZE);
  sys.ioctl(self, 0, TCGETS, bytes);
  const termios = t.readTermios(bytes);
  t.writeTermios(bytes, { ...termios, ...change(termios) });
  sys.ioctl(self, 0, TCSETS, bytes);
}

const withCc = (cc: Uint8Array, changes: Readonly<Record<number, number>>): Uint8Array => {
  const copy = cc.slice();
  for (const [index, value] of Object.entries(changes)) copy[Number(index)] = value;
  return copy;
};

describe('termios(3): canonical mode', () => {
  it.each([
    ['a line', 'ab\n', ['ab\n'], 'ab\r\n'],
    ['a carriage return is a newline', 'ab\r', ['ab\n'], 'ab\r\n'],
    ['erase', 'abc\x7f\x7fd\n', ['ad\n'], 'abc\b \b\b \bd\r\n'],
    ['erase of nothing', '\x7fa\n', ['a\n'], 'a\r\n'],
    ['kill', 'abc\x15x\n', ['x\n'], 'abc\b \b\b \b\b \bx\r\n'],
    ['word erase', 'ab cd  \x17x\n', ['ab x\n'], 'ab cd  \b \b\b \b\b \b\b \bx\r\n'],
    ['control characters echo as ^X and erase two columns', '\x01\x7fz\n', ['z\n'], '^A\b \b\b \bz\r\n'],
    ['a tab erases to where it began', 'a\t\x7fb\n', ['ab\n'], `a\t${'\b'.repeat(7)}b\r\n`],
    ['literal next', 'a\x16\x03b\n', ['a\x03b\n'], 'a^\b^Cb\r\n'],
    ['end of file at a line start', '\x04', [''], ''],
    ['end of file after text gives the text', 'ab\x04c\n', ['ab', 'c\n'], 'abc\r\n'],
    ['two lines are two reads', 'a\nb\n', ['a\n', 'b\n'], 'a\r\nb\r\n'],
    ['kill of nothing', '\x15a\n', ['a\n'], 'a\r\n'],
    ['a literal newline is a character of the line', 'a\x16\nb\n', ['a\nb\n'], 'a^\b^Jb\r\n'],
    ['echo waits while output is stopped', 'a\x13b\x11c\n', ['abc\n'], 'abc\r\n'],
    ['reprint', 'ab\x12\n', ['ab\n'], 'ab^R\r\nab\r\n'],
  ])('%s', async (_name, typed, reads, echo) => {
    const { world, tty, screen, files } = terminalWorld();
    const got: string[] = [];
    tty.input(text.encode(typed));
    await world.run(function* (self, sys) {
      for (let index = 0; index < reads.length; index++) {
        const buffer = new Uint8Array(100);
        got.push(decode(buffer.subarray(0, yield* call(sys.read(self, 0, buffer)))));
      }
    }, files);
    expect(got).toEqual(reads);
    expect(screen()).toBe(echo);
  });

  it('a small read takes part of a line, the next the rest', async () => {
    const { world, tty, files } = terminalWorld();
    const got: string[] = [];
    await world.run(function* (self, sys) {
      tty.input(text.encode('hello\n'));
      for (const size of [2, 100]) {
        const buffer = new Uint8Array(size);
        got.push(decode(buffer.subarray(0, yield* call(sys.read(self, 0, buffer)))));
      }
    }, files);
    expect(got).toEqual(['he', 'llo\n']);
  });

  it('a line has at most 4095 characters and its newline; what is longer is lost', async () => {
    const { world, tty, files } = terminalWorld();
    await world.run(function* (self, sys) {
      expect(tty.input(new Uint8Array(5000).fill(97))).toBe(5000);
      tty.input(text.encode('\n'));
      const buffer = new Uint8Array(8192);
      expect(yield* call(sys.read(self, 0, buffer))).toBe(4096);
      expect(buffer[4095]).toBe(10);
    }, files);
  });

  it('with complete lines waiting, input is not lost: the sender keeps what found no room', async () => {
    const { world, tty, files } = terminalWorld();
    const lines = text.encode('0123456789abcde\n'.repeat(600));
    let sent = 0;
    const send = (): void => {
      sent += tty.input(lines.subarray(sent));
    };
    tty.onInputRoom(send);
    let received = '';
    await world.run(function* (self, sys) {
      send();
      expect(sent).toBeLessThan(lines.length);
      while (received.length < lines.length) {
        const buffer = new Uint8Array(777);
        received += decode(buffer.subarray(0, yield* call(sys.read(self, 0, buffer))));
      }
    }, files);
    expect(received).toBe(decode(lines));
  });

  it('IUTF8: erase takes a whole character', async () => {
    const { world, tty, screen, files } = terminalWorld();
    await world.run(function* (self, sys) {
      setTermios(self, sys, ({ iflag }) => ({ iflag: iflag | t.IUTF8 }));
      tty.input(text.encode('aé\x7f\n'));
      const buffer = new Uint8Array(10);
      expect(decode(buffer.subarray(0, yield* call(sys.read(self, 0, buffer))))).toBe('a\n');
    }, files);
    expect(screen()).toBe(`${decode(text.encode('aé'))}\b \b\r\n`);
  });
});

describe('termios(3): raw mode', () => {
  const raw = (self: Process, sys: SystemCalls, min: number, time: number): void =>
    setTermios(self, sys, ({ lflag, iflag, cc }) => ({
      lflag: lflag & ~(t.ICANON | t.ECHO | t.ISIG),
      iflag: iflag & ~(t.ICRNL | t.IXON),
      cc: withCc(cc, { [t.VMIN]: min, [t.VTIME]: time }),
    }));

  it('MIN 1, TIME 0: a byte at a time, untouched', async () => {
    const { world, tty, screen, files } = terminalWorld();
    let got = '';
    await world.run(function* (self, sys) {
      raw(self, sys, 1, 0);
      tty.input(text.encode('\x03\r\x7f'));
      const buffer = new Uint8Array(10);
      got = decode(buffer.subarray(0, yield* call(sys.read(self, 0, buffer))));
    }, files);
    expect(got).toBe('\x03\r\x7f');
    expect(screen()).toBe('');
  });

  it('MIN 3: waits for three bytes', async () => {
    const { world, tty, files } = terminalWorld();
    const init = world.start(function* (self, sys) {
      raw(self, sys, 3, 0);
      return yield* call(sys.read(self, 0, new Uint8Array(10)));
    }, files);
    await settled();
    tty.input(text.encode('ab'));
    await settled(5);
    expect(init.state).toBe('sleeping');
    tty.input(text.encode('c'));
    expect(await world.kernel.exited(init)).toBe(3 << 8);
  });

  it('MIN 0, TIME 0: gives what is there, also nothing; MIN 0, TIME 1: nothing after a tenth of a second', async () => {
    const { world, files } = terminalWorld();
    await world.run(function* (self, sys) {
      raw(self, sys, 0, 0);
      expect(yield* call(sys.read(self, 0, new Uint8Array(1)))).toBe(0);
      raw(self, sys, 0, 1);
      const began = performance.now();
      expect(yield* call(sys.read(self, 0, new Uint8Array(1)))).toBe(0);
      expect(performance.now() - began).toBeGreaterThanOrEqual(100);
    }, files);
  });

  it('MIN 5, TIME 1: the gap between bytes ends the read', async () => {
    const { world, tty, files } = terminalWorld();
    await world.run(function* (self, sys) {
      raw(self, sys, 5, 1);
      tty.input(text.encode('ab'));
      expect(yield* call(sys.read(self, 0, new Uint8Array(10)))).toBe(2);
    }, files);
  });

  it('what was typed before the switch can be read after it', async () => {
    const { world, tty, files } = terminalWorld();
    await world.run(function* (self, sys) {
      tty.input(text.encode('ab'));
      raw(self, sys, 1, 0);
      expect(yield* call(sys.read(self, 0, new Uint8Array(10)))).toBe(2);
    }, files);
  });
});

describe('termios(3): output and flow', () => {
  it('newlines become carriage return and newline; without OPOST nothing changes', async () => {
    const { world, screen, files } = terminalWorld();
    await world.run(function* (self, sys) {
      yield* call(sys.write(self, 1, text.encode('a\nb')));
      setTermios(self, sys, ({ oflag }) => ({ oflag: oflag & ~t.OPOST }));
      yield* call(sys.write(self, 1, text.encode('c\nd')));
    }, files);
    expect(screen()).toBe('a\r\nbc\nd');
  });

  it('a screen that is slow holds the writer back, and nothing is lost', async () => {
    const world = new World();
    const tty = world.kernel.createTty({ columns: 80, rows: 24 });
    const slave = tty.openSlave();
    let length = 0;
    tty.onOutput((bytes) => {
      length += bytes.length;
      setTimeout(() => tty.drained());
      return false;
    });
    const size = 300_001;
    await world.run(
      function* (self, sys) {
        expect(yield* call(sys.write(self, 1, new Uint8Array(size).fill(120)))).toBe(size);
      },
      { files: [slave, slave], tty },
    );
    await settled(20);
    expect(length).toBe(size);
  });

  it('^S stops output, ^Q lets it go on', async () => {
    const { world, tty, screen, files } = terminalWorld();
    tty.input(text.encode('\x13'));
    const init = world.start(function* (self, sys) {
      yield* call(sys.write(self, 1, text.encode('held')));
    }, files);
    await settled(5);
    expect([screen(), init.state]).toEqual(['', 'sleeping']);
    tty.input(text.encode('\x11'));
    await world.kernel.exited(init);
    expect(screen()).toBe('held');
  });
});

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
      yield* call(sys.nanosleep(self, 20));
      return ((yield* call(sys.wait(self, -1, 0)))?.status ?? 0) & 0x7f;
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
