import { chmodSync, chownSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { parseMountinfo, blames } from '../../helpers/assert.ts';
import type { JsonValue } from '../../helpers/config.ts';
import { filesystems, kernel } from '../../helpers/host.ts';
import { rootTest, test } from '../../helpers/test.ts';

const mountinfo = 'cat /proc/self/mountinfo';
const tmpfs = (destination: string, ...options: string[]): JsonValue => ({ destination, type: 'tmpfs', source: 'tmpfs', options });
const bind = (source: string, destination: string, ...options: string[]): JsonValue => ({ destination, type: 'bind', source, options });

describe('config.md#mounts', () => {
  test('they are made in listed order, a later one over an earlier', async ({ box }) => {
    const result = await box.run('cat /mnt/a /mnt/sub/b', {
      '/mounts/-': bind(join(box.file('one/a', 'one\n'), '..'), '/mnt', 'rbind'),
      '/mounts/-1': tmpfs('/mnt/sub'),
      '/mounts/-2': bind(box.file('two/b', 'two\n'), '/mnt/sub/b', 'bind'),
    });
    expect(result.stdout).toBe('one\ntwo\n');
  });

  test('targets that do not exist are made, as file or directory', async ({ box }) => {
    const result = await box.run('cat /deep/in/file; test -d /deep/dir && echo dir', {
      '/mounts/-': bind(box.file('src', 'text\n'), '/deep/in/file', 'bind'),
      '/mounts/-1': tmpfs('/deep/dir'),
    });
    expect(result.stdout).toBe('text\ndir\n');
  });

  test('the source of a bind is relative to the bundle', async ({ box }) => {
    const bundle = box.bundle('cat /mnt/f', { '/mounts/-': bind('data', '/mnt', 'rbind', 'ro') });
    mkdirSync(join(bundle.path, 'data'));
    writeFileSync(join(bundle.path, 'data/f'), 'relative\n');
    expect((await box.runBundle(bundle)).stdout).toBe('relative\n');
  });

  test('a relative destination means below /', async ({ box }) => {
    expect((await box.run('grep -q " /rel " /proc/self/mountinfo && echo yes', { '/mounts/-': tmpfs('rel') })).stdout).toBe('yes\n');
  });

  test('bind or rbind in the options makes a bind, whatever the type', async ({ box }) => {
    const source = box.file('src', 'text\n');
    for (const type of ['bind', 'none', 'ext4', undefined]) {
      const mount = { destination: '/f', source, options: ['bind'], ...(type === undefined ? {} : { type }) };
      // oxlint-disable-next-line no-await-in-loop
      expect((await box.run('cat /f', { '/mounts/-': mount })).stdout).toBe('text\n');
    }
  });

  test('a bind whose source does not exist is refused with both paths', async ({ box }) => {
    const failure = await box.runFails('true', { '/mounts/-': bind('/nope/src', '/mnt', 'rbind') });
    expect(failure.msg).toContain('/nope/src');
    expect(failure.msg).toContain('/mnt');
    expect(failure.msg).toMatch(/no such file/i);
    blames(failure, '/mounts/6');
  });

  test('copy-symlink (crun) makes a link again, binds what is none, keeps an equal link and refuses another file', async ({ box }) => {
    symlinkSync('/etc/marker', box.path('link'));
    const options = ['bind', 'ro', 'copy-symlink'];
    const bundle = box.bundle('readlink /deep/link; cat /deep/link /file', {
      '/mounts/-': bind(box.path('link'), '/deep/link', ...options),
      '/mounts/-1': bind(box.file('plain', 'plain\n'), '/file', ...options),
    });
    const expected = '/etc/marker\ncontainer\nplain\n';
    expect((await box.runBundle(bundle)).stdout).toBe(expected);
    expect((await box.runBundle(bundle)).stdout).toBe(expected);
    rmSync(join(bundle.rootfs, 'deep/link'));
    writeFileSync(join(bundle.rootfs, 'deep/link'), 'a file');
    const failure = await box.fails(['run', '--bundle', bundle.path, bundle.id]);
    expect(failure).toMatchObject({ pointer: '/mounts/6', msg: expect.stringMatching(/deep\/link -> \/etc\/marker.*file exists/i) });
  });

  test('a file system type the kernel does not have is refused by its name', async ({ box }) => {
    const failure = await box.runFails('true', { '/mounts/-': { destination: '/x', type: 'nopefs', source: 'x' } });
    expect(failure.msg).toContain('nopefs');
    expect(failure.msg + (failure.hint ?? '')).toMatch(/no such device|\/proc\/filesystems/i);
    blames(failure, '/mounts/6');
  });

  test('every kind of file system of a usual container is mounted', async ({ box }) => {
    const overlay = ['lower', 'upper', 'work'].map((name) => {
      mkdirSync(box.path(name));
      return box.path(name);
    });
    writeFileSync(box.path('lower/f'), 'lower\n');
    const result = await box.run(`cat /ov/f; echo x > /ov/g; ${mountinfo}`, {
      '/mounts/-': {
        destination: '/ov',
        type: 'overlay',
        source: 'overlay',
        options: [`lowerdir=${overlay[0]}`, `upperdir=${overlay[1]}`, `workdir=${overlay[2]}`],
      },
      '/mounts/-1': {
        destination: '/sys/fs/cgroup',
        type: 'cgroup',
        source: 'cgroup',
        options: ['nosuid', 'noexec', 'nodev', 'relatime', 'ro'],
      },
    });
    const seen = parseMountinfo(result.stdout);
    expect(result.stdout.startsWith('lower\n')).toBe(true);
    expect(
      Object.fromEntries(['/proc', '/dev', '/dev/pts', '/dev/shm', '/dev/mqueue', '/sys', '/ov'].map((at) => [at, seen.get(at)?.type])),
    ).toEqual({
      '/proc': 'proc',
      '/dev': 'tmpfs',
      '/dev/pts': 'devpts',
      '/dev/shm': 'tmpfs',
      '/dev/mqueue': 'mqueue',
      '/sys': 'sysfs',
      '/ov': 'overlay',
    });
    expect(seen.has('/sys/fs/cgroup')).toBe(true);
  });

  test('an overlay may have directories with long names (fsconfig(2) takes 255 bytes a value)', async ({ box }) => {
    const long = box.path('l'.repeat(200));
    for (const name of ['lower', 'lower2', 'upper', 'work']) mkdirSync(join(long, name), { recursive: true });
    writeFileSync(join(long, 'lower/f'), 'lower\n');
    const options = [`lowerdir=${long}/lower:${long}/lower2`, `upperdir=${long}/upper`, `workdir=${long}/work`, 'nosuid'];
    const { stdout } = await box.run(`cat /ov/f; ${mountinfo}`, {
      '/mounts/-': { destination: '/ov', type: 'overlay', source: 'overlay', options },
    });
    expect(stdout.startsWith('lower\n')).toBe(true);
    expect(parseMountinfo(stdout).get('/ov')).toMatchObject({ type: 'overlay', options: expect.arrayContaining(['rw', 'nosuid']) });
  });

  test('tmpfs data options are passed on', async ({ box }) => {
    const result = await box.run(`${mountinfo}; stat -c %a /t`, { '/mounts/-': tmpfs('/t', 'size=1024k', 'mode=0700', 'nr_inodes=100') });
    expect(parseMountinfo(result.stdout).get('/t')?.superOptions).toEqual(expect.arrayContaining(['size=1024k', 'nr_inodes=100']));
    expect(result.stdout).toMatch(/\n700\n$/);
  });

  test('a tmpfs without mode has that of the directory it covers, else 1777', async ({ box }) => {
    const bundle = box.bundle('stat -c %a /t /new', { '/mounts/-1': tmpfs('/t'), '/mounts/-2': tmpfs('/new') });
    mkdirSync(join(bundle.rootfs, 't'));
    chmodSync(join(bundle.rootfs, 't'), 0o3710);
    expect((await box.runBundle(bundle)).stdout).toBe('3710\n1777\n');
  });

  test('file system data longer than a page is refused, not cut', async ({ box }) => {
    await box.runFails('true', { '/mounts/-': tmpfs('/t', `nope=${'x'.repeat(5000)}`) });
  });

  rootTest('tmpcopyup fills the tmpfs with what it covers', async ({ box }) => {
    const bundle = box.bundle(
      `find /data -type f | sort; cat /data/sub/f; stat -c "%a %u" /data/sub /data/x; readlink /data/l; ${mountinfo}`,
      { '/mounts/-': tmpfs('/data', 'tmpcopyup') },
    );
    mkdirSync(join(bundle.rootfs, 'data/sub'), { recursive: true, mode: 0o750 });
    writeFileSync(join(bundle.rootfs, 'data/sub/f'), 'copied\n');
    writeFileSync(join(bundle.rootfs, 'data/x'), 'x', { mode: 0o640 });
    symlinkSync('/etc', join(bundle.rootfs, 'data/l'));
    chmodSync(join(bundle.rootfs, 'data/sub'), 0o750);
    chownSync(join(bundle.rootfs, 'data/x'), 7, 7);
    const result = await box.runBundle(bundle);
    expect(result.stdout).toMatch(/^\/data\/sub\/f\n\/data\/x\ncopied\n750 0\n640 7\n\/etc\n/);
    expect(parseMountinfo(result.stdout).get('/data')?.type).toBe('tmpfs');
  });
});

describe('config.md#linux-mount-options', () => {
  test('every per-mount option that MUST be supported is in mountinfo', async ({ box }) => {
    const wanted: Record<string, readonly [readonly string[], readonly string[], readonly string[]]> = {
      // mount point: options given, expected, expected absent
      '/a': [['ro', 'nosuid', 'nodev', 'noexec'], ['ro', 'nosuid', 'nodev', 'noexec'], ['rw']],
      '/b': [['noatime'], ['noatime', 'rw'], ['relatime']],
      '/c': [['strictatime'], ['rw'], ['relatime', 'noatime']],
      '/d': [['relatime', 'nodiratime'], ['relatime', 'nodiratime'], []],
      '/e': [['ro', 'rw', 'noexec', 'exec', 'nodev', 'dev', 'nosuid', 'suid'], ['rw'], ['ro', 'noexec', 'nodev', 'nosuid']],
      '/f': [['defaults'], ['rw', 'relatime'], []],
      '/g': [['async', 'atime', 'diratime', 'loud', 'norelatime', 'nostrictatime', 'noiversion', 'nolazytime'], ['rw'], []],
    };
    const changes = Object.fromEntries(Object.entries(wanted).map(([at, [given]], index) => [`/mounts/-${index}`, tmpfs(at, ...given)]));
    const seen = parseMountinfo((await box.run(mountinfo, changes)).stdout);
    for (const [at, [, present, absent]] of Object.entries(wanted)) {
      expect({ at, options: seen.get(at)?.options }).toEqual({ at, options: expect.arrayContaining([...present]) });
      for (const option of absent)
        expect({ at, options: seen.get(at)?.options }).not.toEqual({ at, options: expect.arrayContaining([option]) });
    }
  });

  test('options of the file system: sync, dirsync, lazytime, ro', async ({ box }) => {
    const seen = parseMountinfo(
      (
        await box.run(mountinfo, {
          '/mounts/-': tmpfs('/a', 'sync'),
          '/mounts/-1': tmpfs('/b', 'dirsync'),
          '/mounts/-2': tmpfs('/c', 'lazytime'),
        })
      ).stdout,
    );
    expect(seen.get('/a')?.superOptions).toContain('sync');
    expect(seen.get('/b')?.superOptions).toContain('dirsync');
    expect(seen.get('/c')?.superOptions).toContain('lazytime');
  });

  test('a read-only bind is read-only and its source is not', async ({ box }) => {
    mkdirSync(box.path('src'));
    const script = 'touch /ro/x 2>/dev/null || echo refused; touch /rw/y && echo written';
    const result = await box.run(script, {
      '/mounts/-': bind(box.path('src'), '/ro', 'bind', 'ro'),
      '/mounts/-1': bind(box.path('src'), '/rw', 'bind'),
    });
    expect(result.stdout).toBe('refused\nwritten\n');
  });

  test('bind options apply to the bind: noexec, nodev, nosuid, noatime', async ({ box }) => {
    mkdirSync(box.path('src'));
    const seen = parseMountinfo(
      (await box.run(mountinfo, { '/mounts/-': bind(box.path('src'), '/m', 'rbind', 'noexec', 'nodev', 'nosuid', 'noatime') })).stdout,
    );
    expect(seen.get('/m')?.options).toEqual(expect.arrayContaining(['noexec', 'nodev', 'nosuid', 'noatime', 'rw']));
  });

  test('remount changes what was mounted', async ({ box }) => {
    const seen = parseMountinfo(
      (
        await box.run(mountinfo, {
          '/mounts/-': tmpfs('/t'),
          '/mounts/-1': { destination: '/t', type: 'none', source: 'none', options: ['remount', 'ro', 'nosuid'] },
        })
      ).stdout,
    );
    expect(seen.get('/t')?.superOptions.includes('ro') === true || seen.get('/t')?.options.includes('ro') === true).toBe(true);
  });

  test.skipIf(kernel < 5012)('rro is recursive, ro with rbind is not', async ({ box }) => {
    mkdirSync(box.path('src'));
    const { host } = await import('../../helpers/box.ts');
    mkdirSync(box.path('src/sub'));
    host('mount', '-t', 'tmpfs', 'tmpfs', box.path('src/sub'));
    box.defer(() => void host('umount', box.path('src/sub')));
    const script =
      'for d in rro ro; do touch /$d/sub/x 2>/dev/null && echo $d written || echo $d refused; touch /$d/x 2>/dev/null && echo no; done; true';
    const result = await box.run(script, {
      '/mounts/-': bind(box.path('src'), '/rro', 'rbind', 'rro'),
      '/mounts/-1': bind(box.path('src'), '/ro', 'rbind', 'ro'),
    });
    expect(result.stdout).toBe('rro refused\nro written\n');
  });

  test.skipIf(kernel < 5012)('the other recursive options: rnosuid, rnodev, rnoexec, rnoatime, rnosymfollow', async ({ box }) => {
    mkdirSync(box.path('src'));
    const seen = parseMountinfo(
      (
        await box.run(mountinfo, {
          '/mounts/-': bind(box.path('src'), '/m', 'rbind', 'rnosuid', 'rnodev', 'rnoexec', 'rnoatime', 'rnosymfollow'),
        })
      ).stdout,
    );
    expect(seen.get('/m')?.options).toEqual(expect.arrayContaining(['noexec', 'nodev', 'nosuid', 'noatime', 'nosymfollow']));
  });

  test('nosymfollow', async ({ box }) => {
    const seen = parseMountinfo((await box.run(mountinfo, { '/mounts/-': tmpfs('/m', 'nosymfollow') })).stdout);
    expect(seen.get('/m')?.options).toContain('nosymfollow');
  });

  test('propagation: private, shared, slave and unbindable, alone and recursive', async ({ box }) => {
    const kinds = ['private', 'shared', 'slave', 'unbindable', 'rprivate', 'rshared', 'rslave', 'runbindable'];
    const changes = Object.fromEntries(kinds.map((kind, index) => [`/mounts/-${index}`, tmpfs(`/${kind}`, kind)]));
    const seen = parseMountinfo((await box.run(mountinfo, changes)).stdout);
    for (const kind of ['shared', 'rshared']) expect(seen.get(`/${kind}`)?.propagation).toMatch(/shared:/);
    for (const kind of ['unbindable', 'runbindable']) expect(seen.get(`/${kind}`)?.propagation).toBe('unbindable');
    for (const kind of ['private', 'rprivate']) expect(seen.get(`/${kind}`)?.propagation).toBe('');
  });

  test("nothing of the container's mounts propagates to the host", async ({ box }) => {
    const before = readFileSync('/proc/self/mountinfo', 'utf8').split('\n').length;
    const bundle = await box.started('exec sleep 100', { '/mounts/-': tmpfs('/t', 'rshared'), '/linux/rootfsPropagation': 'rslave' });
    const inside = await box.exec(bundle.id, 'grep -c . /proc/self/mountinfo');
    expect(Number(inside.stdout)).toBeGreaterThan(5);
    expect(readFileSync('/proc/self/mountinfo', 'utf8')).not.toContain(box.token);
    expect(before).toBeGreaterThan(0);
  });
});

describe('config-linux.md#rootfs-mount-propagation', () => {
  test('private by default; the configured kind at /', async ({ box }) => {
    const root = async (kind?: string): Promise<string | undefined> =>
      parseMountinfo((await box.run(mountinfo, kind === undefined ? {} : { '/linux/rootfsPropagation': kind })).stdout).get('/')
        ?.propagation;
    expect(await root()).not.toMatch(/shared/);
    expect(await root('private')).toBe('');
    expect(await root('shared')).toMatch(/shared:/);
    expect(await root('unbindable')).toBe('unbindable');
    expect(await root('rprivate')).toBe('');
  });
});

describe('config.md#mounts: idmapped mounts', () => {
  const mapping = [{ containerID: 0, hostID: 5000, size: 10 }];
  test.skipIf(kernel < 5012)('idmap with mappings shows the ids shifted', async ({ box }) => {
    const file = box.file('src/f', 'x');
    chownSync(file, 0, 0);
    const mount = {
      destination: '/m',
      type: 'bind',
      source: join(file, '..'),
      options: ['rbind', 'idmap'],
      uidMappings: mapping,
      gidMappings: mapping,
    };
    expect((await box.run('stat -c "%u %g" /m/f', { '/mounts/-': mount })).stdout).toBe('5000 5000\n');
  });

  test('idmap without mappings and without user namespace is refused', async ({ box }) => {
    const failure = await box.runFails('true', { '/mounts/-': bind('/tmp', '/m', 'rbind', 'idmap') });
    expect(failure.msg).toMatch(/mapping/i);
  });
});

describe('oci-checklist §0: file systems', () => {
  test.skipIf(!filesystems.includes('mqueue'))('the default file systems of runtime-linux are usable', async ({ box }) => {
    const result = await box.run('touch /dev/shm/x /dev/mqueue/q && ls /dev/pts/ptmx && cat /proc/1/comm && ls -d /sys/class');
    expect(result.stdout).toBe('/dev/pts/ptmx\nsh\n/sys/class\n');
  });
});
