/** A hostile root file system must not make the runtime change the host, whatever it does with symlinks (security.md §1). */
import { lstatSync, mkdirSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import type { Box } from '../../helpers/box.ts';
import type { Changes, JsonValue } from '../../helpers/config.ts';
import { test } from '../../helpers/test.ts';

/** A host directory with a file, and a picture of it to compare with later. */
function decoy(box: Box): { readonly path: string; readonly picture: () => string } {
  const path = box.path('decoy');
  mkdirSync(join(path, 'sub'), { recursive: true });
  writeFileSync(join(path, 'secret'), 'secret\n');
  const picture = (): string =>
    ['', 'sub']
      .flatMap((dir) =>
        readdirSync(join(path, dir)).map((name) => {
          const at = join(path, dir, name);
          const stat = lstatSync(at);
          return `${at} ${stat.mode} ${stat.uid} ${stat.size} ${stat.isFile() ? readFileSync(at, 'utf8') : ''}`;
        }),
      )
      .join('\n');
  return { path, picture };
}

const tmpfs = (destination: string): JsonValue => ({ destination, type: 'tmpfs', source: 'tmpfs' });

interface Attack {
  readonly what: string;
  /** Path in the rootfs that is replaced by a symlink to the decoy (or below it). */
  readonly link: string;
  readonly below?: string;
  readonly changes?: Changes;
  readonly flags?: readonly string[];
}

const attacks: readonly Attack[] = [
  { what: '/proc', link: 'proc' },
  { what: '/sys', link: 'sys' },
  { what: '/dev with a tmpfs over it', link: 'dev' },
  { what: '/dev without a mount on it', link: 'dev', changes: { '/mounts/1': undefined } },
  { what: 'a mount target', link: 'mnt', changes: { '/mounts/-': tmpfs('/mnt') } },
  { what: 'a parent of a mount target', link: 'mnt', changes: { '/mounts/-': tmpfs('/mnt/new/deep') } },
  {
    what: 'a mount target that is a file',
    link: 'target',
    below: 'newfile',
    changes: { '/mounts/-': { destination: '/target', type: 'bind', source: '/etc/hostname', options: ['bind'] } },
  },
  { what: 'the cwd', link: 'work', below: 'made', changes: { '/process/cwd': '/work/made' } },
  { what: 'a device path', link: 'devices', changes: { '/linux/devices': [{ type: 'c', path: '/devices/null', major: 1, minor: 3 }] } },
  { what: 'a masked path', link: 'masked', changes: { '/linux/maskedPaths': ['/masked'] } },
  { what: 'a masked file', link: 'masked', below: 'secret', changes: { '/linux/maskedPaths': ['/masked'] } },
  { what: 'a read-only path', link: 'locked', changes: { '/linux/readonlyPaths': ['/locked'] } },
];

describe('security.md §1: symlinks of the rootfs', () => {
  for (const attack of attacks) {
    for (const climbing of [false, true]) {
      test(`${attack.what} as ${climbing ? 'a climbing' : 'an absolute'} symlink to a host directory leaves that directory unchanged`, async ({
        box,
      }) => {
        const { path, picture } = decoy(box);
        const bundle = box.bundle('true', attack.changes ?? {});
        rmSync(join(bundle.rootfs, attack.link), { recursive: true, force: true });
        const target = join(path, attack.below ?? '');
        symlinkSync(climbing ? `../../../../../../..${target}` : target, join(bundle.rootfs, attack.link));
        const before = picture();
        await box.tsrun(['run', '--bundle', bundle.path, bundle.id]);
        expect(picture()).toBe(before);
        expect(box.ids()).toEqual([]);
      });
    }
  }

  test('a /dev/console, /dev/pts or /dev/ptmx that is a symlink is not followed out', async ({ box }) => {
    const { path, picture } = decoy(box);
    const bundle = box.bundle('true', { '/mounts/1': undefined });
    for (const name of ['console', 'ptmx', 'null', 'fd', 'stdin']) symlinkSync(join(path, name), join(bundle.rootfs, 'dev', name));
    const before = picture();
    await box.tsrun(['run', '--bundle', bundle.path, bundle.id]);
    expect(picture()).toBe(before);
  });

  test('a /proc that is a symlink into a volume never hides the masks (CVE-2019-19921)', async ({ box }) => {
    mkdirSync(box.path('volume'));
    const bundle = box.bundle('cat /proc/keys 2>/dev/null; cat /volume/keys 2>/dev/null | head -c 5', {
      '/mounts/-': { destination: '/volume', type: 'bind', source: box.path('volume'), options: ['rbind', 'rw'] },
      '/linux/maskedPaths': ['/proc/keys'],
    });
    rmSync(join(bundle.rootfs, 'proc'), { recursive: true });
    symlinkSync('/volume', join(bundle.rootfs, 'proc'));
    const result = await box.tsrun(['run', '--bundle', bundle.path, bundle.id], { until: 'close' });
    expect(result.stdout).toBe('');
  });

  test('a file is mounted where a symlink points that leads nowhere yet, inside the rootfs', async ({ box }) => {
    const mount = { destination: '/etc/resolv.conf', type: 'bind', source: box.file('source', 'bound\n'), options: ['bind'] };
    const bundle = box.bundle('cat /etc/resolv.conf /real/deep/stub.conf; grep -c " /real/deep/stub.conf " /proc/self/mountinfo', {
      '/mounts/-': mount,
    });
    symlinkSync('/real', join(bundle.rootfs, 'run-link'));
    rmSync(join(bundle.rootfs, 'etc/resolv.conf'), { force: true });
    symlinkSync('../../../run-link/deep/stub.conf', join(bundle.rootfs, 'etc/resolv.conf'));
    expect((await box.runBundle(bundle)).stdout).toBe('bound\nbound\n1\n');
  });

  test('symlinks that stay inside the rootfs work as the container sees them', async ({ box }) => {
    const bundle = box.bundle('grep -c " /real " /proc/self/mountinfo', { '/mounts/-': tmpfs('/link') });
    mkdirSync(join(bundle.rootfs, 'real'));
    symlinkSync('/real', join(bundle.rootfs, 'link'));
    expect((await box.runBundle(bundle)).stdout).toBe('1\n');
  });
});
