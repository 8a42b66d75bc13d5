/** The texts of /proc/PID/mountinfo and /proc/PID/mounts (proc(5)). */
import {
  majorOf,
  minorOf,
  MS_DIRSYNC,
  MS_LAZYTIME,
  MS_NOATIME,
  MS_NODEV,
  MS_NODIRATIME,
  MS_NOEXEC,
  MS_NOSUID,
  MS_NOSYMFOLLOW,
  MS_RDONLY,
  MS_RELATIME,
  MS_SYNCHRONOUS,
  type Location,
  type Mount,
  type Vfs,
} from './types.ts';

const FLAGS: readonly (readonly [flag: number, name: string])[] = [
  [MS_NOSUID, 'nosuid'],
  [MS_NODEV, 'nodev'],
  [MS_NOEXEC, 'noexec'],
  [MS_NOATIME, 'noatime'],
  [MS_NODIRATIME, 'nodiratime'],
  [MS_RELATIME, 'relatime'],
  [MS_NOSYMFOLLOW, 'nosymfollow'],
];

/** Those of the whole file system. */
const SUPER_FLAGS: readonly (readonly [flag: number, name: string])[] = [
  [MS_SYNCHRONOUS, 'sync'],
  [MS_DIRSYNC, 'dirsync'],
  [MS_LAZYTIME, 'lazytime'],
];

/** Mounts that a process with this root can reach, and where it sees them. */
function visibleMounts(vfs: Vfs, root: Location): { readonly mount: Mount; readonly path: string }[] {
  const visible: { mount: Mount; path: string }[] = [];
  for (const mount of vfs.mounts) {
    const path = vfs.pathOf({ mount, inode: mount.root }, root);
    if (!path.startsWith('(unreachable)')) visible.push({ mount, path });
  }
  return visible;
}

const named = (flags: number, table: typeof FLAGS): readonly string[] =>
  table.filter(([flag]) => (flags & flag) !== 0).map(([, name]) => name);

function mountOptions({ flags }: Mount): string {
  return [(flags & MS_RDONLY) === 0 ? 'rw' : 'ro', ...named(flags, FLAGS)].join(',');
}

/** Without the `rw` or `ro` that comes first in mountinfo. */
function superOptions({ flags, fs }: Mount): readonly string[] {
  const own = fs.superOptions.split(',').filter((option) => option !== '' && option !== 'rw' && option !== 'ro');
  return [...named(flags, SUPER_FLAGS), ...own];
}

/** Optional fields. A shared mount is a peer group of its own; a slave without a master is private, as in Linux. */
function propagationField({ id, propagation }: Mount): string {
  return propagation === 'shared' ? ` shared:${id}` : propagation === 'unbindable' ? ' unbindable' : '';
}

export function mountinfoText(vfs: Vfs, root: Location): string {
  return visibleMounts(vfs, root)
    .map(({ mount, path }) => {
      const { id, parent, fs, rootPath, source } = mount;
      const device = `${majorOf(fs.dev)}:${minorOf(fs.dev)}`;
      const where = `${id} ${parent?.id ?? id} ${device} ${escaped(rootPath)} ${escaped(path)} ${mountOptions(mount)}`;
      const access = /^ro(,|$)/.test(fs.superOptions) ? 'ro' : 'rw';
      const options = [access, ...superOptions(mount)].join(',');
      return `${where}${propagationField(mount)} - ${fs.type} ${escaped(source)} ${options}\n`;
    })
    .join('');
}

export function mountsText(vfs: Vfs, root: Location): string {
  return visibleMounts(vfs, root)
    .map(({ mount, path }) => {
      const { fs, source } = mount;
      return `${escaped(source)} ${escaped(path)} ${fs.type} ${[mountOptions(mount), ...superOptions(mount)].join(',')} 0 0\n`;
    })
    .join('');
}

/** Octal escapes for what separates fields. */
const escaped = (text: string): string => text.replaceAll(/[ \t\n\\#]/g, (c) => `\\${c.charCodeAt(0).toString(8).padStart(3, '0')}`);
