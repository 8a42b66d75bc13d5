/** Nothing that a program in a container tries reaches an object of the host that the container was not given. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import type { Box, Bundle } from '../helpers/box.ts';
import type { Changes, JsonValue } from '../helpers/config.ts';
import { test } from '../helpers/test.ts';
import { attempts, GIVEN, numberOfAttempts, plantArea, SECRET, snapshot } from './escape-attempts.ts';

const bind = (destination: string, source: string, ...options: string[]): JsonValue => ({
  destination,
  type: 'bind',
  source,
  options: ['bind', ...options],
});

interface Area {
  readonly path: string;
  readonly bundle: Bundle;
}

/** A bundle inside an area of secrets. */
function planted(box: Box, script: (area: string) => string, changes: (area: string) => Changes = () => ({})): Area {
  const path = box.path('area');
  const made = box.bundle(script(path), changes(path));
  spawnSync('mkdir', ['-p', path]);
  const moved = join(path, 'bundle');
  renameSync(made.path, moved);
  const bundle = { ...made, path: moved, rootfs: join(moved, 'rootfs') };
  plantArea(path);
  return { path, bundle };
}

const withBinds = (area: string): Changes => ({
  '/mounts/-': bind('/rw', join(area, GIVEN.rw)),
  '/mounts/-1': bind('/ro', join(area, GIVEN.ro), 'ro'),
  '/mounts/-2': bind('/file', join(area, GIVEN.file)),
  '/mounts/-3': bind('/file-ro', join(area, GIVEN.roFile), 'ro'),
});

const LONG = { timeout: 100_000, until: 'close' } as const;

async function tryAll(
  box: Box,
  { path, bundle }: Area,
  places: number,
  except: readonly string[],
  flags: readonly string[] = [],
): Promise<void> {
  const before = snapshot(path, except);
  const result = await box.runBundle(bundle, { ...LONG, flags });
  expect(result.stdout).toContain(`tried ${numberOfAttempts(places)}\n`);
  expect(result.stdout + result.stderr).not.toContain(SECRET);
  expect(result.stdout).toContain('own file'); // the attempts do read what they may
  expect(snapshot(path, except)).toEqual(before);
  expect(existsSync(join(path, 'made'))).toBe(false);
}

describe('open, rename, link, symlink, readlink, mkdir, unlink and more, by paths that lead out', { timeout: 120_000 }, () => {
  test('of a rootfs whose writes are discarded: not even the rootfs changes', async ({ box }) => {
    const area = planted(box, (path) => attempts(['/', '/home'], path));
    await tryAll(box, area, 2, []);
  });

  test('of a rootfs that is written through', async ({ box }) => {
    const area = planted(box, (path) => attempts(['/'], path));
    await tryAll(box, area, 1, [GIVEN.rootfs], ['--rootfs-writes', 'through']);
    expect(readFileSync(join(area.bundle.rootfs, 'etc/marker'), 'utf8')).toBe('container\n');
  });

  test('of bind mounts, of directories and of files, for reading and for writing', async ({ box }) => {
    const area = planted(box, (path) => `echo changed > /file; echo changed > /file-ro; ${attempts(['/rw', '/ro'], path)}`, withBinds);
    await tryAll(box, area, 2, [GIVEN.rw, GIVEN.file]);
    expect(readFileSync(join(area.path, GIVEN.file), 'utf8')).toBe('changed\n');
    expect(readFileSync(join(area.path, GIVEN.roFile), 'utf8')).toBe('own file\n');
  });

  test('of a rootfs in a tar archive', async ({ box }) => {
    const area = planted(box, (path) => attempts(['/'], path));
    const archive = join(area.bundle.path, 'rootfs.tar');
    spawnSync('tar', ['-cf', archive, '-C', area.bundle.rootfs, '.']);
    rmSync(area.bundle.rootfs, { recursive: true });
    const config = join(area.bundle.path, 'config.json');
    writeFileSync(config, readFileSync(config, 'utf8').replace('"path": "rootfs"', '"path": "rootfs.tar"'));
    await tryAll(box, area, 1, []);
  });

  test('control: where the area itself is given, the very same attempts read and change it', async ({ box }) => {
    const area = planted(
      box,
      (path) => attempts(['/given/bundle/rootfs'], '/given').replaceAll(path, '/given'),
      (path) => ({ '/mounts/-': bind('/given', path) }),
    );
    const before = snapshot(area.path);
    const result = await box.runBundle(area.bundle, LONG);
    expect(result.stdout).toContain(SECRET);
    expect(snapshot(area.path)).not.toEqual(before);
  });
});

describe('magic links of /proc', () => {
  test('lead to the container’s own root, directory and files', async ({ box }) => {
    const area = planted(
      box,
      (path) => `
        cd /rw; exec 7< /rw/own 8< /rw
        readlink /proc/self/root /proc/1/root /proc/self/cwd /proc/self/fd/7 /proc/self/fd/8 /proc/self/exe
        cat /proc/self/root/etc/marker /proc/1/root/etc/marker /proc/self/fd/7 /proc/self/fd/8/own
        ls /proc/self/root/../../..${path} /proc/self/fd/8/../secret /proc/self/cwd/../../secret 2>&1 | grep -c 'No such'`,
      withBinds,
    );
    const { stdout } = await box.runBundle(area.bundle);
    const expected = ['/', '/', '/rw', '/rw/own', '/rw', '/bin/box', 'container', 'container', 'own file', 'own file', '3'];
    expect(stdout.split('\n').slice(0, expected.length)).toEqual(expected);
  });
});
