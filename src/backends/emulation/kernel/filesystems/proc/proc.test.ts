import { describe, expect, it } from 'vitest';
import { Errno } from '../../../errno.ts';
import { O_CREAT, O_RDONLY, O_TRUNC, O_WRONLY, S_IFIFO } from '../../../vfs/types.ts';
import { BLOCKED, type Process, type SystemCalls } from '../../types.ts';
import { call } from '../../testing/programs.ts';
import { mountProc, World } from '../../testing/world.ts';

const AT_FDCWD = -100;

/** The whole content of a file, as a process reads it. */
function slurp(self: Process, sys: SystemCalls, path: string): string {
  const fd = sys.openat(self, AT_FDCWD, path, O_RDONLY, 0);
  if (fd === BLOCKED) throw new Error('blocked');
  let text = '';
  const buffer = new Uint8Array(100);
  for (;;) {
    const count = sys.read(self, fd, buffer);
    if (count === BLOCKED) throw new Error('blocked');
    if (count === 0) break;
    text += new TextDecoder().decode(buffer.subarray(0, count));
  }
  sys.close(self, fd);
  return text;
}

/** What one process sees of files of /proc. */
async function look(paths: readonly string[], world = procWorld()): Promise<string[]> {
  const seen: string[] = [];
  await world.run((self, sys) => {
    for (const path of paths) seen.push(slurp(self, sys, path));
  });
  return seen;
}

function procWorld(...args: ConstructorParameters<typeof World>): World {
  const world = new World(...args);
  mountProc(world);
  return world;
}

describe('proc(5): /proc/PID', () => {
  it('stat has 52 fields with pid, comm in parentheses, state, ppid, pgrp, session', async () => {
    const [stat = ''] = await look(['/proc/self/stat']);
    const fields = stat.trimEnd().split(' ');
    expect(fields).toHaveLength(52);
    expect(fields.slice(0, 8)).toEqual(['1', '(script0)', 'R', '0', '1', '1', '0', '-1']);
    expect(fields[37]).toBe('17');
  });

  it('status names state, ids, signal masks and capabilities in Linux\u2019s format', async () => {
    const [status = ''] = await look(['/proc/1/status']);
    expect(status).toMatch(/^Name:\tscript0\nUmask:\t0022\nState:\tR \(running\)\nTgid:\t1\n/);
    expect(status).toContain('Uid:\t0\t0\t0\t0\n');
    expect(status).toContain('VmRSS:\t      64 kB\n');
    expect(status).toContain('SigBlk:\t0000000000000000\n');
    expect(status).toContain('CapEff:\t000001ffffffffff\n');
    expect(status).toContain('NoNewPrivs:\t0\n');
  });

  it('cmdline and environ are NUL-terminated strings, cgroup is one line', async () => {
    const world = procWorld({ cgroupPath: '/tsrun-x' });
    const seen = await look(['/proc/self/cmdline', '/proc/self/environ', '/proc/self/cgroup', '/proc/self/comm'], world);
    expect(seen).toEqual(['/bin/script0\0', 'PATH=/bin\0', '0::/tsrun-x\n', 'script0\n']);
  });

  it('limits is a table with columns of 25, 20, 20 and 10', async () => {
    const [limits = ''] = await look(['/proc/self/limits']);
    const lines = limits.split('\n');
    expect(lines).toHaveLength(18);
    expect(lines[0]).toBe('Limit                     Soft Limit           Hard Limit           Units     ');
    expect(lines[8]).toBe('Max open files            1024                 1048576              files     ');
    expect(lines[1]).toBe('Max cpu time              unlimited            unlimited            seconds   ');
  });

  it('mounts and mountinfo list what is mounted, with octal escapes', async () => {
    const world = procWorld();
    world.mkdir('/a b');
    const seen: string[] = [];
    await world.run((self, sys) => {
      sys.mount(self, 'tmpfs', '/a b', 'tmpfs', 1 | 2, 'size=64k');
      seen.push(slurp(self, sys, '/proc/self/mounts'), slurp(self, sys, '/proc/self/mountinfo'));
    });
    expect(seen[0]).toContain('proc /proc proc rw 0 0\n');
    expect(seen[0]).toContain('tmpfs /a\\040b tmpfs ro,nosuid,size=64k 0 0\n');
    expect(seen[1]).toMatch(/^\d+ \d+ 0:\d+ \/ \/a\\040b ro,nosuid - tmpfs tmpfs rw,size=64k$/m);
  });

  it('fd lists open descriptors as links to what they are', async () => {
    const world = procWorld();
    world.file('/tmp/f', 'x');
    const out = world.collector();
    const seen: unknown[] = [];
    await world.run(
      (self, sys) => {
        sys.openat(self, AT_FDCWD, '/tmp/f', O_RDONLY, 0);
        const directory = sys.openat(self, AT_FDCWD, '/proc/self/fd', O_RDONLY, 0) as number;
        seen.push(sys.readdir(self, directory).map(({ name }) => name));
        seen.push(sys.readlinkat(self, AT_FDCWD, '/proc/self/fd/0'));
        seen.push(sys.readlinkat(self, AT_FDCWD, '/proc/self/fd/1'));
      },
      { files: [undefined, out.file] },
    );
    expect(seen).toEqual([['.', '..', '0', '1', '2'], '/tmp/f', expect.stringMatching(/^pipe:\[\d+\]$/)]);
  });

  it('opening /proc/self/fd/N of a pipe gives that pipe again', async () => {
    const world = procWorld();
    let got = '';
    await world.run(function* (self, sys) {
      const [r, w] = sys.pipe(self, 0);
      const again = yield* call(sys.openat(self, AT_FDCWD, `/proc/self/fd/${w}`, O_WRONLY, 0));
      yield* call(sys.write(self, again, new TextEncoder().encode('through')));
      const buffer = new Uint8Array(10);
      got = new TextDecoder().decode(buffer.subarray(0, yield* call(sys.read(self, r, buffer))));
    });
    expect(got).toBe('through');
  });

  it('a user can open and chown the streams that the container was given', async () => {
    const world = procWorld();
    const out = world.collector();
    await world.run(
      function* (self, sys) {
        const fd = yield* call(sys.openat(self, AT_FDCWD, '/proc/self/fd/1', O_WRONLY | O_CREAT | O_TRUNC, 0o666));
        yield* call(sys.write(self, fd, new TextEncoder().encode('out')));
        expect(sys.fstat(self, fd)).toMatchObject({ uid: 1000, mode: S_IFIFO | 0o600 });
        sys.setAttributesAt(self, AT_FDCWD, '/proc/self/fd/1', { mode: 0o622 }, true);
        expect(sys.fstat(self, 1).mode).toBe(S_IFIFO | 0o622);
        expect(() => sys.openat(self, AT_FDCWD, '/proc/self/fd/1', O_RDONLY, 0)).toThrow('EACCES');
      },
      { files: [undefined, out.file], ids: { ruid: 1000, euid: 1000, suid: 1000, rgid: 0, egid: 0, sgid: 0, groups: [] } },
    );
    expect(out.text()).toBe('out');
  });

  it('environ and cwd of another user are EACCES, its status is not', async () => {
    const world = procWorld();
    const seen: unknown[] = [];
    await world.run(function* (self, sys) {
      const child = sys.fork(
        self,
        world.program((me) => {
          sys.setuids(me, 1000, 1000, 1000);
          for (const attempt of [
            () => slurp(me, sys, '/proc/1/environ'),
            () => sys.readlinkat(me, AT_FDCWD, '/proc/1/cwd'),
            () => slurp(me, sys, '/proc/1/status').slice(0, 4),
          ]) {
            try {
              seen.push(attempt());
            } catch (error) {
              seen.push((error as Errno).errno);
            }
          }
        }),
      );
      yield* call(sys.wait(self, child.pid, 0));
    });
    expect(seen).toEqual(['EACCES', 'EACCES', 'Name']);
  });

  it('self is the process whose call it is, also when a vfork child runs within its parent\u2019s turn', async () => {
    const world = procWorld();
    const seen: unknown[] = [];
    await world.run(function* (self, sys) {
      const child = sys.fork(
        self,
        world.program(() => 0),
      );
      seen.push(sys.readlinkat(child, AT_FDCWD, '/proc/self'), slurp(child, sys, '/proc/self/stat').split(' ')[0]);
      seen.push(sys.readlinkat(self, AT_FDCWD, '/proc/self'), sys.readlinkat(self, AT_FDCWD, '/proc/thread-self'));
      yield* call(sys.wait(self, child.pid, 0));
    });
    expect(seen).toEqual(['2', '2', '1', '1/task/1']);
    expect(() => world.vfs.resolve(world.context, '/proc/self')).toThrow('ENOENT');
  });

  it.each([
    ['', ['1', '2'], 'Name'],
    ['hidepid=1', ['1', '2'], 'EACCES'],
    ['hidepid=2', ['2'], 'ENOENT'],
    ['hidepid=2,gid=1000', ['1', '2'], 'Name'],
    ['subset=pid', ['1', '2'], 'Name'],
  ])('mounted with %j, a user sees %j, and of pid 1 %s', async (data, pids, status) => {
    const world = new World();
    world.mkdir('/p');
    const seen: unknown[] = [];
    await world.run(function* (self, sys) {
      sys.mount(self, 'proc', '/p', 'proc', 0, data);
      const child = sys.fork(
        self,
        world.program((me) => {
          sys.setgids(me, 1000, 1000, 1000);
          sys.setuids(me, 1000, 1000, 1000);
          const names = sys.readdir(me, sys.openat(me, AT_FDCWD, '/p', O_RDONLY, 0) as number).map(({ name }) => name);
          expect(names.includes('meminfo')).toBe(data !== 'subset=pid');
          seen.push(names.filter((name) => /^[0-9]/.test(name)));
          try {
            seen.push(slurp(me, sys, '/p/1/status').slice(0, 4));
          } catch (error) {
            seen.push((error as Errno).errno);
          }
        }),
      );
      yield* call(sys.wait(self, child.pid, 0));
    });
    expect(seen).toEqual([pids, status]);
  });

  it('a zombie is seen as such until it is waited for', async () => {
    const world = procWorld();
    const seen: unknown[] = [];
    await world.run(function* (self, sys) {
      const { pid } = sys.fork(
        self,
        world.program(() => 0),
      );
      yield* call(sys.yield(self));
      seen.push(slurp(self, sys, `/proc/${pid}/stat`).split(' ')[2], slurp(self, sys, `/proc/${pid}/cmdline`));
      yield* call(sys.wait(self, pid, 0));
      expect(() => sys.stat(self, AT_FDCWD, `/proc/${pid}`, true)).toThrow('ENOENT');
    });
    expect(seen).toEqual(['Z', '']);
  });
});

describe('proc(5): the whole system', () => {
  it('meminfo takes its total from the memory limit, programs are anonymous and files shared memory', async () => {
    const world = procWorld({ limits: { memory: 64 * 2 ** 20 } });
    world.file('/big', 'x'.repeat(2 ** 20));
    const [meminfo = ''] = await look(['/proc/meminfo'], world);
    const files = Math.floor(world.vfs.memory.files / 1024);
    expect(files).toBeGreaterThan(1024);
    expect(meminfo).toMatch(/^MemTotal: {10}65536 kB\n/);
    expect(meminfo).toMatch(new RegExp(`^MemFree: +${65536 - 64 - files} kB$`, 'm'));
    expect(meminfo).toMatch(new RegExp(`^AnonPages: +64 kB$`, 'm'));
    expect(meminfo).toMatch(new RegExp(`^Shmem: +${files} kB$`, 'm'));
  });

  it('uptime, loadavg, stat and version have the fields that ps and top read', async () => {
    const [uptime, loadavg, stat, version] = await look(['/proc/uptime', '/proc/loadavg', '/proc/stat', '/proc/version']);
    expect(uptime).toMatch(/^\d+\.\d\d \d+\.\d\d\n$/);
    expect(loadavg).toMatch(/^\d+\.\d\d \d+\.\d\d \d+\.\d\d 1\/1 1\n$/);
    expect(stat).toMatch(/^cpu {2}(\d+ ){9}\d+\ncpu0 /);
    expect(stat).toMatch(/^btime \d+$/m);
    expect(version).toMatch(/^Linux version /);
  });

  it('sys/kernel/hostname follows sethostname, and writing it needs CAP_SYS_ADMIN', async () => {
    const world = procWorld();
    const seen: unknown[] = [];
    await world.run(function* (self, sys) {
      sys.sethostname(self, 'one');
      seen.push(slurp(self, sys, '/proc/sys/kernel/hostname'));
      const fd = yield* call(sys.openat(self, AT_FDCWD, '/proc/sys/kernel/hostname', O_WRONLY, 0));
      yield* call(sys.write(self, fd, new TextEncoder().encode('two\n')));
      seen.push(world.kernel.hostname);
      sys.setuids(self, 1, 1, 1);
      expect(() => sys.write(self, fd, new TextEncoder().encode('three'))).toThrow('EPERM');
    });
    expect(seen).toEqual(['one\n', 'two']);
  });

  it('sysctl values of the config appear under /proc/sys', async () => {
    const world = procWorld({ sysctl: new Map([['net/core/somaxconn', '77']]) });
    const seen: unknown[] = [];
    await world.run((self, sys) => {
      seen.push(slurp(self, sys, '/proc/sys/net/core/somaxconn'));
      const fd = sys.openat(self, AT_FDCWD, '/proc/sys', O_RDONLY, 0) as number;
      seen.push(sys.readdir(self, fd).map(({ name }) => name));
    });
    expect(seen).toEqual(['77\n', ['.', '..', 'fs', 'kernel', 'net', 'vm']]);
  });
});

describe('cgroups(7), version 2, from inside', () => {
  it('shows limits, use and members', async () => {
    const world = new World({ limits: { memory: 1 << 20, pids: 5, cpu: { quotaMs: 50, periodMs: 100 } } });
    const seen: string[] = [];
    world.mkdir('/cg');
    await world.run((self, sys) => {
      sys.mount(self, 'cgroup', '/cg', 'cgroup2', 0, '');
      for (const name of ['memory.max', 'memory.current', 'pids.max', 'pids.current', 'cpu.max', 'cgroup.procs'])
        seen.push(slurp(self, sys, `/cg/${name}`));
    });
    expect(seen).toEqual(['1048576\n', `${65536 + world.vfs.memory.files}\n`, '5\n', '1\n', '50000 100000\n', '1\n']);
  });
});

describe('namespaces(7) as they are seen', () => {
  it('numbers, id maps and clock offsets are those that the kernel was made with', async () => {
    const world = procWorld({
      namespaces: new Map([['net', 77]]),
      idMaps: { uid: '0 100000 10\n', gid: '5 200000 1\n' },
      clockOffsets: { monotonic: 1_000_000_000_005n, boottime: -1n },
    });
    const seen: unknown[] = [];
    await world.run((self, sys) => {
      seen.push(sys.readlinkat(self, AT_FDCWD, '/proc/self/ns/net'), sys.readlinkat(self, AT_FDCWD, '/proc/self/ns/pid_for_children'));
      seen.push(sys.clock(self, 1) > 1_000_000_000_005n);
      for (const name of ['uid_map', 'gid_map', 'timens_offsets']) seen.push(slurp(self, sys, `/proc/self/${name}`).replaceAll(/ +/g, ' '));
    });
    expect(seen).toEqual([
      'net:[77]',
      'pid:[4026531836]',
      true,
      ' 0 100000 10\n',
      ' 5 200000 1\n',
      'monotonic 1000 5\nboottime -1 999999999\n',
    ]);
  });
});
