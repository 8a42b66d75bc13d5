/** mount(2) and umount2(2) from inside. */
import { errno } from '../errno.ts';
import { memoryFileSystem } from '../vfs/memory.ts';
import { parseTmpfsOptions } from '../vfs/tmpfs-options.ts';
import { type FileSystem, type Location, type Mount, MS_RDONLY, S_IFDIR, S_IFMT } from '../vfs/types.ts';
import { CAP_SYS_ADMIN, hasCapability } from './capabilities.ts';
import { createFileSystem } from './filesystems/index.ts';
import { isGone, type Proc } from './process.ts';

const MS_NOSUID_TO_NOEXEC = 2 | 4 | 8;
const MS_REMOUNT = 32;
const MS_BIND = 4096;
const MS_MOVE = 8192;
const MS_REC = 16384;
const MS_PROPAGATION = (1 << 17) | (1 << 18) | (1 << 19) | (1 << 20);
const MS_TIMES = 1024 | 2048 | (1 << 21) | (1 << 24);
const KEPT = MS_RDONLY | MS_NOSUID_TO_NOEXEC | MS_TIMES;
const UMOUNT_KNOWN = 1 | 2 | 4 | 8;
const MNT_DETACH = 2;
const UMOUNT_NOFOLLOW = 8;

export function mount(process: Proc, source: string, target: string, type: string, flags: number, data: string): void {
  const { vfs } = process.kernel;
  process.kernel.caller = process;
  if (!hasCapability(process, CAP_SYS_ADMIN)) throw errno('EPERM');
  const at = vfs.resolve(process, target);
  if ((flags & MS_REMOUNT) !== 0) {
    const mounted = vfs.mountAt(at);
    if (mounted === undefined) throw errno('EINVAL');
    vfs.remount(mounted, flags & KEPT);
  } else if ((flags & MS_BIND) !== 0) {
    // As Linux: the flags of a new bind are its source's; a remount changes them.
    const from = vfs.resolve(process, source);
    vfs.bind(from, at, { flags: from.mount.flags, recursive: (flags & MS_REC) !== 0 });
  } else if ((flags & MS_MOVE) !== 0) throw errno('EINVAL');
  else if ((flags & MS_PROPAGATION) !== 0) {
    // One mount namespace: there is nobody to propagate to.
    if (vfs.mountAt(at) === undefined) throw errno('EINVAL');
  } else {
    const fs =
      type === 'tmpfs' || type === 'ramfs'
        ? memoryFileSystem({ type, ...parseTmpfsOptions(data) })
        : createFileSystem(process.kernel, type, data);
    demandDirectory(at, fs);
    vfs.mount(fs, at, { flags: flags & KEPT, source: source === '' ? 'none' : source });
  }
}

function demandDirectory(at: Location, fs: FileSystem): void {
  if ((at.inode.mode & S_IFMT) !== (fs.root.mode & S_IFMT) || (at.inode.mode & S_IFMT) !== S_IFDIR) throw errno('ENOTDIR');
}

export function umount(process: Proc, target: string, flags: number): void {
  const { vfs, processes } = process.kernel;
  process.kernel.caller = process;
  if ((flags & ~UMOUNT_KNOWN) !== 0) throw errno('EINVAL');
  if (!hasCapability(process, CAP_SYS_ADMIN)) throw errno('EPERM');
  const at = vfs.resolve(process, target, { follow: (flags & UMOUNT_NOFOLLOW) === 0 });
  const mounted = vfs.mountAt(at);
  if (mounted === undefined || mounted === vfs.root.mount) throw errno('EINVAL');
  const used = [...processes.values()].some((other) => !isGone(other) && uses(other, mounted));
  if (used && (flags & MNT_DETACH) === 0) throw errno('EBUSY');
  vfs.unmount(mounted);
  // One that is detached while somebody is in it stays charged: who is there can fill it still.
  if (!used && vfs.mounts.every(({ fs }) => fs !== mounted.fs)) mounted.fs.release?.();
}

function uses({ cwd, root, executable, descriptors }: Proc, mounted: Mount): boolean {
  const held = [cwd, root, executable, ...descriptors.map((descriptor) => descriptor?.file.location)];
  return held.some((location) => location?.mount === mounted);
}
