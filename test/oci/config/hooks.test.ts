import { existsSync, readFileSync, readlinkSync } from 'node:fs';
import { describe, expect } from 'vitest';
import type { Box, Bundle } from '../../helpers/box.ts';
import type { Changes, JsonValue } from '../../helpers/config.ts';
import { cgroupsOf, processesOf } from '../../helpers/leftovers.ts';
import { poll } from '../../helpers/process.ts';
import { test } from '../../helpers/test.ts';

const kinds = ['prestart', 'createRuntime', 'createContainer', 'startContainer', 'poststart', 'poststop'] as const;

/** A hook that runs `script` in sh of the host (in the container's file system for startContainer: the same path). */
const sh = (script: string, more: { readonly [key: string]: JsonValue } = {}): JsonValue => ({
  path: '/bin/sh',
  args: ['sh', '-c', script],
  ...more,
});

/** A log that hooks of both worlds can append to: a host directory that is also bound at its own path in the container. */
function shared(box: Box): { readonly mount: Changes; readonly file: (name: string) => string; readonly read: (name: string) => string } {
  const file = (name: string): string => `${box.dir}/shared/${name}`;
  box.file('shared/keep', '');
  return {
    mount: { '/mounts/-': { destination: `${box.dir}/shared`, type: 'bind', source: `${box.dir}/shared`, options: ['rbind', 'rw'] } },
    file,
    read: (name) => (existsSync(file(name)) ? readFileSync(file(name), 'utf8') : ''),
  };
}

async function lifecycle(box: Box, bundle: Bundle): Promise<void> {
  await box.ok(['create', '--bundle', bundle.path, bundle.id]);
  await box.ok(['start', bundle.id]);
  await box.until(bundle.id, 'stopped');
  await box.ok(['delete', bundle.id]);
}

describe('config.md#posix-platform-hooks', () => {
  test('all kinds run in the order of the lifecycle, and each kind in listed order', async ({ box }) => {
    const log = shared(box);
    const changes = Object.fromEntries(
      kinds.flatMap((kind) =>
        [1, 2].map((n): [string, JsonValue] => [`/hooks/${kind}/-${n}`, sh(`echo ${kind}${n} >> ${log.file('order')}`)]),
      ),
    );
    const bundle = box.bundle(`echo program >> ${log.file('order')}; sleep 0.3`, { ...log.mount, ...changes });
    await box.ok(['create', '--bundle', bundle.path, bundle.id]);
    const two = (kind: string): string => `${kind}1\n${kind}2\n`;
    expect(log.read('order')).toBe(two('prestart') + two('createRuntime') + two('createContainer'));
    await box.ok(['start', bundle.id]);
    const started = log.read('order').slice((two('prestart') + two('createRuntime') + two('createContainer')).length);
    expect(started.startsWith(two('startContainer'))).toBe(true);
    expect(started).toContain(two('poststart'));
    await box.until(bundle.id, 'stopped');
    expect(log.read('order')).toContain('program\n');
    expect(log.read('order')).not.toContain('poststop');
    await box.ok(['delete', bundle.id]);
    expect(log.read('order').endsWith(two('poststop'))).toBe(true);
  });

  test('the state on stdin is right for each kind', async ({ box }) => {
    const log = shared(box);
    const changes = Object.fromEntries(kinds.map((kind): [string, JsonValue] => [`/hooks/${kind}/-`, sh(`cat > ${log.file(kind)}`)]));
    const bundle = box.bundle('sleep 0.2', { ...log.mount, ...changes, '/annotations': { 'org.example': 'x' } });
    await box.ok(['create', '--bundle', bundle.path, bundle.id]);
    const pid = await box.pid(bundle.id);
    await box.ok(['start', bundle.id]);
    await box.until(bundle.id, 'stopped');
    await box.ok(['delete', bundle.id]);
    const seen = Object.fromEntries(kinds.map((kind) => [kind, JSON.parse(log.read(kind)) as Record<string, unknown>]));
    for (const kind of kinds) {
      expect(seen[kind]).toMatchObject({ id: bundle.id, bundle: bundle.path, annotations: { 'org.example': 'x' } });
      expect(seen[kind]?.['ociVersion']).toMatch(/^1\./);
    }
    expect(Object.fromEntries(kinds.map((kind) => [kind, seen[kind]?.['status']]))).toEqual({
      prestart: 'creating',
      createRuntime: 'creating',
      createContainer: 'creating',
      startContainer: 'created',
      poststart: 'running',
      poststop: 'stopped',
    });
    for (const kind of ['prestart', 'createRuntime', 'poststart']) expect(seen[kind]?.['pid']).toBe(pid);
    expect(seen['startContainer']?.['pid']).toBe(1);
  });

  test('path and namespaces: of the runtime for prestart, createRuntime, poststart, poststop; of the container for the others', async ({
    box,
  }) => {
    const log = shared(box);
    const ask = (kind: string): JsonValue =>
      sh(`{ readlink /proc/self/ns/uts; ls -d /bin/busybox /etc/marker 2>/dev/null; } > ${log.file(kind)}; true`);
    const changes = Object.fromEntries(kinds.map((kind): [string, JsonValue] => [`/hooks/${kind}/-`, ask(kind)]));
    await lifecycle(box, box.bundle('true', { ...log.mount, ...changes }));
    const host = readlinkSync('/proc/self/ns/uts');
    const namespace = Object.fromEntries(kinds.map((kind) => [kind, log.read(kind).split('\n')[0] === host ? 'runtime' : 'container']));
    expect(namespace).toEqual({
      prestart: 'runtime',
      createRuntime: 'runtime',
      createContainer: 'container',
      startContainer: 'container',
      poststart: 'runtime',
      poststop: 'runtime',
    });
    expect(log.read('startContainer')).toContain('/etc/marker');
    expect(log.read('createContainer')).not.toContain('/etc/marker');
  });

  test("a startContainer hook without env has the process's, and HOME; others have none", async ({ box }) => {
    const log = shared(box);
    const bundle = box.bundle('true', {
      ...log.mount,
      '/process/env': ['PATH=/usr/bin:/bin', 'ONE=two'],
      '/hooks/startContainer/-1': sh(`/bin/env > ${log.file('own')}`),
      '/hooks/startContainer/-2': sh(`/bin/env > ${log.file('given')}`, { env: ['A=b'] }),
    });
    await box.runBundle(bundle);
    expect(log.read('own')).toMatch(/^ONE=two$/m);
    expect(log.read('own')).toMatch(/^HOME=\//m);
    expect(log.read('given')).not.toMatch(/ONE|HOME/);
    expect(log.read('given')).toMatch(/^A=b$/m);
  });

  test('args include argv[0]; env is exactly that of the hook; the cwd of runtime hooks is the bundle', async ({ box }) => {
    const script = box.file('hook.py', '#!/usr/bin/python3\nimport os,sys,json\nf=os.environ.pop("OUT",None)\n', 0o755);
    expect(script).not.toBe('');
    const out = box.path('out');
    const bundle = box.bundle('true', {
      '/hooks/prestart': [
        {
          path: '/bin/sh',
          args: ['libnetwork-setkey', '-c', `{ tr '\\0' ' ' < /proc/$$/cmdline; echo; tr '\\0' '\\n' < /proc/$$/environ; pwd; } > ${out}`],
          env: ['A=1', 'B=two words'],
        },
      ],
    });
    await box.runBundle(bundle);
    const lines = readFileSync(out, 'utf8').split('\n');
    expect(lines[0]).toMatch(/^libnetwork-setkey -c /);
    expect(lines.slice(1)).toEqual(['A=1', 'B=two words', bundle.path, '']);
  });

  test('createContainer hooks work in the rootfs: what they mount below their cwd is there in the container', async ({ box }) => {
    const hook = box.file('hook', 'mounted\n');
    const changes = { '/hooks/createContainer': [sh(`: > ./etc/mounted && mount --bind ${hook} ./etc/mounted`)] };
    expect((await box.runBundle(box.bundle('cat /etc/mounted', changes))).stdout).toBe('mounted\n');
  });

  test('hooks that do not read stdin, close it, or get a large state do no harm', async ({ box }) => {
    const big = 'x'.repeat(200_000);
    const bundle = box.bundle('echo ok', {
      '/annotations': { big },
      '/hooks/prestart': [{ path: '/bin/true' }, sh('exec <&-; sleep 0.05'), sh('head -c 1 >/dev/null')],
      '/hooks/createContainer': [sh('exec <&-; true')],
      '/hooks/poststop': [{ path: '/bin/true' }],
    });
    expect((await box.runBundle(bundle)).stdout).toBe('ok\n');
  });

  test('a background child that holds the pipes of a hook does not block', async ({ box }) => {
    const child = `sleep 30 & echo $! > ${box.path('pid')}`;
    box.defer(() => void process.kill(Number(readFileSync(box.path('pid'), 'utf8')), 'SIGKILL'));
    const before = Date.now();
    expect((await box.run('echo ok', { '/hooks/prestart': [sh(child)] }, { timeout: 9000 })).stdout).toBe('ok\n');
    expect(Date.now() - before).toBeLessThan(10_000);
  });

  for (const kind of ['prestart', 'createRuntime', 'createContainer'] as const) {
    test(`a failing ${kind} hook fails create, names itself and its output, and nothing is left but poststop`, async ({ box }) => {
      const log = shared(box);
      const bundle = box.bundle(`echo ran > ${log.file('ran')}`, {
        ...log.mount,
        [`/hooks/${kind}`]: [{ path: '/bin/true' }, sh('echo words of the hook >&2; exit 3')],
        '/hooks/poststop': [sh(`echo poststop > ${log.file('poststop')}`)],
      });
      const failure = await box.fails(['create', '--bundle', bundle.path, bundle.id]);
      expect(failure.msg).toMatch(/hook/);
      expect(failure.msg).toMatch(/#1|1/);
      expect(failure.msg).toContain('words of the hook');
      expect(log.read('ran')).toBe('');
      expect(box.ids()).toEqual([]);
      expect(cgroupsOf(bundle.id)).toEqual([]);
      expect(processesOf(box.token)).toEqual([]);
      expect(log.read('poststop')).toBe('poststop\n');
    });
  }

  test('a failing startContainer hook fails start, and the program does not run', async ({ box }) => {
    const log = shared(box);
    const bundle = await box.create(`echo ran > ${log.file('ran')}`, { ...log.mount, '/hooks/startContainer': [sh('exit 3')] });
    const failure = await box.fails(['start', bundle.id]);
    expect(failure.msg).toMatch(/hook/);
    expect(log.read('ran')).toBe('');
    await poll('the container to end', () => processesOf(box.token).length === 0);
  });

  test('a failing poststart hook fails start and stops the container', async ({ box }) => {
    const bundle = await box.create('exec sleep 100', { '/hooks/poststart': [sh('exit 3')] });
    expect((await box.fails(['start', bundle.id])).msg).toMatch(/hook/);
    await poll('the container to end', () => processesOf(box.token).length === 0);
  });

  test('poststart runs before start returns, and after the program was executed', async ({ box }) => {
    const out = box.path('out');
    const bundle = await box.create('exec sleep 77', {
      '/hooks/poststart': [sh(`P=$(sed "s/.*\\"pid\\": *\\([0-9]*\\).*/\\1/" | tr -d '\\n '); tr '\\0' ' ' < /proc/$P/cmdline > ${out}`)],
    });
    await box.ok(['start', bundle.id]);
    expect(readFileSync(out, 'utf8')).toMatch(/sh -c exec sleep 77|sleep 77/);
  });

  test('a failing poststop hook is a warning, the next ones run, and delete succeeds', async ({ box }) => {
    const out = box.path('out');
    const bundle = await box.started('true', { '/hooks/poststop': [sh('exit 3'), sh(`echo second > ${out}`)] });
    await box.until(bundle.id, 'stopped');
    const done = await box.ok(['delete', bundle.id]);
    expect(readFileSync(out, 'utf8')).toBe('second\n');
    expect(done.warnings.join()).toMatch(/hook/);
    expect(box.ids()).toEqual([]);
  });

  test('a hook beyond its timeout is killed and fails create', async ({ box }) => {
    const before = Date.now();
    const failure = await box.runFails('true', { '/hooks/prestart': [{ path: '/bin/sleep', args: ['sleep', '30'], timeout: 1 }] });
    expect(Date.now() - before).toBeLessThan(5000);
    expect(failure.msg).toMatch(/hook/);
    expect(failure.msg).toMatch(/time/i);
  });

  test('a createContainer hook beyond its timeout is killed and fails create', async ({ box }) => {
    const before = Date.now();
    const failure = await box.runFails('true', { '/hooks/createContainer': [{ path: '/bin/sleep', args: ['sleep', '30'], timeout: 1 }] });
    expect(Date.now() - before).toBeLessThan(5000);
    expect(failure.msg).toMatch(/hook/);
  });

  test('a hook that does not exist fails create by its name', async ({ box }) => {
    const failure = await box.runFails('true', { '/hooks/createRuntime': [{ path: '/nope/hook' }] });
    expect(failure.msg).toContain('/nope/hook');
    expect(failure.msg).toMatch(/no such file/i);
  });

  test('prestart hooks see the network namespace of the container by its pid, before the root is changed', async ({ box }) => {
    const out = box.path('out');
    const bundle = box.bundle('readlink /proc/self/ns/net', {
      '/hooks/prestart': [
        sh(
          `P=$(sed "s/.*\\"pid\\": *\\([0-9]*\\).*/\\1/" | tr -d '\\n '); { readlink /proc/$P/ns/net; ls /proc/$P/root/usr >/dev/null && echo host; } > ${out}`,
          { env: ['PATH=/usr/bin:/bin'] },
        ),
      ],
    });
    const result = await box.runBundle(bundle);
    expect(readFileSync(out, 'utf8')).toBe(`${result.stdout}host\n`);
  });
});
