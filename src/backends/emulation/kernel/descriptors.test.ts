import { describe, expect, it } from 'vitest';
import {
  makedev,
  O_APPEND,
  O_CLOEXEC,
  O_CREAT,
  O_DIRECTORY,
  O_NONBLOCK,
  O_PATH,
  O_RDONLY,
  O_RDWR,
  O_TRUNC,
  O_WRONLY,
  S_IFCHR,
} from '../vfs/types.ts';
import { call } from './testing/programs.ts';
import { mountProc, World } from './testing/world.ts';
import type { Process, SystemCalls } from './types.ts';

const AT_FDCWD = -100;
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

function open(self: Process, sys: SystemCalls, path: string, flags = O_RDONLY): number {
  const fd = sys.openat(self, AT_FDCWD, path, flags, 0o644);
  if (typeof fd !== 'number') throw new Error('blocked');
  return fd;
}

function readAll(self: Process, sys: SystemCalls, fd: number, size = 100): string {
  const buffer = new Uint8Array(size);
  const count = sys.read(self, fd, buffer);
  if (typeof count !== 'number') throw new Error('blocked');
  return new TextDecoder().decode(buffer.subarray(0, count));
}

describe('dup(2), fork(2): open file descriptions', () => {
  it('dup and fork share the offset, a second open does not', async () => {
    const world = new World();
    world.file('/tmp/f', 'abcdef');
    await world.run(function* (self, sys) {
      const first = open(self, sys, '/tmp/f');
      const second = sys.dup(self, first, 0, false);
      const third = open(self, sys, '/tmp/f');
      expect(readAll(self, sys, first, 2)).toBe('ab');
      expect(readAll(self, sys, second, 2)).toBe('cd');
      expect(readAll(self, sys, third, 2)).toBe('ab');
      const { pid } = sys.fork(
        self,
        world.program((me) => {
          readAll(me, sys, first, 1);
        }),
      );
      yield* call(sys.wait(self, pid, 0));
      expect(readAll(self, sys, first, 2)).toBe('f');
    });
  });

  it('the lowest free number is taken; dup3 closes its target; F_DUPFD begins at a minimum', async () => {
    await new World().run((self, sys) => {
      const [r, w] = sys.pipe(self, 0);
      expect([r, w]).toEqual([0, 1]);
      expect(sys.dup(self, 0, 10, true)).toBe(10);
      expect(sys.dup3(self, 1, 0, false)).toBe(0);
      sys.close(self, 1);
      expect(sys.dup(self, 0, 0, false)).toBe(1);
      expect(() => sys.dup3(self, 1, 1, false)).toThrow('EINVAL');
      expect(() => sys.close(self, 5)).toThrow('EBADF');
      expect(() => sys.dup(self, 5, 0, false)).toThrow('EBADF');
      expect(() => sys.dup(self, 0, 5000, false)).toThrow('EINVAL');
      expect(self.descriptors[10]?.cloexec).toBe(true);
    });
  });

  it('descriptors carry what the WASI host hung on them through dup and fork', async () => {
    const world = new World();
    await world.run(function* (self, sys) {
      sys.pipe(self, 0);
      const [descriptor] = self.descriptors;
      if (descriptor !== undefined) descriptor.wasi = 'rights';
      expect(self.descriptors[sys.dup(self, 0, 0, false)]?.wasi).toBe('rights');
      const { pid } = sys.fork(
        self,
        world.program((me) => (me.descriptors[0]?.wasi === 'rights' ? 0 : 1)),
      );
      expect((yield* call(sys.wait(self, pid, 0)))?.status).toBe(0);
    });
  });
});

describe('read(2), write(2), lseek(2), pread(2)', () => {
  it('move the offset, seek from start, here and end, leave it alone', async () => {
    const world = new World();
    await world.run((self, sys) => {
      const fd = open(self, sys, '/tmp/f', O_RDWR | O_CREAT);
      expect(sys.write(self, fd, bytes('hello world'))).toBe(11);
      expect(sys.lseek(self, fd, -5, 2)).toBe(6);
      expect(readAll(self, sys, fd)).toBe('world');
      expect(sys.lseek(self, fd, -4, 1)).toBe(7);
      expect(sys.pwrite(self, fd, 0, bytes('J'))).toBe(1);
      const buffer = new Uint8Array(5);
      expect(sys.pread(self, fd, 0, buffer)).toBe(5);
      expect(new TextDecoder().decode(buffer)).toBe('Jello');
      expect(sys.lseek(self, fd, 0, 1)).toBe(7);
      expect(() => sys.lseek(self, fd, -1, 0)).toThrow('EINVAL');
      expect(() => sys.lseek(self, fd, 0, 9)).toThrow('EINVAL');
      expect(sys.lseek(self, fd, 20, 0)).toBe(20);
      expect(sys.write(self, fd, bytes('!'))).toBe(1);
    });
    expect(world.content('/tmp/f')).toBe('Jello world\0\0\0\0\0\0\0\0\0!');
  });

  it('O_APPEND writes at the end wherever the offset is, also pwrite', async () => {
    const world = new World();
    world.file('/tmp/f', 'one');
    await world.run((self, sys) => {
      const fd = open(self, sys, '/tmp/f', O_WRONLY | O_APPEND);
      sys.lseek(self, fd, 0, 0);
      sys.write(self, fd, bytes('two'));
      sys.pwrite(self, fd, 0, bytes('three'));
      sys.setFlags(self, fd, 0);
      sys.pwrite(self, fd, 0, bytes('O'));
      expect(sys.getFlags(self, fd)).toBe(O_WRONLY);
    });
    expect(world.content('/tmp/f')).toBe('Onetwothree');
  });

  it('an access mode that does not fit is EBADF; a directory is EISDIR', async () => {
    const world = new World();
    world.file('/tmp/f', 'x');
    await world.run((self, sys) => {
      const reader = open(self, sys, '/tmp/f');
      const writer = open(self, sys, '/tmp/f', O_WRONLY | O_TRUNC);
      const directory = open(self, sys, '/tmp', O_DIRECTORY);
      const path = open(self, sys, '/tmp/f', O_PATH);
      expect(() => sys.write(self, reader, bytes('x'))).toThrow('EBADF');
      expect(() => sys.read(self, writer, bytes('x'))).toThrow('EBADF');
      expect(() => sys.read(self, directory, bytes('x'))).toThrow('EISDIR');
      expect(() => sys.read(self, path, bytes('x'))).toThrow('EBADF');
      expect(() => sys.write(self, path, bytes('x'))).toThrow('EBADF');
      expect(sys.fstat(self, path).size).toBe(0);
      expect(() => sys.fsetAttributes(self, reader, { size: 0 })).toThrow('EINVAL');
    });
  });

  it('a write by a user takes the set-user-ID bit', async () => {
    const world = new World();
    world.file('/tmp/f', 'x', 0o4777);
    await world.run((self, sys) => {
      sys.setuids(self, 1000, 1000, 1000);
      sys.write(self, open(self, sys, '/tmp/f', O_WRONLY), bytes('y'));
      expect(sys.stat(self, AT_FDCWD, '/tmp/f', true).mode & 0o7777).toBe(0o777);
    });
  });

  it('/proc/PID/io counts', async () => {
    const world = new World();
    mountProc(world);
    world.file('/tmp/f', 'abcdef');
    await world.run((self, sys) => {
      readAll(self, sys, open(self, sys, '/tmp/f'));
      expect(readAll(self, sys, open(self, sys, '/proc/self/io'))).toContain('rchar: 6\nwchar: 0\nsyscr: 1\n'.slice(0, 17));
    });
  });
});

describe('devices', () => {
  it.each([
    ['null(4): end of file, swallows', 3, 0, 5],
    ['zero(4)', 5, 8, 5],
    ['random(4)', 8, 8, 5],
    ['urandom', 9, 8, 5],
  ])('%s', async (_name, minor, reads, writes) => {
    const world = new World();
    world.vfs.mknod(world.context, '/dev', S_IFCHR | 0o666, makedev(1, minor));
    await world.run((self, sys) => {
      const fd = open(self, sys, '/dev', O_RDWR);
      const buffer = new Uint8Array(8).fill(7);
      expect(sys.read(self, fd, buffer)).toBe(reads);
      if (minor === 5) expect([...buffer]).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
      expect(sys.write(self, fd, new Uint8Array(5))).toBe(writes);
      expect(sys.lseek(self, fd, 100, 0)).toBe(0);
    });
  });

  it('full(4) is ENOSPC; random is random for large reads; an unknown number is ENXIO', async () => {
    const world = new World();
    world.vfs.mknod(world.context, '/full', S_IFCHR | 0o666, makedev(1, 7));
    world.vfs.mknod(world.context, '/random', S_IFCHR | 0o666, makedev(1, 9));
    world.vfs.mknod(world.context, '/other', S_IFCHR | 0o666, makedev(99, 1));
    world.vfs.mknod(world.context, '/tty', S_IFCHR | 0o666, makedev(5, 0));
    await world.run((self, sys) => {
      expect(() => sys.write(self, open(self, sys, '/full', O_RDWR), bytes('x'))).toThrow('ENOSPC');
      const buffer = new Uint8Array(200_001);
      expect(sys.read(self, open(self, sys, '/random'), buffer)).toBe(200_001);
      expect(new Set(buffer.subarray(199_000)).size).toBeGreaterThan(200);
      expect(() => open(self, sys, '/other')).toThrow('ENXIO');
      expect(() => open(self, sys, '/tty')).toThrow('ENXIO');
    });
  });
});

describe('readdir(3)', () => {
  it('lists . and .. first, then a snapshot with types', async () => {
    const world = new World();
    world.file('/tmp/a', '');
    world.mkdir('/tmp/d');
    world.vfs.symlink(world.context, 'a', '/tmp/l');
    await world.run((self, sys) => {
      const fd = open(self, sys, '/tmp', O_DIRECTORY);
      expect(sys.readdir(self, fd).map(({ name, type }) => `${name}:${type}`)).toEqual(['.:4', '..:4', 'a:8', 'd:4', 'l:10']);
      expect(() => sys.readdir(self, open(self, sys, '/tmp/a'))).toThrow('ENOTDIR');
    });
  });
});

describe('host streams', () => {
  it('input: what is pushed is read, then end of file; the host is told to stop and to go on', async () => {
    const world = new World();
    let room = 0;
    const input = world.kernel.createInput({ onRoom: () => room++ });
    const big = new Uint8Array(150_001).fill(1);
    expect(input.push(bytes('first'))).toBe(true);
    expect(input.push(big)).toBe(false);
    let total = 0;
    const status = world.run(
      function* (self, sys) {
        const buffer = new Uint8Array(1000);
        for (;;) {
          const count = yield* call(sys.read(self, 0, buffer));
          if (count === 0) return;
          total += count;
        }
      },
      { files: [input.file] },
    );
    setTimeout(() => {
      input.push(bytes('last'));
      input.end();
    }, 5);
    expect(await status).toBe(0);
    expect(total).toBe(big.length + 9);
    // Once when there was room again, once when a reader found nothing.
    expect(room).toBe(2);
  });

  it('output: a full sink holds the writer back; a broken one is SIGPIPE', async () => {
    const world = new World();
    let length = 0;
    const output = world.kernel.createOutput((chunk) => {
      length += chunk.length;
      setTimeout(() => output.drained(), 1);
      return false;
    });
    const size = 200_003;
    const status = await world.run(
      function* (self, sys) {
        expect(yield* call(sys.write(self, 1, new Uint8Array(size)))).toBe(size);
        const { pid } = sys.fork(
          self,
          world.program(function* (me) {
            yield* call(sys.write(me, 1, new Uint8Array(size)));
          }),
        );
        yield* call(sys.nanosleep(self, 1));
        output.broken();
        return (yield* call(sys.wait(self, pid, 0)))?.status ?? 0;
      },
      { files: [undefined, output.file] },
    );
    expect(length).toBeGreaterThanOrEqual(size);
    expect(status >> 8).toBe(13);
  });

  it('O_NONBLOCK of an empty input and a full output is EAGAIN', async () => {
    const world = new World();
    const input = world.kernel.createInput();
    const output = world.kernel.createOutput(() => false);
    await world.run(
      (self, sys) => {
        sys.setFlags(self, 0, O_NONBLOCK);
        sys.setFlags(self, 1, O_NONBLOCK);
        expect(() => sys.read(self, 0, new Uint8Array(1))).toThrow('EAGAIN');
        expect(sys.write(self, 1, new Uint8Array(1))).toBe(1);
        expect(() => sys.write(self, 1, new Uint8Array(1))).toThrow('EAGAIN');
      },
      { files: [input.file, output.file] },
    );
  });
});

describe('directories of processes', () => {
  it('chdir, fchdir, getcwd, openat relative to a descriptor, chroot', async () => {
    const world = new World();
    world.mkdir('/a');
    world.mkdir('/a/b');
    world.file('/a/b/f', 'x');
    await world.run((self, sys) => {
      sys.chdir(self, '/a/b');
      expect(sys.getcwd(self)).toBe('/a/b');
      const parent = open(self, sys, '..', O_DIRECTORY | O_CLOEXEC);
      expect(sys.stat(self, parent, 'b/f', true).size).toBe(1);
      sys.fchdir(self, parent);
      expect(sys.getcwd(self)).toBe('/a');
      expect(() => sys.fchdir(self, open(self, sys, 'b/f'))).toThrow('ENOTDIR');
      expect(() => sys.stat(self, open(self, sys, 'b/f'), 'x', true)).toThrow('ENOTDIR');
      sys.chroot(self, '/a');
      expect(sys.getcwd(self)).toBe('/');
      expect(sys.stat(self, AT_FDCWD, '/../../b/f', true).size).toBe(1);
      sys.chdir(self, '/b');
      sys.unlinkat(self, AT_FDCWD, 'f', false);
      sys.unlinkat(self, AT_FDCWD, '/b', true);
      expect(() => sys.getcwd(self)).toThrow('ENOENT');
    });
  });
});
