import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { O_NONBLOCK, O_RDONLY, O_RDWR, O_WRONLY, S_IFIFO } from '../../vfs/types.ts';
import { call } from '../testing/programs.ts';
import { World } from '../testing/world.ts';
import { POLLERR, POLLHUP, POLLIN, POLLOUT, type PollRequest } from '../types.ts';
import { PIPE_BUF, PIPE_CAPACITY } from './pipe.ts';

const AT_FDCWD = -100;
const PATTERN = Uint8Array.from({ length: 1_000_000 }, (_, index) => (index * 31 + (index >> 8)) & 0xff);
const pattern = (from: number, length: number): Uint8Array => PATTERN.subarray(from, from + length);

describe('pipe(7): bytes', () => {
  it('any sizes of reads and writes preserve every byte in order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 150_001 }), { minLength: 1, maxLength: 6 }),
        fc.array(fc.oneof(fc.integer({ min: 100, max: 70_001 }), fc.constantFrom(1, 4096, 65536)), { minLength: 2, maxLength: 5 }),
        async (writes, reads) => {
          const world = new World();
          const total = writes.reduce((sum, size) => sum + size, 0);
          const received = new Uint8Array(total + 1);
          let length = 0;
          await world.run(function* (self, sys) {
            const [r, w] = sys.pipe(self, 0);
            sys.fork(
              self,
              world.program(function* (me) {
                let sent = 0;
                for (const size of writes) {
                  expect(yield* call(sys.write(me, w, pattern(sent, size)))).toBe(size);
                  sent += size;
                }
              }),
            );
            sys.close(self, w);
            for (let turn = 0; ; turn++) {
              const buffer = new Uint8Array(turn % 2 === 0 ? 4099 : (reads[turn % reads.length] ?? 1));
              const count = yield* call(sys.read(self, r, buffer));
              if (count === 0) break;
              received.set(buffer.subarray(0, count), length);
              length += count;
            }
          });
          expect(length).toBe(total);
          expect(Buffer.compare(received.subarray(0, total), pattern(0, total))).toBe(0);
        },
      ),
      { numRuns: 20 },
    );
  }, 30_000);

  it('writes of up to PIPE_BUF bytes of many writers are never mixed', async () => {
    const world = new World();
    const writers = 7;
    const rounds = 60;
    const size = 3001;
    const counts = new Map<number, number>();
    await world.run(function* (self, sys) {
      const [r, w] = sys.pipe(self, 0);
      for (let writer = 1; writer <= writers; writer++) {
        sys.fork(
          self,
          world.program(function* (me) {
            sys.close(me, r);
            for (let round = 0; round < rounds; round++) yield* call(sys.write(me, w, new Uint8Array(size).fill(writer)));
          }),
        );
      }
      sys.close(self, w);
      const record = new Uint8Array(size);
      for (;;) {
        let filled = 0;
        while (filled < size) {
          const count = yield* call(sys.read(self, r, record.subarray(filled)));
          if (count === 0) break;
          filled += count;
        }
        if (filled === 0) break;
        const [writer = 0] = record;
        expect(record.every((byte) => byte === writer)).toBe(true);
        counts.set(writer, (counts.get(writer) ?? 0) + 1);
      }
    });
    expect([...counts.values()]).toEqual(Array.from({ length: writers }, () => rounds));
  });

  it('many readers share what many writers send, without loss', async () => {
    const world = new World();
    let received = 0;
    await world.run(function* (self, sys) {
      const [r, w] = sys.pipe(self, 0);
      for (let reader = 0; reader < 4; reader++) {
        sys.fork(
          self,
          world.program(function* (me) {
            sys.close(me, w);
            const buffer = new Uint8Array(511 + reader);
            for (;;) {
              const count = yield* call(sys.read(me, r, buffer));
              if (count === 0) return;
              received += count;
            }
          }),
        );
      }
      for (let writer = 0; writer < 5; writer++) {
        sys.fork(
          self,
          world.program(function* (me) {
            yield* call(sys.write(me, w, new Uint8Array(100_003)));
          }),
        );
      }
      sys.close(self, w);
      for (let index = 0; index < 9; index++) yield* call(sys.wait(self, -1, 0));
    });
    expect(received).toBe(5 * 100_003);
  });
});

describe('pipe(7): ends', () => {
  it('reading is end of file without writers, writing is SIGPIPE and EPIPE without readers', async () => {
    const world = new World();
    await world.run(function* (self, sys) {
      const [r, w] = sys.pipe(self, 0);
      sys.sigaction(self, 13, { disposition: 'ignore', flags: 0, mask: 0n });
      sys.close(self, r);
      expect(() => sys.write(self, w, new Uint8Array(1))).toThrow('EPIPE');
      const child = sys.fork(
        self,
        world.program((me) => {
          sys.sigaction(me, 13, { disposition: 'default', flags: 0, mask: 0n });
          sys.write(me, w, new Uint8Array(1));
        }),
      );
      expect((yield* call(sys.wait(self, child.pid, 0)))?.status).toBe(13);
    });
  });

  it('a blocked writer whose last reader goes gets SIGPIPE; what it wrote before counts when it ignores that', async () => {
    const world = new World();
    let written: number | undefined;
    await world.run(function* (self, sys) {
      sys.sigaction(self, 13, { disposition: 'ignore', flags: 0, mask: 0n });
      const [r, w] = sys.pipe(self, 0);
      const child = sys.fork(
        self,
        world.program(function* (me) {
          sys.close(me, r);
          written = yield* call(sys.write(me, w, new Uint8Array(PIPE_CAPACITY + 5000)));
        }),
      );
      yield* call(sys.yield(self));
      sys.close(self, r);
      yield* call(sys.wait(self, child.pid, 0));
    });
    expect(written).toBe(PIPE_CAPACITY);
  });

  it('O_NONBLOCK: nothing there is EAGAIN, more than fits is a short write, PIPE_BUF all or nothing', async () => {
    await new World().run((self, sys) => {
      const [r, w] = sys.pipe(self, O_NONBLOCK);
      expect(() => sys.read(self, r, new Uint8Array(1))).toThrow('EAGAIN');
      expect(sys.write(self, w, new Uint8Array(PIPE_CAPACITY - 100))).toBe(PIPE_CAPACITY - 100);
      expect(() => sys.write(self, w, new Uint8Array(PIPE_BUF))).toThrow('EAGAIN');
      expect(sys.write(self, w, new Uint8Array(PIPE_BUF + 1))).toBe(100);
      expect(() => sys.write(self, w, new Uint8Array(PIPE_BUF + 1))).toThrow('EAGAIN');
    });
  });

  it('the wrong end is EBADF, lseek and pread are ESPIPE', async () => {
    await new World().run((self, sys) => {
      const [r, w] = sys.pipe(self, 0);
      expect(() => sys.read(self, w, new Uint8Array(1))).toThrow('EBADF');
      expect(() => sys.write(self, r, new Uint8Array(1))).toThrow('EBADF');
      expect(() => sys.lseek(self, r, 0, 0)).toThrow('ESPIPE');
      expect(() => sys.pread(self, r, 0, new Uint8Array(1))).toThrow('ESPIPE');
    });
  });

  it('a write that a signal interrupts after it wrote something gives what it wrote', async () => {
    const world = new World();
    await world.run(function* (self, sys) {
      sys.sigaction(self, 10, { disposition: 'handler', flags: 0, mask: 0n });
      const [, w] = sys.pipe(self, 0);
      sys.fork(
        self,
        world.program(function* (me) {
          yield* call(sys.kill(me, 1, 10));
        }),
      );
      expect(yield* call(sys.write(self, w, new Uint8Array(PIPE_CAPACITY + 1)))).toBe(PIPE_CAPACITY);
      expect(sys.nextSignal(self)?.signal).toBe(10);
    });
  });
});

describe('poll(2) of pipes', () => {
  const ask = (fd: number): PollRequest => ({ fd, events: POLLIN | POLLOUT, revents: 0 });

  it('tells POLLIN, POLLOUT, POLLHUP and POLLERR as pipe(7) has them', async () => {
    await new World().run((self, sys) => {
      const [r, w] = sys.pipe(self, 0);
      const [reader, writer] = [ask(r), ask(w)];
      expect(sys.poll(self, [reader, writer], 0)).toBe(1);
      expect([reader.revents, writer.revents]).toEqual([0, POLLOUT]);
      sys.write(self, w, new Uint8Array(PIPE_CAPACITY - 10));
      sys.poll(self, [reader, writer], 0);
      expect([reader.revents, writer.revents]).toEqual([POLLIN, 0]);
      const second = sys.dup(self, w, 0, false);
      sys.close(self, w);
      sys.close(self, second);
      sys.poll(self, [reader], 0);
      expect(reader.revents).toBe(POLLIN | POLLHUP);
      const [r2, w2] = sys.pipe(self, 0);
      sys.close(self, r2);
      const broken = ask(w2);
      sys.poll(self, [broken], 0);
      expect(broken.revents).toBe(POLLOUT | POLLERR);
    });
  });

  it('sleeps until something is ready, the time is over, or a handler is due', async () => {
    const world = new World();
    await world.run(function* (self, sys) {
      const [r, w] = sys.pipe(self, 0);
      sys.fork(
        self,
        world.program(function* (me) {
          yield* call(sys.nanosleep(me, 5));
          yield* call(sys.write(me, w, new Uint8Array(1)));
        }),
      );
      const request = { fd: r, events: POLLIN, revents: 0 };
      expect(yield* call(sys.poll(self, [request], undefined))).toBe(1);
      sys.read(self, r, new Uint8Array(1));
      const began = performance.now();
      expect(yield* call(sys.poll(self, [request], 10))).toBe(0);
      expect(performance.now() - began).toBeGreaterThanOrEqual(10);
      expect(
        yield* call(
          sys.poll(
            self,
            [
              { fd: 99, events: POLLIN, revents: 0 },
              { fd: -1, events: 1, revents: 0 },
            ],
            undefined,
          ),
        ),
      ).toBe(1);
    });
  });

  it('ppoll: its mask holds while it waits, and the old one comes back after the handler', async () => {
    const world = new World();
    await world.run(function* (self, sys) {
      sys.sigaction(self, 10, { disposition: 'handler', flags: 0, mask: 0n });
      sys.sigprocmask(self, 2, 1n << 9n);
      yield* call(sys.kill(self, self.pid, 10));
      let failed: unknown;
      try {
        yield* call(sys.poll(self, [], undefined, 0n));
      } catch (error) {
        failed = error;
      }
      expect(failed).toMatchObject({ errno: 'EINTR' });
      expect(sys.nextSignal(self)?.restore).toBe(1n << 9n);
      sys.sigprocmask(self, 2, 1n << 9n);
      expect(yield* call(sys.poll(self, [], 1, 0n))).toBe(0);
      expect(sys.sigprocmask(self, 0, undefined)).toBe(1n << 9n);
    });
  });
});

describe('fifo(7)', () => {
  const fifoWorld = (): World => {
    const world = new World();
    world.vfs.mknod(world.context, '/tmp/f', S_IFIFO | 0o666, 0);
    return world;
  };

  it('opening waits for the other end, and bytes pass', async () => {
    const world = fifoWorld();
    const order: string[] = [];
    await world.run(function* (self, sys) {
      sys.fork(
        self,
        world.program(function* (me) {
          yield* call(sys.nanosleep(me, 2));
          order.push('writer opens');
          const w = yield* call(sys.openat(me, AT_FDCWD, '/tmp/f', O_WRONLY, 0));
          yield* call(sys.write(me, w, pattern(0, 100_000)));
        }),
      );
      const r = yield* call(sys.openat(self, AT_FDCWD, '/tmp/f', O_RDONLY, 0));
      order.push('reader is open');
      let total = 0;
      const buffer = new Uint8Array(999);
      for (;;) {
        const count = yield* call(sys.read(self, r, buffer));
        if (count === 0) break;
        total += count;
      }
      expect(total).toBe(100_000);
    });
    expect(order).toEqual(['writer opens', 'reader is open']);
  });

  it('O_NONBLOCK: reading opens at once, writing without a reader is ENXIO; O_RDWR never waits', async () => {
    const world = fifoWorld();
    await world.run((self, sys) => {
      expect(() => sys.openat(self, AT_FDCWD, '/tmp/f', O_WRONLY | O_NONBLOCK, 0)).toThrow('ENXIO');
      const r = sys.openat(self, AT_FDCWD, '/tmp/f', O_RDONLY | O_NONBLOCK, 0);
      expect(r).toBe(0);
      const request = { fd: 0, events: POLLIN, revents: 0 };
      sys.poll(self, [request], 0);
      expect(request.revents).toBe(0);
      expect(sys.openat(self, AT_FDCWD, '/tmp/f', O_RDWR, 0)).toBe(1);
    });
  });

  it('a killed opener leaves no end behind', async () => {
    const world = fifoWorld();
    await world.run(function* (self, sys) {
      const { pid } = sys.fork(
        self,
        world.program(function* (me) {
          yield* call(sys.openat(me, AT_FDCWD, '/tmp/f', O_RDONLY, 0));
        }),
      );
      yield* call(sys.yield(self));
      yield* call(sys.kill(self, pid, 9));
      yield* call(sys.wait(self, pid, 0));
      expect(() => sys.openat(self, AT_FDCWD, '/tmp/f', O_WRONLY | O_NONBLOCK, 0)).toThrow('ENXIO');
    });
  });
});
