import {
  majorOf,
  minorOf,
  type Mount,
  MS_NOATIME,
  MS_NODEV,
  MS_NODIRATIME,
  MS_NOEXEC,
  MS_NOSUID,
  MS_RDONLY,
  MS_RELATIME,
} from '../../../vfs/types.ts';
import type { Proc } from '../../process.ts';

const OPTIONS: readonly (readonly [flag: number, name: string])[] = [
  [MS_NOSUID, 'nosuid'],
  [MS_NODEV, 'nodev'],
  [MS_NOEXEC, 'noexec'],
  [MS_NOATIME, 'noatime'],
  [MS_NODIRATIME, 'nodiratime'],
  [MS_RELATIME, 'relatime'],
];

/** /proc/PID/mounts (fstab(5) lines). */
export function mountsOf(process: Proc): string {
  let text = '';
  for (const { mount, path } of visible(process)) {
    const own = optionsOf(mount);
    const more = mount.fs.superOptions.replace(/^(rw|ro)(,|$)/, '');
    text += `${escaped(mount.source)} ${escaped(path)} ${mount.fs.type} ${more === '' ? own : `${own},${more}`} 0 0\n`;
  }
  return text;
}

/** /proc/PID/mountinfo (proc_pid_mountinfo(5)). */
export function mountInfoOf(process: Proc): string {
  let text = '';
  for (const { mount, path } of visible(process)) {
    const { fs, id, parent, rootPath, source } = mount;
    const device = `${majorOf(fs.dev)}:${minorOf(fs.dev)}`;
    const superOptions = /^(rw|ro)(,|$)/.test(fs.superOptions)
      ? fs.superOptions
      : `rw${fs.superOptions === '' ? '' : ','}${fs.superOptions}`;
    text += `${id} ${parent?.id ?? 0} ${device} ${escaped(rootPath)} ${escaped(path)} ${optionsOf(mount)} - ${fs.type} ${escaped(source)} ${superOptions}\n`;
  }
  return text;
}

/** Mounts that are below the process's root. */
function* visible(process: Proc): Generator<{ readonly mount: Mount; readonly path: string }> {
  const { vfs } = process.kernel;
  for (const mount of vfs.mounts) {
    const path = vfs.pathOf({ mount, inode: mount.root }, process.root);
    if (path.startsWith('/')) yield { mount, path };
  }
}

function optionsOf({ flags }: Mount): string {
  return [(flags & MS_RDONLY) === 0 ? 'rw' : 'ro', ...OPTIONS.filter(([flag]) => (flags & flag) !== 0).map(([, name]) => name)].join(',');
}

/** As mangle(): what would break a line of fields is written in octal. */
function escaped(text: string): string {
  return text.replace(/[ \t\n\\#]/g, (char) => `\\${char.charCodeAt(0).toString(8).padStart(3, '0')}`);
}
