import { describe, expect, it } from 'vitest';
import { call } from '../testing/programs.ts';
import { decode, setTermios, terminalWorld, withCc } from '../testing/terminal.ts';
import { settled, World } from '../testing/world.ts';
import type { Process, SystemCalls } from '../types.ts';
import * as t from './termios.ts';

const text = new TextEncoder();

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

describe('termios(3): what was typed in lines and is read without them', () => {
  it.each([
    ['a line and an end of file', 'ab\n\x04', 'ab\n\0'],
    ['an end of file after text', 'ab\x04c', 'ab\0c'],
    ['an end of file alone', '\x04', '\0'],
  ])('%s', async (_name, typed, expected) => {
    const { world, tty, files } = terminalWorld();
    let got = '';
    tty.input(text.encode(typed));
    await world.run(function* (self, sys) {
      setTermios(self, sys, ({ lflag }) => ({ lflag: lflag & ~t.ICANON }));
      const buffer = new Uint8Array(100);
      got = decode(buffer.subarray(0, yield* call(sys.read(self, 0, buffer))));
    }, files);
    expect(got).toBe(expected);
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
