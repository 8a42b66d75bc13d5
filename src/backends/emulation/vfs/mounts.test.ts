import { beforeEach, describe, expect, it } from 'vitest';
import { memoryFileSystem, mountinfoText, mountsText, parseTmpfsOptions } from './index.ts';
import { Box, outcome } from './test-kit.ts';
import { MS_LAZYTIME, MS_NODEV, MS_NOEXEC, MS_NOSUID, MS_NOSYMFOLLOW, MS_RDONLY, MS_SYNCHRONOUS } from './types.ts';

let box: Box;
beforeEach(() => {
  box = new Box(memoryFileSystem({ mode: 0o755 }));
  for (const path of ['/a', '/a/b', '/mnt', '/other']) box.mkdir(path);
  box.write('/a/f', 'under');
});

const tmpfs = (path: string, flags = 0) => box.vfs.mount(memoryFileSystem(), box.at(path), { flags, source: 'tmpfs' });
const bind = (from: string, to: string, recursive = false, flags = 0) => box.vfs.bind(box.at(from), box.at(to), { flags, recursive });

describe('mounts', () => {
  it('cover what they are on, and uncover it', () => {
    const mount = tmpfs('/a');
    expect(box.list('/a')).toEqual([]);
    box.write('/a/new', '');
    expect(box.vfs.mountAt(box.at('/a'))).toBe(mount);
    box.vfs.unmount(mount);
    expect(box.list('/a')).toEqual(['b', 'f']);
    expect(box.vfs.mountAt(box.at('/a'))).toBeUndefined();
  });

  it('stack: the last one is seen, and must go first', () => {
    const [one, two] = [tmpfs('/a'), tmpfs('/a')];
    box.write('/a/two', '');
    expect(two.parent).toBe(one);
    expect(outcome(() => box.vfs.unmount(one))).toBe('EBUSY');
    box.vfs.unmount(two);
    expect(box.list('/a')).toEqual([]);
    box.vfs.unmount(one);
    expect(outcome(() => box.vfs.unmount(one))).toBe('EINVAL');
  });

  it('on a location that was found before another mount came go on top of it', () => {
    const early = box.at('/a');
    const one = tmpfs('/a');
    const two = box.vfs.mount(memoryFileSystem(), early, { flags: 0, source: 'tmpfs' });
    expect(box.at('/a').mount).toBe(two);
    expect(two.parent).toBe(one);
  });

  it('are busy while something is mounted in them', () => {
    const outer = tmpfs('/a');
    box.mkdir('/a/in');
    const inner = tmpfs('/a/in');
    expect(outcome(() => box.vfs.unmount(outer))).toBe('EBUSY');
    expect(outcome(() => box.rmdir('/a/in'))).toBe('EBUSY');
    expect(outcome(() => box.rename('/a/in', '/a/x'))).toBe('EBUSY');
    box.vfs.unmount(inner);
    box.vfs.unmount(outer);
  });

  it('the first one cannot be unmounted', () => {
    expect(outcome(() => box.vfs.unmount(box.vfs.root.mount))).toBe('EINVAL');
  });

  it('`..` leaves them through their mount point', () => {
    box.mkdir('/a/b/c');
    tmpfs('/a/b/c');
    box.mkdir('/a/b/c/d');
    expect(box.pathOf('/a/b/c/d/../..')).toBe('/a/b');
    expect(box.pathOf('/a/b/c/..')).toBe('/a/b');
    expect(box.pathOf('/a/b/c/d')).toBe('/a/b/c/d');
    expect(box.in('/a/b/c').pathOf('../../f')).toBe('/a/f');
  });

  it('`..` into a covered directory comes out on top', () => {
    const inner = box.in('/a/b');
    tmpfs('/a');
    box.write('/a/top', '');
    expect(inner.list('..')).toEqual(['top']);
  });

  it('are of the kind of what they are on', () => {
    expect(outcome(() => tmpfs('/a/f'))).toBe('ENOTDIR');
    expect(outcome(() => bind('/a/f', '/mnt'))).toBe('ENOTDIR');
    expect(outcome(() => bind('/a', '/a/f'))).toBe('ENOTDIR');
  });
});

describe('binds', () => {
  it('show the same objects, with flags of their own', () => {
    bind('/a', '/mnt', false, MS_RDONLY);
    expect(box.read('/mnt/f')).toBe('under');
    expect(outcome(() => box.write('/mnt/f', 'x'))).toBe('EROFS');
    box.write('/a/f', 'changed');
    expect(box.read('/mnt/f')).toBe('changed');
    expect(box.at('/mnt/f').inode).toBe(box.at('/a/f').inode);
    expect(box.pathOf('/mnt/b/..')).toBe('/mnt');
    expect(box.pathOf('/mnt/..')).toBe('/');
  });

  it('of a file cover this name of it alone', () => {
    box.write('/over', 'over');
    box.write('/g', 'g');
    box.link('/g', '/g2');
    const mount = bind('/over', '/g');
    expect([box.read('/g'), box.read('/g2')]).toEqual(['over', 'g']);
    expect(box.pathOf('/g')).toBe('/g');
    expect(mount.rootPath).toBe('/over');
    box.vfs.unmount(mount);
    expect(box.read('/g')).toBe('g');
  });

  it('take the mounts below along only when recursive', () => {
    tmpfs('/a/b', MS_NOEXEC);
    box.write('/a/b/x', '');
    box.mkdir('/a/b/deep');
    tmpfs('/a/b/deep');
    box.write('/a/b/deep/y', '');
    bind('/a', '/mnt');
    expect(box.list('/mnt/b')).toEqual([]);
    bind('/a', '/other', true);
    expect([box.list('/other/b'), box.list('/other/b/deep')]).toEqual([['deep', 'x'], ['y']]);
    expect(box.at('/other/b').mount.flags).toBe(MS_NOEXEC);
    expect(box.pathOf('/other/b/deep/y')).toBe('/other/b/deep/y');
    bind('/a/b', '/mnt', true);
    expect(box.list('/mnt/deep')).toEqual(['y']);
  });

  it('of a directory into itself end', () => {
    bind('/a', '/a/b', true);
    expect(box.list('/a/b')).toEqual(['b', 'f']);
    expect(box.list('/a/b/b')).toEqual([]);
  });

  it('whose directory was moved out from under them have no way up', () => {
    bind('/a', '/mnt');
    const inner = box.in('/mnt/b');
    box.rename('/a/b', '/outside');
    expect(outcome(() => inner.at('..'))).toBe('ENOENT');
    expect(box.vfs.pathOf(inner.context.cwd)).toBe('(unreachable)/outside');
  });
});

describe('mountinfo', () => {
  it('has the columns of proc(5), escaped, as seen from the root of the process', () => {
    box.mkdir('/with space');
    tmpfs('/with space', MS_NOSUID | MS_NODEV);
    bind('/a/b', '/mnt', false, MS_RDONLY);
    const text = mountinfoText(box.vfs, box.vfs.root);
    expect(text.replaceAll(/ 0:\d+ /g, ' DEV ')).toBe(
      [
        '1 1 DEV / / rw - tmpfs tmpfs rw,mode=755',
        '2 1 DEV / /with\\040space rw,nosuid,nodev - tmpfs tmpfs rw',
        '3 1 DEV /a/b /mnt ro - tmpfs tmpfs rw,mode=755',
        '',
      ].join('\n'),
    );
    expect(mountsText(box.vfs, box.vfs.root)).toBe(
      'tmpfs / tmpfs rw,mode=755 0 0\ntmpfs /with\\040space tmpfs rw,nosuid,nodev 0 0\ntmpfs /mnt tmpfs ro,mode=755 0 0\n',
    );
    expect(mountinfoText(box.vfs, box.at('/mnt'))).toMatch(/^3 1 0:\d+ \/a\/b \/ ro - tmpfs tmpfs rw,mode=755\n$/);
  });

  it('options of the file system are in the last column, propagation among the optional fields', () => {
    const mount = tmpfs('/a', MS_SYNCHRONOUS | MS_LAZYTIME | MS_NOSYMFOLLOW);
    box.vfs.setPropagation(mount, 'shared');
    expect(mountinfoText(box.vfs, box.vfs.root)).toMatch(/ \/a rw,nosymfollow shared:2 - tmpfs tmpfs rw,sync,lazytime\n$/);
    box.vfs.setPropagation(mount, 'unbindable');
    expect(mountinfoText(box.vfs, box.vfs.root)).toMatch(/ \/a rw,nosymfollow unbindable - tmpfs/);
    expect(() => bind('/a', '/mnt')).toThrow('EINVAL');
  });
});

describe('options of tmpfs', () => {
  it.each([
    ['size=64k', { bytes: 65536 }],
    ['size=1', { bytes: 4096 }],
    ['size=0', {}],
    ['size=2M,nr_inodes=10', { bytes: 2 ** 21, inodes: 10 }],
    ['nr_blocks=2', { bytes: 8192 }],
    ['', {}],
    ['huge=never,mpol=default', {}],
  ])('%j', (data, quota) => expect(parseTmpfsOptions(data)).toEqual({ quota }));

  it('mode is octal, uid and gid decimal', () => {
    expect(parseTmpfsOptions('mode=0750,uid=5,gid=6')).toEqual({ mode: 0o750, uid: 5, gid: 6, quota: {} });
  });

  it.each(['size', 'size=', 'size=x', 'size=1kk', 'mode=9', 'uid=-1', 'frob=1', 'size=5x%'])('%j is EINVAL', (data) => {
    expect(outcome(() => parseTmpfsOptions(data))).toBe('EINVAL');
  });
});
