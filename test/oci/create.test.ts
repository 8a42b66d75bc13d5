import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { blames } from '../helpers/assert.ts';
import { change, defaultConfig } from '../helpers/config.ts';
import { cgroupsOf, mountsOf, processesOf } from '../helpers/leftovers.ts';
import { anyUserTest, test } from '../helpers/test.ts';

describe('runtime.md#create', () => {
  test('create does not run the program', async ({ box }) => {
    const bundle = await box.create('echo ran > /ran');
    expect(existsSync(join(bundle.rootfs, 'ran'))).toBe(false);
    await box.ok(['start', bundle.id]);
    await box.until(bundle.id, 'stopped');
    expect(readFileSync(join(bundle.rootfs, 'ran'), 'utf8')).toBe('ran\n');
  });

  test('create prints nothing', async ({ box }) => {
    const bundle = box.bundle('true');
    expect(await box.tsrun(['create', '--bundle', bundle.path, bundle.id])).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  test('an id that is taken is refused and its container untouched', async ({ box }) => {
    const bundle = await box.started();
    const pid = await box.pid(bundle.id);
    const failure = await box.fails(['create', '--bundle', bundle.path, bundle.id]);
    expect(failure).toMatchObject({ code: 1 });
    expect(failure.msg).toMatch(/container with given ID already exists/);
    expect(await box.state(bundle.id)).toMatchObject({ status: 'running', pid });
  });

  test('of many concurrent creates of one id exactly one succeeds', async ({ box }) => {
    const id = box.newId();
    const bundles = [1, 2, 3, 4, 5, 6].map(() => box.bundle('sleep 100', { '/linux/cgroupsPath': `/${id}` }));
    const results = await Promise.all(bundles.map(async (bundle) => await box.tsrun(['create', '--bundle', bundle.path, id])));
    expect(results.filter((result) => result.code === 0)).toHaveLength(1);
    const winner = bundles[results.findIndex((result) => result.code === 0)];
    expect(await box.state(id)).toMatchObject({ status: 'created', bundle: winner?.path });
  });

  test('different ids are created concurrently without disturbing each other', async ({ box }) => {
    const bundles = [1, 2, 3, 4, 5, 6].map(() => box.bundle('sleep 100'));
    await Promise.all(bundles.map(async (bundle) => await box.ok(['create', '--bundle', bundle.path, bundle.id])));
    const states = await Promise.all(bundles.map(async (bundle) => await box.state(bundle.id)));
    expect(states.map((state) => state['status'])).toEqual(bundles.map(() => 'created'));
    expect(new Set(states.map((state) => state['pid'])).size).toBe(bundles.length);
  });

  anyUserTest('create without an id or with two is an error', async ({ box }) => {
    const bundle = box.bundle('true');
    expect((await box.tsrun(['create', '--bundle', bundle.path])).code).toBe(1);
    expect((await box.tsrun(['create', '--bundle', bundle.path, bundle.id, 'second'])).code).toBe(1);
    expect(box.ids()).toEqual([]);
  });

  for (const id of ['', '.', '..', '../x', 'a/b', 'a b', 'a\nb', 'ä', '/abs', 'a;b']) {
    anyUserTest(`the id ${JSON.stringify(id)} is refused`, async ({ box }) => {
      const bundle = box.bundle('true');
      const failure = await box.fails(['create', '--bundle', bundle.path, id]);
      expect(failure.code).toBe(1);
      expect(failure.msg).toMatch(id === '' ? /container id cannot be empty/ : /invalid container ID format/i);
      expect(box.ids()).toEqual([]);
    });
  }

  test('ids may have all of [A-Za-z0-9_+.-]', async ({ box }) => {
    const bundle = box.bundle('true');
    const id = `${bundle.id}_A+z.9`;
    await box.ok(['create', '--bundle', bundle.path, id]);
    expect(await box.state(id)).toMatchObject({ id });
  });

  anyUserTest('a bundle without config.json is refused by its name', async ({ box }) => {
    const bundle = box.bundle('true');
    rmSync(join(bundle.path, 'config.json'));
    const failure = await box.fails(['create', '--bundle', bundle.path, bundle.id]);
    expect(failure.msg).toMatch(/config\.json/);
    expect(failure.msg).toMatch(/not found|no such file/i);
  });

  anyUserTest('a bundle that does not exist is refused', async ({ box }) => {
    expect((await box.fails(['create', '--bundle', '/nonexistent', 'x'])).msg).toMatch(/no such file|not found|does not exist/i);
  });

  test('the pid file holds the pid of state when create returns', async ({ box }) => {
    const file = box.path('pid');
    const bundle = await box.create('sleep 100', {}, ['--pid-file', file]);
    expect(readFileSync(file, 'utf8').trim()).toBe(String(await box.pid(bundle.id)));
  });

  test('the program is reparented: its parent is not the tsrun that created it', async ({ box }) => {
    const bundle = await box.create('sleep 100');
    const pid = await box.pid(bundle.id);
    const ppid = Number(/^PPid:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
    expect(readFileSync(`/proc/${ppid}/cmdline`, 'utf8')).not.toContain(box.token);
  });

  test('nothing but the container process is left beside a created container', async ({ box }) => {
    const bundle = await box.create('sleep 100');
    const pid = await box.pid(bundle.id);
    expect(processesOf(box.token)).toEqual([pid]);
  });
});

describe('runtime.md#lifecycle: config.json edits after create have no effect', () => {
  test('start runs what was configured at create', async ({ box }) => {
    const bundle = await box.create('echo old > /out');
    writeFileSync(join(bundle.path, 'config.json'), JSON.stringify(defaultConfig('echo new > /out', bundle.cgroupsPath)));
    await box.ok(['start', bundle.id]);
    await box.until(bundle.id, 'stopped');
    expect(readFileSync(join(bundle.rootfs, 'out'), 'utf8')).toBe('old\n');
  });

  test('exec uses the environment, user and cwd of create', async ({ box }) => {
    const bundle = await box.started('sleep 100', { '/process/env/-': 'WHO=old', '/process/cwd': '/etc' });
    const config = change(defaultConfig('true', bundle.cgroupsPath), {
      '/process/env/-': 'WHO=new',
      '/process/cwd': '/tmp',
      '/process/user': { uid: 7, gid: 7 },
    });
    writeFileSync(join(bundle.path, 'config.json'), JSON.stringify(config));
    expect((await box.exec(bundle.id, 'echo $WHO $(id -u) $PWD')).stdout).toBe('old 0 /etc\n');
  });

  test('every later command works with the config gone', async ({ box }) => {
    const bundle = await box.create('exec sleep 100', { '/hooks/poststop/-': { path: '/bin/true' } });
    rmSync(join(bundle.path, 'config.json'));
    await box.ok(['start', bundle.id]);
    await box.ok(['kill', bundle.id, 'KILL']);
    await box.until(bundle.id, 'stopped');
    await box.ok(['delete', bundle.id]);
  });
});

describe('runtime.md#errors: a failed create leaves the environment as if it never was tried', () => {
  const failing: Record<string, Record<string, string | { [key: string]: string }>> = {
    'a mount that fails': { '/mounts/-': { destination: '/x', type: 'bind', source: '/nonexistent' } },
    'a file system type that does not exist': { '/mounts/-': { destination: '/x', type: 'nopefs', source: 'x' } },
    'a program that does not exist': { '/process/args/0': '/nope' },
    'a hook that fails': { '/hooks/createRuntime/-': { path: '/bin/false' } },
    'a hook in the container that fails': { '/hooks/createContainer/-': { path: '/bin/false' } },
    'a sysctl that is not there': { '/linux/sysctl': { 'net.nope': '1' } },
    'a rootfs that is not there': { '/root/path': 'nope' },
  };
  for (const [what, changes] of Object.entries(failing)) {
    test(what, async ({ box }) => {
      const bundle = box.bundle('true', changes);
      await box.fails(['create', '--bundle', bundle.path, '--pid-file', box.path('pid'), bundle.id]);
      expect(box.ids()).toEqual([]);
      expect(cgroupsOf(bundle.id)).toEqual([]);
      expect(mountsOf(box.token)).toEqual([]);
      expect((await box.fails(['state', bundle.id])).msg).toMatch(/container does not exist/);
    });
  }

  test('the id is free again', async ({ box }) => {
    const bundle = box.bundle('true', { '/hooks/createRuntime/-': { path: '/bin/false' } });
    await box.fails(['create', '--bundle', bundle.path, bundle.id]);
    writeFileSync(join(bundle.path, 'config.json'), JSON.stringify(defaultConfig('true', bundle.cgroupsPath)));
    await box.ok(['create', '--bundle', bundle.path, bundle.id]);
  });
});

describe('crun: --config names the file', () => {
  test('create and run read config from --config instead of the bundle', async ({ box }) => {
    const bundle = box.bundle('echo bundle');
    const other = box.file('other.json', JSON.stringify(defaultConfig('echo other', bundle.cgroupsPath)));
    expect((await box.runBundle(bundle, { flags: ['--config', other] })).stdout).toBe('other\n');
    expect((await box.runBundle(bundle, { flags: ['-f', other] })).stdout).toBe('other\n');
  });
});

describe('config.md#root', () => {
  test('a missing rootfs is blamed on root.path', async ({ box }) => {
    const failure = await box.runFails('true', { '/root/path': 'nope' });
    expect(failure.msg).toMatch(/rootfs|root\.path|nope/);
    blames(failure, '/root');
  });
});
