/** mount(2) and umount2(2) from inside. */
import { errno } from '../errno.ts';
import { memoryFileSystem } from '../vfs/memory.ts';
import { type FileSystem, type Location, MS_RDONLY, type Quota, S_IFDIR, S_IFMT } from '../vfs/types.ts';
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
    const fs = type === 'tmpfs' || type === 'ramfs' ? tmpfs(type, data) : createFileSystem(process.kernel, type, data);
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
  if ((flags & MNT_DETACH) === 0) {
    for (const other of processes.values()) {
      if (isGone(other)) continue;
      const held = [other.cwd, other.root, ...other.descriptors.map((descriptor) => descriptor?.file.location)];
      if (held.some((location) => location?.mount === mounted)) throw errno('EBUSY');
    }
  }
  vfs.unmount(mounted);
}

/** Options of tmpfs(5). EINVAL for what is none. */
function tmpfs(type: string, data: string): FileSystem {
  let mode = 0o1777;
  let uid = 0;
  let gid = 0;
  const quota: { -readonly [K in keyof Quota]: Quota[K] } = {};
  for (const option of data.split(',')) {
    const [name = '', value = ''] = option.split('=', 2);
    if (name === '' || name === 'rw') continue;
    else if (name === 'mode') mode = number(value, 8);
    else if (name === 'uid') uid = number(value, 10);
    else if (name === 'gid') gid = number(value, 10);
    else if (name === 'size') quota.bytes = bytes(value);
    else if (name === 'nr_blocks') quota.bytes = bytes(value) * 4096;
    else if (name === 'nr_inodes') quota.inodes = bytes(value);
    else throw errno('EINVAL');
  }
  return memoryFileSystem({ type, mode, uid, gid, quota });
}

function number(text: string, radix: number): number {
  if (!/^[0-9]+$/.test(text)) throw errno('EINVAL');
  return Number.parseInt(text, radix);
}

function bytes(text: string): number {
  const [, digits = '', unit = ''] = /^([0-9]+)([kmgKMG]?)$/.exec(text) ?? [];
  if (digits === '') throw errno('EINVAL');
  return Number(digits) * 1024 ** ' kmg'.indexOf(unit === '' ? ' ' : unit.toLowerCase());
}
