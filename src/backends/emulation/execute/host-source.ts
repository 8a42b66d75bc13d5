/** Sources of bind mounts: files and directories of the host, and what they stand for in the emulated kernel. */
import { realpathSync, type Stats, statSync } from 'node:fs';
import { errno, ERRNO, type ErrnoName } from '../errno.ts';
import { hostBind, memoryFileSystem } from '../vfs/index.ts';
import { type FileSystem, type Inode, makedev, S_IFCHR } from '../vfs/types.ts';
import { BUILT_IN_DEVICES } from './applied.ts';
import { EMULATED_HOST } from './facts.ts';
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
  const { real, stat } = look(path);
  if (stat.isDirectory()) return whole(hostBind(real, { readonly }));
  if (stat.isCharacterDevice()) return device(stat.rdev);
  if (!stat.isFile()) throw errno('EOPNOTSUPP'); // sockets, fifos and disks of the host are not ours to emulate
  const fs = hostBind(real, { readonly });
  return { fs, root: fs.root, directory: false };
}

const whole = (fs: FileSystem): Source => ({ fs, root: fs.root, directory: true });

/** A node of the host's stands for the emulated device of the same number. */
function device(rdev: number): Source {
  const [major, minor] = [(rdev >> 8) & 0xfff, rdev & 0xff];
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
