import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { statusField } from '../../helpers/assert.ts';
import type { JsonValue } from '../../helpers/config.ts';
import { CAP_SYS_RESOURCE, capabilities, kernel } from '../../helpers/host.ts';
import { subject } from '../../helpers/subject.ts';
import { test } from '../../helpers/test.ts';

describe('config.md#process', () => {
  test('args are passed as they are, argv[0] included', async ({ box }) => {
    const result = await box.run('', {
      '/process/args': ['/bin/sh', '-c', 'for a; do echo "<$a>"; done', 'zero', 'a b', '', '"', '$x', 'ü\n'],
    });
    expect(result.stdout).toBe('<a b>\n<>\n<">\n<$x>\n<ü\n>\n');
  });

  test('args[0] without a slash is searched in the PATH of process.env', async ({ box }) => {
    expect((await box.run('', { '/process/args': ['echo', 'found'] })).stdout).toBe('found\n');
    expect((await box.runFails('', { '/process/args': ['echo'], '/process/env': ['PATH=/etc'] })).msg).toContain(
      'executable file not found in $PATH',
    );
  });

  test('env is exactly that of the config', async ({ box }) => {
    const result = await box.run('', { '/process/args': ['/bin/env'], '/process/env': ['B=2', 'A=1', 'EMPTY=', 'X=a=b', 'HOME=/h'] });
    expect(result.stdout).toBe('B=2\nA=1\nEMPTY=\nX=a=b\nHOME=/h\n');
  });

  test('an empty HOME is as none: that of the passwd file', async ({ box }) => {
    const bundle = box.bundle('env | grep HOME', {
      '/process/env': ['PATH=/bin', 'HOME=/other', 'HOME='],
      '/process/user': { uid: 7, gid: 7 },
    });
    writeFileSync(join(bundle.rootfs, 'etc/passwd'), 'seven:x:7:7::/home/seven:/bin/sh\n');
    expect((await box.runBundle(bundle)).stdout).toBe('HOME=/home/seven\n');
  });

  test('cwd is where the program starts', async ({ box }) => {
    expect((await box.run('pwd -P', { '/process/cwd': '/tmp' })).stdout).toBe('/tmp\n');
  });

  test('a cwd that does not exist is made, by root and below a read-only root too, but not by exec', async ({ box }) => {
    const changes = { '/process/cwd': '/made', '/root/readonly': true, '/process/user': { uid: 1000, gid: 1000 } };
    const bundle = await box.started('pwd -P > /dev/shm/cwd; exec sleep 100', changes);
    expect((await box.exec(bundle.id, 'cat /dev/shm/cwd')).stdout).toBe('/made\n');
    const { stderr, code } = await box.exec(bundle.id, 'true', ['--cwd', '/missing']);
    expect({ code, stderr }).toEqual({ code: 255, stderr: expect.stringMatching(/missing.* set in config.json failed/) });
    expect((await box.run('pwd -P', { '/process/cwd': '/made/for/it' })).stdout).toBe('/made/for/it\n');
  });

  test('a cwd that is a file is refused by its name', async ({ box }) => {
    expect((await box.runFails('true', { '/process/cwd': '/etc/passwd' })).msg).toMatch(/\/etc\/passwd.*not a directory/i);
  });

  test('a cwd through a descriptor of the host is refused (CVE-2024-21626)', async ({ box }) => {
    const { closeSync, openSync } = await import('node:fs');
    const leaks = [openSync('/', 'r'), openSync('/', 'r'), openSync('/', 'r')];
    const bundle = box.bundle('true', {});
    for (let fd = 3; fd < 12; fd++) {
      const again = box.bundle('cat etc/hostname etc/marker', { '/process/cwd': `/proc/self/fd/${fd}` });
      // oxlint-disable-next-line no-await-in-loop
      const result = await box.tsrun(['run', '--bundle', again.path, again.id], { fds: leaks });
      expect(result.code === 0 ? result.stdout : '').not.toMatch(/./);
    }
    for (const fd of leaks) closeSync(fd);
    expect(bundle.id).not.toBe('');
  });

  test('oomScoreAdj is set, and left alone where it is not', async ({ box }) => {
    const { readFileSync } = await import('node:fs');
    expect((await box.run('cat /proc/self/oom_score_adj', { '/process/oomScoreAdj': 500 })).stdout).toBe('500\n');
    expect((await box.run('cat /proc/self/oom_score_adj')).stdout).toBe(readFileSync('/proc/self/oom_score_adj', 'utf8'));
  });

  test('noNewPrivileges', async ({ box }) => {
    const script = 'grep NoNewPrivs /proc/self/status';
    expect((await box.run(script, { '/process/noNewPrivileges': true })).stdout).toBe('NoNewPrivs:\t1\n');
    expect((await box.run(script)).stdout).toBe('NoNewPrivs:\t0\n');
  });
});

describe('config.md#user', () => {
  test('uid, gid, additionalGids and umask', async ({ box }) => {
    const user = { uid: 1000, gid: 100, additionalGids: [7, 8], umask: 0o027 };
    const result = await box.run('id -u; id -g; id -G; umask', { '/process/user': user });
    expect(result.stdout).toBe('1000\n100\n100 7 8\n0027\n');
  });

  test('no groups of the caller are left', async ({ box }) => {
    expect((await box.run('grep Groups /proc/self/status')).stdout.trim()).toMatch(/^Groups:( *|\s0)$/);
  });

  test('all four ids are set', async ({ box }) => {
    const status = (await box.run('cat /proc/self/status', { '/process/user': { uid: 5, gid: 6 } })).stdout;
    expect(statusField(status, 'Uid').split(/\s+/)).toEqual(['5', '5', '5', '5']);
    expect(statusField(status, 'Gid').split(/\s+/)).toEqual(['6', '6', '6', '6']);
  });

  test('the default umask is 0022 or that of the caller', async ({ box }) => {
    expect((await box.run('umask')).stdout).toMatch(/^00[02]2\n$/);
  });
});

describe('config.md#linux-process: capabilities', () => {
  const sets = async (result: Promise<{ stdout: string }>): Promise<Record<string, string>> => {
    const { stdout } = await result;
    return Object.fromEntries(
      ['CapInh', 'CapPrm', 'CapEff', 'CapBnd', 'CapAmb'].map((name) => [name, statusField(stdout, name).replace(/^0+(?=.)/, '')]),
    );
  };

  test('the five sets are exactly those configured', async ({ box }) => {
    const value = {
      bounding: ['CAP_CHOWN', 'CAP_KILL', 'CAP_SYS_TIME'],
      effective: ['CAP_CHOWN'],
      inheritable: ['CAP_KILL'],
      permitted: ['CAP_CHOWN', 'CAP_KILL'],
      ambient: ['CAP_KILL'],
    };
    // execve by root without SECBIT_NOROOT gives all of the bounding set: a user sees the sets themselves.
    const user = await sets(
      box.run('cat /proc/self/status', { '/process/capabilities': value, '/process/user': { uid: 1000, gid: 1000 } }),
    );
    expect(user).toEqual({ CapInh: '20', CapPrm: '20', CapEff: '20', CapBnd: '2000021', CapAmb: '20' });
  });

  test('absent capabilities are empty sets', async ({ box }) => {
    const none = await sets(box.run('cat /proc/self/status', { '/process/capabilities': undefined }));
    expect(none).toEqual({ CapInh: '0', CapPrm: '0', CapEff: '0', CapBnd: '0', CapAmb: '0' });
  });

  test('an unknown capability is a warning that names it, and the container runs', async ({ box }) => {
    const result = await box.run('echo ok', { '/process/capabilities/bounding/-': 'CAP_NOPE' });
    expect(result.stdout).toBe('ok\n');
    expect(result.warnings.join('\n')).toContain('CAP_NOPE');
  });

  test.skipIf((capabilities & CAP_SYS_RESOURCE) !== 0n)(
    'a capability the caller lacks is a warning, and the container runs',
    async ({ box }) => {
      const all: JsonValue = ['CAP_SYS_RESOURCE', 'CAP_KILL'];
      const result = await box.run('echo ok', { '/process/capabilities': { bounding: all, effective: all, permitted: all } });
      expect(result.stdout).toBe('ok\n');
      expect(result.warnings.join('\n')).toMatch(/CAP_SYS_RESOURCE/);
    },
  );
});

describe('config.md#posix-process: rlimits', () => {
  test('getrlimit equals soft and hard for every type', async ({ box }) => {
    const wanted = {
      RLIMIT_NOFILE: [500, 700],
      RLIMIT_CORE: [0, 100],
      RLIMIT_NPROC: [1000, 2000],
      RLIMIT_FSIZE: [1 << 20, 1 << 21],
      RLIMIT_CPU: [100, 200],
      RLIMIT_DATA: [2 ** 30, 2 ** 31],
      RLIMIT_STACK: [1 << 20, 1 << 23],
      RLIMIT_AS: [2 ** 31, 2 ** 32],
      RLIMIT_MSGQUEUE: [4096, 8192],
      RLIMIT_SIGPENDING: [50, 60],
      RLIMIT_RSS: [1 << 28, 1 << 29],
      RLIMIT_LOCKS: [10, 20],
      RLIMIT_MEMLOCK: [4096, 8192],
      RLIMIT_NICE: [0, 0],
      RLIMIT_RTPRIO: [0, 0],
      RLIMIT_RTTIME: [1000, 2000],
    } as const;
    const rlimits = Object.entries(wanted).map(([type, [soft, hard]]) => ({ type, soft, hard }));
    const { stdout } = await box.run('cat /proc/self/limits', { '/process/rlimits': rlimits });
    const seen = Object.fromEntries(
      stdout.split('\n').map((line) => [line.slice(0, 26).trim(), line.slice(26).trim().split(/\s+/).slice(0, 2).map(Number)]),
    );
    expect(seen).toMatchObject({
      'Max open files': [500, 700],
      'Max core file size': [0, 100],
      'Max processes': [1000, 2000],
      'Max file size': [1 << 20, 1 << 21],
      'Max cpu time': [100, 200],
      'Max data size': [2 ** 30, 2 ** 31],
      'Max stack size': [1 << 20, 1 << 23],
      'Max address space': [2 ** 31, 2 ** 32],
      'Max msgqueue size': [4096, 8192],
      'Max pending signals': [50, 60],
      'Max resident set': [1 << 28, 1 << 29],
      'Max file locks': [10, 20],
      'Max locked memory': [4096, 8192],
      'Max nice priority': [0, 0],
      'Max realtime priority': [0, 0],
      'Max realtime timeout': [1000, 2000],
    });
  });

  test.skipIf((capabilities & CAP_SYS_RESOURCE) !== 0n)(
    'a limit above what the caller may set is an error that names it',
    async ({ box }) => {
      const failure = await box.runFails('true', { '/process/rlimits': [{ type: 'RLIMIT_NPROC', soft: 2 ** 40, hard: 2 ** 40 }] });
      expect(failure.msg).toMatch(/rlimit/i);
      expect(failure.msg).toMatch(/not permitted/i);
    },
  );
});

describe('config.md#linux-process: scheduling', () => {
  test('scheduler policy and nice value', async ({ box }) => {
    const result = await box.run('cut -d" " -f19,41 /proc/self/stat', { '/process/scheduler': { policy: 'SCHED_BATCH', nice: 5 } });
    expect(result.stdout).toBe('5 3\n');
  });

  test('ioPriority', async ({ box }) => {
    const result = await box.run('ionice -p $$', { '/process/ioPriority': { class: 'IOPRIO_CLASS_BE', priority: 6 } });
    expect(result.stdout).toMatch(/best-effort: prio 6/);
  });

  test('execCPUAffinity is applied to an exec', async ({ box }) => {
    const bundle = await box.started('sleep 100', { '/process/execCPUAffinity': { initial: '0', final: '0' } });
    expect((await box.exec(bundle.id, 'grep Cpus_allowed_list /proc/self/status')).stdout).toBe('Cpus_allowed_list:\t0\n');
  });

  test("a process may use all CPUs of its cgroup, whatever tsrun's caller had", async ({ box }) => {
    const allowed = 'grep Cpus_allowed_list /proc/self/status';
    const { stdout: all } = await box.run(allowed);
    const narrow = (...args: string[]): string =>
      spawnSync('taskset', ['--cpu-list', '0', ...subject.command, '--root', box.root, ...args], { encoding: 'utf8' }).stdout;
    const bundle = box.bundle(allowed);
    expect(narrow('run', '--bundle', bundle.path, bundle.id)).toBe(all);
    const running = await box.started('sleep 100');
    expect(narrow('exec', running.id, 'sh', '-c', allowed)).toBe(all);
  });

  test('config-linux.md#personality: LINUX32 changes uname', async ({ box }) => {
    const machine = process.arch === 'x64' ? 'i686' : 'armv8l';
    expect((await box.run('uname -m', { '/linux/personality': { domain: 'LINUX32' } })).stdout).toBe(`${machine}\n`);
    expect((await box.run('uname -m', { '/linux/personality': { domain: 'LINUX' } })).stdout).not.toBe(`${machine}\n`);
  });

  test.skipIf(kernel < 6000)('config-linux.md#memory-policy: the policy of the process is that configured', async ({ box }) => {
    const result = await box.run('grep -m1 -o "interleave:0\\|bind:0" /proc/self/numa_maps', {
      '/linux/memoryPolicy': { mode: 'MPOL_BIND', nodes: '0' },
    });
    expect(result.stdout).toMatch(/bind:0/);
  });

  test('hostname and domainname', async ({ box }) => {
    expect(
      (await box.run('hostname; cat /proc/sys/kernel/domainname', { '/hostname': 'other', '/domainname': 'example.org' })).stdout,
    ).toBe('other\nexample.org\n');
  });

  test('config-linux.md#intelrdt: refused where there is no resctrl', async ({ box }) => {
    const { existsSync } = await import('node:fs');
    if (existsSync('/sys/fs/resctrl/schemata')) return;
    const failure = await box.runFails('true', { '/linux/intelRdt': { closID: 'x', l3CacheSchema: 'L3:0=f' } });
    expect(failure.msg).toMatch(/rdt/i);
  });

  test('a script of the rootfs is run by its interpreter', async ({ box }) => {
    const bundle = box.bundle('', { '/process/args': ['/script', 'x'] });
    writeFileSync(join(bundle.rootfs, 'script'), '#!/bin/sh\necho "$0 $1"\n', { mode: 0o755 });
    expect((await box.runBundle(bundle)).stdout).toBe('/script x\n');
  });
});
