/** System calls on paths: which directory they start in, and the VFS does the rest. */
import { errno } from '../../errno.ts';
import { type Attributes, type Location, O_CLOEXEC, type PathContext, type Stat, type StatFs } from '../../vfs/types.ts';
import { CAP_SYS_CHROOT, hasCapability } from '../capabilities.ts';
import { fileOf, freeDescriptor, install } from '../descriptors.ts';
import { openLocation } from '../open.ts';
import type { Proc } from '../process.ts';
import { S_IFDIR, S_IFMT } from '../../vfs/types.ts';
import { BLOCKED, type Sys } from '../types.ts';
import { checkFileSize } from './files.ts';

const AT_FDCWD = -100;
const X_OK = 1;

/** Where the walk of `path` starts. The process itself is the context of the ordinary case. */
function contextAt(process: Proc, at: number, path: string, beneath: boolean | undefined): PathContext {
  process.kernel.caller = process;
  const strict = beneath === true;
  if (!strict && (at === AT_FDCWD || path.startsWith('/'))) return process;
  const cwd = at === AT_FDCWD ? process.cwd : directoryOf(process, at);
  return { root: process.root, cwd, credentials: process.credentials, umask: process.umask, beneath: strict };
}

function directoryOf(process: Proc, fd: number): Location {
  const { location } = fileOf(process, fd);
  if (location === undefined || (location.inode.mode & S_IFMT) !== S_IFDIR) throw errno('ENOTDIR');
  return location;
}

export function openat(process: Proc, at: number, path: string, flags: number, mode: number, beneath?: boolean): Sys<number> {
  const context = contextAt(process, at, path, beneath);
  // EMFILE before anything is made.
  freeDescriptor(process);
  const { location } = process.kernel.vfs.open(context, path, flags, mode);
  const cloexec = (flags & O_CLOEXEC) !== 0;
  const file = openLocation(process, location, flags);
  if (file !== BLOCKED) return install(process, file, cloexec);
  // A fifo: the descriptor comes with its other end.
  const { blocked } = process;
  if (blocked === undefined) throw new Error('a blocked open has no call to make again');
  process.blocked = {
    ...blocked,
    again: () => {
      const opened = blocked.again() as Sys<Parameters<typeof install>[1]>;
      return opened === BLOCKED ? BLOCKED : install(process, opened, cloexec);
    },
  };
  return BLOCKED;
}

/** An empty path means the descriptor itself (AT_EMPTY_PATH). */
function resolve(process: Proc, at: number, path: string, follow: boolean, beneath?: boolean): Location {
  if (path === '') return placeOf(process, at);
  return process.kernel.vfs.resolve(contextAt(process, at, path, beneath), path, { follow });
}

function placeOf(process: Proc, at: number): Location {
  if (at === AT_FDCWD) throw errno('ENOENT');
  const { location } = fileOf(process, at);
  if (location === undefined) throw errno('ENOENT');
  return location;
}

export function stat(process: Proc, at: number, path: string, follow: boolean, beneath?: boolean): Stat {
  if (path === '' && at !== AT_FDCWD) return fileOf(process, at).stat();
  return resolve(process, at, path, follow, beneath).inode.stat();
}

export function mkdirat(process: Proc, at: number, path: string, mode: number, beneath?: boolean): void {
  process.kernel.vfs.mkdir(contextAt(process, at, path, beneath), path, mode);
}

export function mknodat(process: Proc, at: number, path: string, mode: number, rdev: number): void {
  process.kernel.vfs.mknod(contextAt(process, at, path, false), path, mode, rdev);
}

export function unlinkat(process: Proc, at: number, path: string, directory: boolean, beneath?: boolean): void {
  const context = contextAt(process, at, path, beneath);
  if (directory) process.kernel.vfs.rmdir(context, path);
  else process.kernel.vfs.unlink(context, path);
}

export function renameat(process: Proc, from: number, oldPath: string, to: number, newPath: string, beneath?: boolean): void {
  const source = contextAt(process, from, oldPath, beneath);
  process.kernel.vfs.rename(source, oldPath, contextAt(process, to, newPath, beneath), newPath);
}

export function linkat(
  process: Proc,
  from: number,
  oldPath: string,
  to: number,
  newPath: string,
  follow: boolean,
  beneath?: boolean,
): void {
  const source = contextAt(process, from, oldPath, beneath);
  process.kernel.vfs.link(source, oldPath, contextAt(process, to, newPath, beneath), newPath, { follow });
}

export function symlinkat(process: Proc, target: string, at: number, path: string, beneath?: boolean): void {
  if (beneath === true && target.startsWith('/')) throw errno('ENOTCAPABLE');
  process.kernel.vfs.symlink(contextAt(process, at, path, beneath), target, path);
}

export function readlinkat(process: Proc, at: number, path: string, beneath?: boolean): string {
  return process.kernel.vfs.readlink(contextAt(process, at, path, beneath), path);
}

/** effective: faccessat(AT_EACCESS); else access(2) with the real ids, and root's capabilities only for real root. */
export function accessat(process: Proc, at: number, path: string, want: number, effective: boolean): void {
  if ((want & ~7) !== 0) throw errno('EINVAL');
  const context = contextAt(process, at, path, false);
  const { ruid, rgid, euid, egid, groups } = process.ids;
  if (effective || (ruid === euid && rgid === egid)) {
    const location = resolve(process, at, path, true);
    if (want !== 0) process.kernel.vfs.access(context, location, want);
    return;
  }
  const capabilities = ruid === 0 ? process.capabilities.permitted : 0n;
  const real: PathContext = {
    root: context.root,
    cwd: context.cwd,
    umask: context.umask,
    credentials: { uid: ruid, gid: rgid, groups, capabilities },
  };
  const location = process.kernel.vfs.resolve(real, path);
  if (want !== 0) process.kernel.vfs.access(real, location, want);
}

export function setAttributesAt(process: Proc, at: number, path: string, attributes: Attributes, follow: boolean, beneath?: boolean): void {
  const context = contextAt(process, at, path, beneath);
  const location = resolve(process, at, path, follow, beneath);
  if (attributes.size !== undefined) checkFileSize(process, attributes.size);
  process.kernel.vfs.setAttributes(context, location, attributes);
}

export function statfs(process: Proc, at: number, path: string): StatFs {
  return resolve(process, at, path, true).inode.fs.statfs();
}

export function chdir(process: Proc, path: string): void {
  process.cwd = directoryFor(process, resolve(process, AT_FDCWD, path, true));
}

export function fchdir(process: Proc, fd: number): void {
  process.cwd = directoryFor(process, directoryOf(process, fd));
}

function directoryFor(process: Proc, location: Location): Location {
  if ((location.inode.mode & S_IFMT) !== S_IFDIR) throw errno('ENOTDIR');
  process.kernel.vfs.access(process, location, X_OK);
  return location;
}

/** getcwd(2): ENOENT for a directory that was removed. */
export function getcwd(process: Proc): string {
  const path = process.kernel.vfs.pathOf(process.cwd, process.root);
  if (path.endsWith(' (deleted)')) throw errno('ENOENT');
  return path;
}

export function chroot(process: Proc, path: string): void {
  const location = directoryFor(process, resolve(process, AT_FDCWD, path, true));
  if (!hasCapability(process, CAP_SYS_CHROOT)) throw errno('EPERM');
  process.root = location;
}

export function umask(process: Proc, mask: number): number {
  const old = process.umask;
  process.umask = mask & 0o777;
  return old;
}
