/** What a user gets: the npm package from its tarball, and the standalone binary copied somewhere else. */
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, inject } from 'vitest';
import { Box } from '../helpers/box.ts';
import { isRoot, repository } from '../helpers/host.ts';
import { run } from '../helpers/process.ts';
import { anyUserTest, test } from '../helpers/test.ts';

const manifest = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as {
  version: string;
  dependencies?: Record<string, string>;
  bin: Record<string, string>;
};
const npm = { PATH: process.env['PATH'] ?? '', HOME: '/nonexistent', npm_config_cache: '', npm_config_update_notifier: 'false' };

/** `npm pack` into the box; the tarball's path. */
async function pack(box: Box): Promise<string> {
  const result = await run(['npm', 'pack', '--ignore-scripts', '--silent', '--pack-destination', box.dir], {
    cwd: repository,
    env: { ...npm, npm_config_cache: box.path('cache') },
    timeout: 60_000,
    until: 'close',
  });
  expect({ code: result.code, stderr: result.code === 0 ? '' : result.stderr }).toEqual({ code: 0, stderr: '' });
  return box.path(result.stdout.trim().split('\n').at(-1) ?? '');
}

/** Unpack as npm would, with the dependencies copied from our own node_modules: nothing is downloaded. */
async function install(box: Box): Promise<string> {
  const tarball = await pack(box);
  const at = box.path('app/node_modules/tsrun');
  mkdirSync(at, { recursive: true });
  expect((await run(['tar', '-xzf', tarball, '-C', at, '--strip-components=1'])).code).toBe(0);
  for (const name of Object.keys(manifest.dependencies ?? {})) {
    // oxlint-disable-next-line no-await-in-loop
    expect((await run(['cp', '-a', join(repository, 'node_modules', name), box.path('app/node_modules')])).code).toBe(0);
  }
  return at;
}

describe('the npm package', () => {
  anyUserTest('has what it needs and nothing that is ours alone', async ({ box }) => {
    const listing = (await run(['tar', '-tzf', await pack(box)])).stdout.trim().split('\n');
    expect(listing).toEqual(
      expect.arrayContaining([
        'package/package.json',
        'package/README.md',
        'package/LICENSE',
        'package/dist/cli.js',
        'package/dist/bin/tsrun-helper',
      ]),
    );
    expect(listing.filter((name) => /\.test\.|node_modules|^package\/(src|test|scripts|\.ci)\//.test(name))).toEqual([]);
  });

  anyUserTest('publint has nothing to say', async ({ box }) => {
    const result = await run([process.execPath, join(repository, 'node_modules/publint/src/cli.js'), '--strict', await pack(box)], {
      cwd: repository,
      until: 'close',
      env: { ...npm, npm_config_cache: box.path('cache') },
    });
    expect(`${result.stdout}${result.stderr}`).toMatch(/All good/i);
    expect(result.code).toBe(0);
  });

  anyUserTest('installs and prints its version', async ({ box }) => {
    const at = await install(box);
    const result = await run([process.execPath, join(at, manifest.bin['tsrun'] ?? ''), '--version'], { cwd: box.path('app'), env: {} });
    expect(result).toMatchObject({ code: 0, stderr: '' });
    expect(result.stdout).toContain(`version ${manifest.version}`);
  });

  anyUserTest('the program is executable by itself and has a #! line that finds node', async ({ box }) => {
    const cli = join(await install(box), manifest.bin['tsrun'] ?? '');
    expect(readFileSync(cli, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
    expect(
      (
        await run(['/bin/sh', '-c', `chmod +x ${cli} && ${cli} --version`], {
          env: { PATH: `${process.execPath.replace(/\/node$/, '')}:/usr/bin:/bin` },
        })
      ).code,
    ).toBe(0);
  });

  test('runs a container', async ({ box }) => {
    const at = await install(box);
    const own = new Box({
      template: inject('template'),
      subject: { command: [process.execPath, join(at, 'dist/cli.js')], name: 'linux', ours: true },
    });
    try {
      expect((await own.run('cat /etc/marker; exit 4')).stdout).toBe('container\n');
    } finally {
      await own.close();
    }
  });
});

describe('the standalone program', () => {
  const bin = join(repository, 'dist/bin');
  const copy = (box: Box): string => {
    const to = box.path('elsewhere');
    mkdirSync(to);
    for (const name of readdirSync(bin)) if (statSync(join(bin, name)).isFile()) copyFileSync(join(bin, name), join(to, name));
    return join(to, 'tsrun');
  };

  anyUserTest('copied elsewhere prints its version without PATH and HOME', async ({ box }) => {
    const result = await run([copy(box), '--version'], { env: {} });
    expect(result).toMatchObject({ code: 0, stderr: '' });
    expect(result.stdout).toContain(`version ${manifest.version}`);
  });

  test('copied elsewhere runs a container without PATH and HOME', async ({ box }) => {
    const own = new Box({ template: inject('template'), subject: { command: [copy(box)], name: 'linux', ours: true } });
    try {
      expect((await own.run('cat /etc/marker', {}, { env: { XDG_RUNTIME_DIR: box.dir } })).stdout).toBe('container\n');
    } finally {
      await own.close();
    }
  });

  anyUserTest('both shapes say the same version', async () => {
    const versions = await Promise.all(
      [[join(bin, 'tsrun')], [process.execPath, join(repository, 'dist/cli.js')]].map(
        async (command) => (await run([...command, '--version'])).stdout,
      ),
    );
    expect(versions[0]).toBe(versions[1]);
  });

  anyUserTest('the helper is static and has no setuid bit or file capabilities', async () => {
    const helper = join(bin, 'tsrun-helper');
    expect(existsSync(helper)).toBe(true);
    expect(statSync(helper).mode & 0o6000).toBe(0);
    // No PT_INTERP (type 3) among the program headers: nothing of the container's file system is loaded.
    const elf = readFileSync(helper);
    const offset = Number(elf.readBigUInt64LE(32));
    const types = Array.from({ length: elf.readUInt16LE(56) }, (_, index) => elf.readUInt32LE(offset + index * elf.readUInt16LE(54)));
    expect(types).not.toContain(3);
    expect(isRoot || types.length > 0).toBe(true);
  });
});
