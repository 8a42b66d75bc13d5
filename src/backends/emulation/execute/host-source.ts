/** Sources of bind mounts: files and directories of the host, and what they stand for in the emulated kernel. */
import { realpathSync, type Stats, statSync } from 'node:fs';
import { errno, ERRNO, type ErrnoName } from '../errno.ts';
import { hostBind, memoryFileSystem } from '../vfs/index.ts';
import { type FileSystem, type Inode, makedev, S_IFCHR } from '../vfs/types.ts';
import { BUILT_IN_DEVICES } from './applied.ts';
import { EMULATED_HOST } from './facts.ts';
import { idsOfCaller } from './host-ids.ts';
import { makeFileSystem } from './file-systems.ts';
import type { World } from './world.ts';

export interface Source {
  readonly fs: FileSystem;
  /** What of it is bound. */
  readonly root: Inode;
  readonly directory: boolean;
}

/** `path`: on the host; links in it are followed there, those below it never lead out. Throws Errno. */
export function openSource(world: World, path: string, readonly: boolean): Source {
  // The planner binds the host's cgroup tree where no new mount of it is allowed: ours is emulated as the rest.
  if (path === EMULATED_HOST.cgroup.v2?.mountpoint) return whole(makeFileSystem(world, 'cgroup2', ''));
  // `spec --rootless` binds /sys, which other systems than Linux have not; ours shows this container and not the host.
  if (path === '/sys') return whole(makeFileSystem(world, 'sysfs', ''));
  const { real, stat } = look(path);
  if (stat.isDirectory()) return whole(hostBind(real, { readonly, ids: idsOfCaller() }));
  if (stat.isCharacterDevice()) return device(numberOf(real, stat));
  if (!stat.isFile()) throw errno('EOPNOTSUPP'); // sockets, fifos and disks of the host are not ours to emulate
  const fs = hostBind(real, { readonly, ids: idsOfCaller() });
  return { fs, root: fs.root, directory: false };
}

const whole = (fs: FileSystem): Source => ({ fs, root: fs.root, directory: true });

/** Other systems number their devices in their own way: there the name has to do. */
const NAMED: Readonly<Record<string, readonly [number, number]>> = {
  '/dev/null': [1, 3],
  '/dev/zero': [1, 5],
  '/dev/random': [1, 8],
  '/dev/urandom': [1, 9],
  '/dev/tty': [5, 0],
};

/** Linux's major and minor number of what a device node of the host is. */
function numberOf(path: string, { rdev }: Stats): readonly [number, number] {
  return process.platform === 'linux' ? [(rdev >> 8) & 0xfff, rdev & 0xff] : (NAMED[path] ?? [0, 0]);
}

/** A node of the host's stands for the emulated device of the same number. */
function device([major, minor]: readonly [number, number]): Source {
  if (!BUILT_IN_DEVICES.has(`${major}:${minor}`)) throw errno('ENXIO');
  const fs = memoryFileSystem({ mode: 0o755 });
  const root = fs.root.create('device', { mode: S_IFCHR | 0o666, uid: 0, gid: 0, rdev: makedev(major, minor) });
  return { fs, root, directory: false };
}

function look(path: string): { readonly real: string; readonly stat: Stats } {
  try {
    const real = realpathSync(path);
    return { real, stat: statSync(real) };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== undefined && code in ERRNO) throw errno(code as ErrnoName);
    throw error;
  }
}
