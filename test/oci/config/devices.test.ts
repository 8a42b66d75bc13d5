import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { blames } from '../../helpers/assert.ts';
import { run } from '../../helpers/process.ts';
import { subject } from '../../helpers/subject.ts';
import { test } from '../../helpers/test.ts';

const device = (path: string, more: Record<string, string | number> = {}): Record<string, string | number> => ({
  type: 'c',
  path,
  major: 1,
  minor: 3,
  ...more,
});
const allow = { '/linux/resources/devices': [{ allow: true, access: 'rwm' }] };

describe('config-linux.md#default-devices', () => {
  test('null, zero, full, random, urandom, tty and ptmx are there, with their numbers', async ({ box }) => {
    const result = await box.run(
      'for d in null zero full random urandom tty; do stat -c "%n %t:%T %a %u:%g" /dev/$d; done; readlink /dev/ptmx',
    );
    expect(result.stdout).toBe(
      ['null 1:3', 'zero 1:5', 'full 1:7', 'random 1:8', 'urandom 1:9', 'tty 5:0'].map((text) => `/dev/${text} 666 0:0\n`).join('') +
        'pts/ptmx\n',
    );
  });

  test('the default devices can be used although all devices are denied', async ({ box }) => {
    expect((await box.run('echo x > /dev/null && head -c 3 /dev/zero | wc -c && head -c 1 /dev/urandom | wc -c')).stdout).toBe('3\n1\n');
  });

  test('runtime-linux.md#dev-symbolic-links: fd, stdin, stdout, stderr', async ({ box }) => {
    const result = await box.run('for l in fd stdin stdout stderr; do readlink /dev/$l; done');
    expect(result.stdout).toBe('/proc/self/fd\n/proc/self/fd/0\n/proc/self/fd/1\n/proc/self/fd/2\n');
  });
});

describe('config-linux.md#devices', () => {
  test('type, numbers, mode and owner are those configured', async ({ box }) => {
    const devices = [
      device('/dev/mine', { fileMode: 0o640, uid: 5, gid: 6 }),
      device('/dev/sub/blk', { type: 'b', major: 7, minor: 200, fileMode: 0o600 }),
      { type: 'p', path: '/dev/fifo', fileMode: 0o622 },
      device('/dev/u', { type: 'u', fileMode: 0o666 }),
    ];
    const result = await box.run('stat -c "%n %F %t:%T %a %u:%g" /dev/mine /dev/sub/blk /dev/fifo /dev/u', {
      ...allow,
      '/linux/devices': devices,
    });
    expect(result.stdout).toBe(
      '/dev/mine character special file 1:3 640 5:6\n/dev/sub/blk block special file 7:c8 600 0:0\n/dev/fifo fifo 0:0 622 0:0\n/dev/u character special file 1:3 666 0:0\n',
    );
  });

  test('something else at the path is an error', async ({ box }) => {
    const bundle = box.bundle('true', { ...allow, '/linux/devices': [device('/etc/marker')] });
    expect((await box.fails(['run', '--bundle', bundle.path, bundle.id])).msg).toContain('/etc/marker');
  });

  test('the umask of the caller does not change the modes', async ({ box }) => {
    const old = process.umask(0o077);
    try {
      const result = await box.run('stat -c %a /dev/mine /dev/null', {
        ...allow,
        '/linux/devices': [device('/dev/mine', { fileMode: 0o666 })],
      });
      expect(result.stdout).toBe('666\n666\n');
    } finally {
      process.umask(old);
    }
  });
});

describe('config-linux.md#allowed-device-list', () => {
  test('rules apply in order: what is denied cannot be opened', async ({ box }) => {
    const rules = [
      { allow: false, access: 'rwm' },
      { allow: true, type: 'c', major: 1, minor: 12, access: 'rw' },
      { allow: false, type: 'c', major: 1, minor: 12, access: 'w' },
    ];
    // No driver is behind 1:12 and 1:13: an open that the rules allow says so, one they do not is not permitted.
    const devices = [device('/dev/twelve', { minor: 12 }), device('/dev/thirteen', { minor: 13 })];
    const script = 'for d in twelve thirteen; do (: < /dev/$d) 2>&1; (: >> /dev/$d) 2>&1; done | sed "s/.*: //"';
    const result = await box.run(script, { '/linux/resources/devices': rules, '/linux/devices': devices });
    expect(result.stdout.toLowerCase()).toMatch(
      /^no such device.*\noperation not permitted\noperation not permitted\noperation not permitted\n$/,
    );
  });

  test('allow all', async ({ box }) => {
    expect((await box.run('mknod /dev/x b 7 250 && echo made', allow)).stdout).toBe('made\n');
  });
});

describe.skipIf(!subject.ours)('config-linux.md#allowed-device-list where no cgroup can hold it', () => {
  const POINTER = '/linux/resources/devices';

  test('cgroups are disabled: the container runs, and a warning names the rules', async ({ box }) => {
    const bundle = box.bundle('echo ran');
    const result = await box.ok(['--cgroup-manager', 'disabled', 'run', '--bundle', bundle.path, bundle.id]);
    expect(result.stdout).toBe('ran\n');
    expect(result.warnings).toEqual([`device rules are not applied: cgroups are disabled (config.json ${POINTER})`]);
  });

  test('--strict refuses', async ({ box }) => {
    const bundle = box.bundle('echo ran');
    const failure = await box.fails(['--strict', '--cgroup-manager', 'disabled', 'run', '--bundle', bundle.path, bundle.id]);
    blames(failure, POINTER);
    expect(box.ids()).toEqual([]);
  });

  test('no cgroups are mounted: the container runs, and a warning names the rules', async ({ box }) => {
    const bundle = box.bundle('echo ran', { '/linux/cgroupsPath': undefined });
    const command = box.argv(['run', '--bundle', bundle.path, bundle.id], box.path('log')).join(' ');
    const script = `umount -R /sys/fs/cgroup && exec ${command}`;
    expect((await run(['unshare', '--mount', 'sh', '-c', script])).stdout).toBe('ran\n');
    expect(readFileSync(box.path('log'), 'utf8')).toContain(
      `device rules are not applied: no cgroups are mounted (config.json ${POINTER})`,
    );
  });
});

describe('config-linux.md#masked-paths and #readonly-paths', () => {
  test('masked files read as empty, masked directories too, absent ones are no error', async ({ box }) => {
    const bundle = box.bundle(
      'cat /etc/marker; ls /dir; cat /proc/kcore | wc -c; stat -c "%t:%T" /etc/marker; touch /dir/x 2>/dev/null || echo read-only',
      {
        '/linux/maskedPaths': ['/etc/marker', '/dir', '/proc/kcore', '/absent/path'],
      },
    );
    mkdirSync(join(bundle.rootfs, 'dir'));
    writeFileSync(join(bundle.rootfs, 'dir/secret'), 'x');
    expect((await box.runBundle(bundle)).stdout).toBe('0\n1:3\nread-only\n');
  });

  test('read-only paths cannot be written, their sub-mounts neither, absent ones are no error', async ({ box }) => {
    const bundle = box.bundle(
      'echo 1 > /proc/sys/kernel/shmmni 2>/dev/null || echo proc; touch /dir/x 2>/dev/null || echo dir; cat /dir/f; touch /etc/ok && echo writable',
      {
        '/linux/readonlyPaths': ['/proc/sys', '/dir', '/absent'],
      },
    );
    mkdirSync(join(bundle.rootfs, 'dir'));
    writeFileSync(join(bundle.rootfs, 'dir/f'), 'readable\n');
    expect((await box.runBundle(bundle)).stdout).toBe('proc\ndir\nreadable\nwritable\n');
  });

  test('config.md#root: readonly makes / read-only and leaves mounts alone', async ({ box }) => {
    const result = await box.run('touch /x 2>/dev/null || echo ro; touch /dev/shm/x && echo shm', { '/root/readonly': true });
    expect(result.stdout).toBe('ro\nshm\n');
  });

  test('a mask through a /dev/null of the image still hides the file (CVE-2025-31133)', async ({ box }) => {
    const bundle = box.bundle('cat /etc/marker', {
      '/mounts/1': undefined,
      '/mounts/0': { destination: '/proc', type: 'proc', source: 'proc' },
      '/linux/maskedPaths': ['/etc/marker'],
    });
    symlinkSync('/etc/group', join(bundle.rootfs, 'dev/null'));
    const result = await box.tsrun(['run', '--bundle', bundle.path, bundle.id], { until: 'close' });
    expect(result.stdout).toBe('');
  });
});
