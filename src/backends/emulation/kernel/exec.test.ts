import { describe, expect, it } from 'vitest';
import { MS_NOEXEC, MS_NOSUID, O_CLOEXEC, O_RDONLY, O_WRONLY, O_CREAT } from '../vfs/types.ts';
import { memoryFileSystem } from '../vfs/memory.ts';
import { describeExecutable } from './executable.ts';
import { call } from './testing/programs.ts';
import { exitStatus, World } from './testing/world.ts';
import type { Process, SystemCalls } from './types.ts';

const AT_FDCWD = -100;
/** What execve throws, in a process that goes on. */
function execError(self: Process, sys: SystemCalls, path: string, search = false): unknown {
  try {
    return sys.execve(self, path, [path], [], search);
  } catch (error) {
    return (error as { errno?: string }).errno;
  }
}

describe('execve(2): what can be executed', () => {
  it.each([
    ['a missing file', '/nothing', 'ENOENT'],
    ['an empty path', '', 'ENOENT'],
    ['a directory', '/tmp', 'EACCES'],
    ['a file without execute permission', '/tmp/plain', 'EACCES'],
    ['text without #!', '/tmp/text', 'ENOEXEC'],
    ['an empty file', '/tmp/empty', 'ENOEXEC'],
    ['a file of a noexec mount', '/noexec/x', 'EACCES'],
    ['a script whose interpreter is missing', '/tmp/lost', 'ENOENT'],
    ['a script without an interpreter', '/tmp/bare', 'ENOEXEC'],
    ['scripts that lead to each other', '/tmp/loop', 'ELOOP'],
    ['a file below a file', '/tmp/text/x', 'ENOTDIR'],
  ])('%s is refused and leaves the process as it was', async (_name, path, expected) => {
    const world = new World();
    world.file('/tmp/plain', 'echo', 0o644);
    world.file('/tmp/text', 'echo hi\n', 0o755);
    world.file('/tmp/empty', '', 0o755);
    world.file('/tmp/lost', '#!/bin/missing\n', 0o755);
    world.file('/tmp/bare', '#!  \n', 0o755);
    world.file('/tmp/loop', '#!/tmp/loop\n', 0o755);
    world.mkdir('/noexec');
    world.vfs.mount(memoryFileSystem(), world.vfs.resolve(world.context, '/noexec'), { flags: MS_NOEXEC, source: 'tmpfs' });
    world.install('/noexec/x', () => 0);
    const status = await world.run((self, sys) => {
      expect(execError(self, sys, path)).toBe(expected);
      return 9;
    });
    expect(exitStatus(status)).toBe(9);
  });

  it('#! gives the interpreter one argument, the path as it was executed, and the arguments', async () => {
    const world = new World();
    let seen: readonly string[] = [];
    world.install('/bin/interp', (self) => {
      seen = [...self.argv, self.comm];
    });
    world.file('/tmp/script', '#! /bin/interp  -a b \t\nrest', 0o755);
    await world.run((self, sys) => {
      sys.execve(self, '/tmp/script', ['zero', 'one'], []);
    });
    expect(seen).toEqual(['/bin/interp', '-a b', '/tmp/script', 'one', 'script']);
  });

  it('PATH is searched like execvp: denied ones are passed over, and reported when nothing else is there', async () => {
    const world = new World();
    world.mkdir('/first');
    world.file('/first/tool', 'x', 0o644);
    world.file('/first/denied', 'x', 0o644);
    world.install('/bin/tool', () => 4);
    const status = await world.run(
      (self, sys) => {
        expect(execError(self, sys, 'denied', true)).toBe('EACCES');
        expect(execError(self, sys, 'nowhere', true)).toBe('ENOENT');
        expect(execError(self, sys, 'tool', false)).toBe('ENOENT');
        sys.execve(self, 'tool', ['tool'], [], true);
      },
      { env: ['PATH=/nowhere:/first:/bin'] },
    );
    expect(exitStatus(status)).toBe(4);
  });

  it('arguments that are too long are E2BIG', async () => {
    await new World().run((self, sys) => {
      const long = 'x'.repeat(140_000);
      expect(() => sys.execve(self, '/bin/x', [long], [])).toThrow('E2BIG');
      expect(() =>
        sys.execve(
          self,
          '/bin/x',
          Array.from({ length: 30 }, () => long.slice(0, 100_000)),
          [],
        ),
      ).toThrow('E2BIG');
    });
  });
});

describe('execve(2): set-user-ID', () => {
  const ids = { ruid: 1000, euid: 1000, suid: 1000, rgid: 1000, egid: 1000, sgid: 1000, groups: [] };
  it.each([
    ['gives the owner\u2019s id and its capabilities', {}, 0, [1000, 0, 0], true],
    ['does nothing under noNewPrivileges', { noNewPrivileges: true }, 0, [1000, 1000, 1000], false],
    ['does nothing on a nosuid mount', {}, MS_NOSUID, [1000, 1000, 1000], false],
  ])('%s', async (_name, request, flags, expected, capable) => {
    const world = new World();
    let seen: unknown;
    world.mkdir('/suid');
    world.vfs.mount(memoryFileSystem({ mode: 0o755 }), world.vfs.resolve(world.context, '/suid'), { flags, source: 'tmpfs' });
    world.install(
      '/suid/su',
      ({ ids: { ruid, euid, suid }, capabilities }) => {
        seen = [[ruid, euid, suid], capabilities.effective !== 0n];
      },
      0o4755,
    );
    await world.run(
      (self, sys) => {
        expect(self.capabilities.effective).toBe(0n);
        sys.execve(self, '/suid/su', ['su'], []);
      },
      { ids, ...request },
    );
    expect(seen).toEqual([expected, capable]);
  });
});

describe('execve(2): descriptors', () => {
  it('close-on-exec closes, others stay at their offsets', async () => {
    const world = new World();
    world.file('/tmp/f', 'abcdef');
    let seen: unknown[] = [];
    world.install('/bin/next', (self, sys) => {
      const buffer = new Uint8Array(2);
      sys.read(self, 0, buffer);
      seen = [self.descriptors.map((descriptor) => descriptor !== undefined), String.fromCharCode(...buffer)];
    });
    await world.run((self, sys) => {
      sys.openat(self, AT_FDCWD, '/tmp/f', O_RDONLY, 0);
      sys.openat(self, AT_FDCWD, '/tmp/f', O_RDONLY | O_CLOEXEC, 0);
      sys.read(self, 0, new Uint8Array(2));
      sys.execve(self, '/bin/next', ['next'], []);
    });
    expect(seen).toEqual([[true, false], 'cd']);
  });
});

describe('posix_spawn(3)', () => {
  it('does its file actions in order, in the child alone', async () => {
    const world = new World();
    world.install('/bin/child', function* (self, sys) {
      yield* call(sys.write(self, 1, new TextEncoder().encode(`${sys.getcwd(self)} ${self.descriptors.length}`)));
      return self.pgid === self.pid ? 3 : 4;
    });
    const status = await world.run(function* (self, sys) {
      const [r, w] = sys.pipe(self, O_CLOEXEC);
      const pid = sys.spawn(self, 'child', ['child'], [], {
        search: true,
        pgid: 0,
        files: [
          { action: 'open', fd: 5, path: '/tmp/made', flags: O_WRONLY | O_CREAT, mode: 0o600 },
          { action: 'dup2', from: 5, fd: 1 },
          { action: 'close', fd: 5 },
          { action: 'chdir', path: '/tmp' },
        ],
      });
      expect([r, w]).toEqual([0, 1]);
      return ((yield* call(sys.wait(self, pid, 0)))?.status ?? 0) >> 8;
    });
    expect(exitStatus(status)).toBe(3);
    expect(world.content('/tmp/made')).toBe('/tmp 6');
  });

  it('fails as a whole: no child is left, and its files are closed', async () => {
    const world = new World();
    await world.run((self, sys) => {
      const [, w] = sys.pipe(self, 0);
      expect(() => sys.spawn(self, '/nothing', ['x'], [], { files: [] })).toThrow('ENOENT');
      expect(() => sys.spawn(self, '/bin/script0', ['x'], [], { files: [{ action: 'dup2', from: 77, fd: 0 }] })).toThrow('EBADF');
      expect(() => sys.wait(self, -1, 1)).toThrow('ECHILD');
      sys.close(self, 0);
      sys.sigaction(self, 13, { disposition: 'ignore', flags: 0, mask: 0n });
      expect(() => sys.write(self, w, new Uint8Array(1))).toThrow('EPIPE');
    });
  });
});

describe('describeExecutable', () => {
  it.each([
    ['\0asm\x01\0\0\0', { kind: 'wasm', component: false }],
    ['\0asm\x0d\0\x01\0', { kind: 'wasm', component: true }],
    [`\x7fELF\x02\x01\x01${'\0'.repeat(11)}\x3e\0`, { kind: 'elf', machine: 'x86-64' }],
    [`\x7fELF\x02\x01\x01${'\0'.repeat(11)}\x08\0`, { kind: 'elf', machine: 'MIPS' }],
    ['#!/bin/sh -e\n', { kind: 'script', interpreter: '/bin/sh', argument: '-e' }],
    ['', { kind: 'empty' }],
    ['echo hi\n', { kind: 'text' }],
    ['a\0b', { kind: 'unknown' }],
  ])('%j', (content, expected) => {
    const world = new World();
    world.file('/tmp/x', content);
    expect(describeExecutable(world.vfs.resolve(world.context, '/tmp/x').inode)).toEqual(expected);
  });
});

describe('spawn from outside', () => {
  it('searches PATH of its own environment, starts in its directory, and a failure leaves nothing', () => {
    const world = new World();
    world.install('/bin/tool', () => 0);
    expect(() => world.exec('missing')).toThrow('ENOENT');
    expect(() => world.exec('tool', { cwd: '/nowhere' })).toThrow('ENOENT');
    expect(() => world.exec('tool', { cwd: '/bin/tool' })).toThrow('ENOTDIR');
    expect(world.kernel.processes.size).toBe(0);
    const process = world.exec('tool', { cwd: '/tmp' });
    expect([process.pid, process.sid, process.pgid, process.ppid, process.comm]).toEqual([1, 1, 1, 0, 'tool']);
  });

  it('held: loaded and listed, but runs only when it is released', async () => {
    const world = new World();
    let ran = false;
    const process = world.start(
      () => {
        ran = true;
      },
      { held: true },
    );
    await new Promise((resolve) => {
      setTimeout(resolve, 5);
    });
    expect(ran).toBe(false);
    world.kernel.release(process);
    expect(await world.kernel.exited(process)).toBe(0);
    expect(ran).toBe(true);
  });

  it('an ordinary user keeps the ambient capabilities alone, root gets the bounding set', () => {
    const world = new World();
    world.install('/bin/tool', () => 0);
    const sets = { bounding: 0xffn, effective: 0xfn, inheritable: 0n, permitted: 0xfn, ambient: 0x1n };
    const ids = { ruid: 5, euid: 5, suid: 5, rgid: 5, egid: 5, sgid: 5, groups: [] };
    expect(world.exec('tool', { ids, capabilities: sets }).capabilities).toMatchObject({ effective: 1n, permitted: 1n });
    expect(world.exec('tool', { capabilities: sets }).capabilities).toMatchObject({ effective: 0xffn, permitted: 0xffn });
    world.kernel.shutdown();
  });
});
