/**
 * A user with nothing: no privileges, no user namespaces, no entry in /etc/passwd, no HOME. tsrun takes the emulation by itself and
 * leaves nothing but what is in its state root.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import type { Box } from '../helpers/box.ts';
import { busybox, isRoot, repository, which } from '../helpers/host.ts';
import { poll, run, type Result } from '../helpers/process.ts';
import { test } from '../helpers/test.ts';
import { snapshot } from './escape-attempts.ts';

const UID = 54321;
const nobody = new URL('portability-nobody.py', import.meta.url).pathname;
const possible = isRoot && which('python3') !== undefined && spawnSync('python3', [nobody, `${UID}`, 'true']).status === 0;

/** `env` is all that there is beside PATH. */
async function as(env: NodeJS.ProcessEnv, argv: readonly string[], stdin?: string): Promise<Result> {
  const program = [process.execPath, join(repository, 'dist/cli.js')];
  return await run(['python3', nobody, `${UID}`, ...(argv[0] === 'tsrun' ? [...program, ...argv.slice(1)] : argv)], {
    env: { PATH: process.env['PATH'], ...env },
    until: 'exit',
    ...(stdin === undefined ? {} : { stdin }),
  });
}

/** A directory of this user's. */
function own(box: Box, name: string): string {
  const path = box.path(name);
  mkdirSync(path, { mode: 0o700 });
  chownSync(path, UID, UID);
  return path;
}

/** All that this user owns anywhere it could write, but below `except`. */
function ownedOutside(...except: readonly string[]): readonly string[] {
  const places = ['/tmp', '/var', '/dev/shm', '/run', '/home', '/root', '/etc', '/opt', '/srv', '/mnt', join(repository, 'dist')];
  const { stdout } = spawnSync('find', [...places, '-user', `${UID}`], { encoding: 'utf8' });
  const paths = stdout.split('\n').filter((path) => path !== '');
  return paths.filter((path) => !except.some((one) => path === one || path.startsWith(`${one}/`)));
}

describe.skipIf(!possible)('a user without privileges where `unshare -U` fails', () => {
  test('control: it does fail there', async () => {
    expect((await as({}, ['unshare', '-U', 'true'])).code).not.toBe(0);
    expect((await as({}, ['id', '-u'])).stdout).toBe(`${UID}\n`);
  });

  test('a life from create to delete, with exec, ps and kill, knowing only XDG_RUNTIME_DIR', async ({ box }) => {
    const env = { XDG_RUNTIME_DIR: own(box, 'runtime') };
    const bundle = box.bundle(`trap 'exit 3' TERM; while :; do sleep 0.05; done`);
    const before = snapshot(bundle.path);
    const id = box.newId();
    const ok = async (...args: string[]): Promise<string> => {
      const result = await as(env, ['tsrun', ...args]);
      expect(result, args.join(' ')).toMatchObject({ code: 0 });
      return result.stdout;
    };
    await ok('create', '--bundle', bundle.path, id);
    expect(JSON.parse(await ok('state', id))).toMatchObject({ status: 'created', backend: 'emulation' });
    expect(readdirSync(join(env.XDG_RUNTIME_DIR, 'tsrun'))).toContain(id);
    await ok('start', id);
    expect(await as(env, ['tsrun', 'exec', id, 'sh', '-c', 'cat; id -u; touch /etc/new && ls /etc/new'], 'typed\n')).toMatchObject({
      code: 0,
      stdout: 'typed\n0\n/etc/new\n',
    });
    expect(await ok('ps', id)).toContain('sh -c trap');
    await ok('pause', id);
    await ok('resume', id);
    await ok('kill', id, 'TERM');
    await poll('its end', async () => (JSON.parse(await ok('state', id)) as { status: string }).status === 'stopped', 15_000);
    expect(JSON.parse(await ok('state', id))).toMatchObject({ exitCode: 3 });
    await ok('delete', id);
    expect(snapshot(bundle.path)).toEqual(before);
    expect(ownedOutside(env.XDG_RUNTIME_DIR)).toEqual([]);
  });

  test('the emulation is the choice of the host: a program that is no WebAssembly is refused by it', async ({ box }) => {
    const env = { XDG_RUNTIME_DIR: own(box, 'runtime') };
    const bundle = box.bundle('true', { '/process/args': ['/elf'] });
    writeFileSync(join(bundle.rootfs, 'elf'), readFileSync(busybox ?? '/bin/true'), { mode: 0o755 });
    const { code, stderr } = await as(env, ['tsrun', 'run', '--bundle', bundle.path, box.newId()]);
    expect(code).not.toBe(0);
    expect(stderr).toMatch(/exec format error|WebAssembly|WASI/i);
  });

  test.for([['only TMPDIR'], ['nothing at all']] as const)('run with %s: state in /tmp/tsrun-UID', async ([what], { box }) => {
    const env = what === 'only TMPDIR' ? { TMPDIR: own(box, 'tmp') } : {};
    const root = `/tmp/tsrun-${UID}`;
    expect(existsSync(root)).toBe(false);
    const bundle = box.bundle('echo $(id -u) ${HOME:-no home}; sleep 1');
    const running = as(env, ['tsrun', 'run', '--bundle', bundle.path, bundle.id]);
    try {
      await poll('its state', () => existsSync(join(root, bundle.id)), 15_000);
      expect(await running).toEqual({ code: 0, stdout: expect.stringMatching(/^0 (\/root|no home)\n$/) as string, stderr: '' });
      expect(ownedOutside(box.dir, root)).toEqual([]);
    } finally {
      await running;
      rmSync(root, { recursive: true });
    }
  });

  test('a bundle that cannot be written, and a file in it that cannot be read', async ({ box }) => {
    const env = { XDG_RUNTIME_DIR: own(box, 'runtime') };
    const bundle = box.bundle(
      'cat /private; echo x > /new && cat /new; echo x > /etc/marker && cat /etc/marker; rm -r /home; [ -e /home ] && echo home',
    );
    writeFileSync(join(bundle.rootfs, 'private'), 'not for you\n', { mode: 0o600 });
    chmodSync(join(bundle.rootfs, 'etc/passwd'), 0o600); // HOME is looked up in it
    chmodSync(join(bundle.path, 'config.json'), 0o444);
    for (const path of [bundle.path, bundle.rootfs]) chmodSync(path, 0o555);
    const before = snapshot(bundle.path);
    const { code, stdout, stderr } = await as(env, ['tsrun', 'run', '--bundle', bundle.path, box.newId()]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: 'x\nx\n' });
    expect(stderr).toMatch(/private: Permission denied/);
    expect(stderr).not.toContain('not for you');
    expect(snapshot(bundle.path)).toEqual(before);
    const through = await as(env, ['tsrun', 'run', '--rootfs-writes', 'through', '--bundle', bundle.path, box.newId()]);
    expect(through.stderr).toMatch(/new: Permission denied/);
    expect(through.stdout).toBe('home\n');
    expect(snapshot(bundle.path)).toEqual(before);
  });

  test('a state root of somebody else in /tmp is not used', async ({ box }) => {
    const root = `/tmp/tsrun-${UID}`;
    mkdirSync(root, { mode: 0o777 });
    try {
      const bundle = box.bundle('true');
      const { code, stderr } = await as({}, ['tsrun', 'run', '--bundle', bundle.path, bundle.id]);
      expect(code).not.toBe(0);
      expect(stderr).toContain(`${root} is not a private directory of user ${UID}`);
      expect(readdirSync(root)).toEqual([]);
    } finally {
      rmSync(root, { recursive: true });
    }
  });
});
