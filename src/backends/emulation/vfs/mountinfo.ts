/** The texts of /proc/PID/mountinfo and /proc/PID/mounts (proc(5)). */
import {
  majorOf,
  minorOf,
  MS_NOATIME,
  MS_NODEV,
  MS_NODIRATIME,
  MS_NOEXEC,
  MS_NOSUID,
  MS_RDONLY,
  MS_RELATIME,
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
];

/** Mounts that a process with this root can reach, and where it sees them. */
export function visibleMounts(vfs: Vfs, root: Location): { readonly mount: Mount; readonly path: string }[] {
  const visible: { mount: Mount; path: string }[] = [];
  for (const mount of vfs.mounts) {
    const path = vfs.pathOf({ mount, inode: mount.root }, root);
    if (!path.startsWith('(unreachable)')) visible.push({ mount, path });
  }
  return visible;
}

export function mountOptions(mount: Mount): string {
  const names = FLAGS.filter(([flag]) => (mount.flags & flag) !== 0).map(([, name]) => name);
  return [(mount.flags & MS_RDONLY) === 0 ? 'rw' : 'ro', ...names].join(',');
}

export function mountinfoText(vfs: Vfs, root: Location): string {
  return visibleMounts(vfs, root)
    .map(({ mount, path }) => {
      const { id, parent, fs, rootPath, source } = mount;
      const device = `${majorOf(fs.dev)}:${minorOf(fs.dev)}`;
      const where = `${id} ${parent?.id ?? id} ${device} ${escaped(rootPath)} ${escaped(path)} ${mountOptions(mount)}`;
      return `${where} - ${fs.type} ${escaped(source)} ${fs.superOptions}\n`;
    })
    .join('');
}

export function mountsText(vfs: Vfs, root: Location): string {
  return visibleMounts(vfs, root)
    .map(({ mount, path }) => {
      const { fs, source } = mount;
      const more = fs.superOptions.split(',').filter((option) => option !== 'rw' && option !== 'ro');
      return `${escaped(source)} ${escaped(path)} ${fs.type} ${[mountOptions(mount), ...more].join(',')} 0 0\n`;
    })
    .join('');
}

/** Octal escapes for what separates fields. */
const escaped = (text: string): string => text.replaceAll(/[ \t\n\\#]/g, (c) => `\\${c.charCodeAt(0).toString(8).padStart(3, '0')}`);
