/** path_* with Linux's flags and structures, working directory, mounts. */
import { errno } from '../../errno.ts';
import { BLOCKED } from '../../kernel/types.ts';
import type { Attributes, Stat } from '../../vfs/types.ts';
import type { Guest } from '../guest.ts';
import { encodeUtf8 } from '../text.ts';

const AT_FDCWD = -100;
const AT = { SYMLINK_NOFOLLOW: 0x100, EACCESS: 0x200, EMPTY_PATH: 0x1000 };

export function path_openat(guest: Guest, at: number, pointer: number, length: number, flags: number, mode: number, out: number): number {
  guest.range(out, 4);
  const opened = guest.sys.openat(guest.process, at, guest.path(pointer, length), flags, mode & 0o7777);
  if (opened === BLOCKED) return guest.suspend((fd: number) => (guest.setU32(out, fd), 0));
  guest.setU32(out, opened);
  return 0;
}

/** `at` itself is meant: AT_EMPTY_PATH and an empty path. */
function isItself(at: number, path: string, flags: number): boolean {
  return path === '' && at !== AT_FDCWD && (flags & AT.EMPTY_PATH) !== 0;
}

function nameOf(path: string, flags: number): string {
  return path === '' && (flags & AT.EMPTY_PATH) !== 0 ? '.' : path;
}

export function path_stat(guest: Guest, at: number, pointer: number, length: number, flags: number, out: number): number {
  const path = guest.path(pointer, length, (flags & AT.EMPTY_PATH) !== 0);
  guest.range(out, STAT_SIZE);
  const { sys, process } = guest;
  const follow = (flags & AT.SYMLINK_NOFOLLOW) === 0;
  putStat(guest, out, isItself(at, path, flags) ? sys.fstat(process, at) : sys.stat(process, at, nameOf(path, flags), follow));
  return 0;
}

/** struct tsrun_stat. */
const STAT_SIZE = 88;

function putStat(guest: Guest, out: number, stat: Stat): void {
  const at = out >>> 0;
  guest.setSize(at, stat.dev);
  guest.setSize(at + 8, stat.ino);
  guest.setU32(at + 16, stat.mode);
  guest.setU32(at + 20, stat.nlink);
  guest.setU32(at + 24, stat.uid);
  guest.setU32(at + 28, stat.gid);
  guest.setSize(at + 32, stat.rdev);
  guest.setSize(at + 40, stat.size);
  guest.setSize(at + 48, stat.blksize);
  guest.setSize(at + 56, stat.blocks);
  guest.setU64(at + 64, stat.atime);
  guest.setU64(at + 72, stat.mtime);
  guest.setU64(at + 80, stat.ctime);
}

export function path_mkdir(guest: Guest, at: number, pointer: number, length: number, mode: number): number {
  guest.sys.mkdirat(guest.process, at, guest.path(pointer, length), mode & 0o7777);
  return 0;
}

export function path_mknod(guest: Guest, at: number, pointer: number, length: number, mode: number, rdev: bigint): number {
  guest.sys.mknodat(guest.process, at, guest.path(pointer, length), mode, Number(BigInt.asUintN(53, rdev)));
  return 0;
}

function change(guest: Guest, at: number, path: string, attributes: Attributes, flags: number): number {
  const { sys, process } = guest;
  if (isItself(at, path, flags)) sys.fsetAttributes(process, at, attributes);
  else sys.setAttributesAt(process, at, nameOf(path, flags), attributes, (flags & AT.SYMLINK_NOFOLLOW) === 0);
  return 0;
}

export function path_chmod(guest: Guest, at: number, pointer: number, length: number, mode: number, flags: number): number {
  return change(guest, at, guest.path(pointer, length, (flags & AT.EMPTY_PATH) !== 0), { mode: mode & 0o7777 }, flags);
}

export function path_chown(guest: Guest, at: number, pointer: number, length: number, uid: number, gid: number, flags: number): number {
  const attributes = { ...(uid === -1 ? {} : { uid: uid >>> 0 }), ...(gid === -1 ? {} : { gid: gid >>> 0 }) };
  return change(guest, at, guest.path(pointer, length, (flags & AT.EMPTY_PATH) !== 0), attributes, flags);
}

/** All else is a time, before 1970 a negative one. */
const UTIME_OMIT = -1n;
const UTIME_NOW = -2n;

export function path_utimens(
  guest: Guest,
  at: number,
  pointer: number,
  length: number,
  atime: bigint,
  mtime: bigint,
  flags: number,
): number {
  const time = (value: bigint): bigint | undefined => {
    if (value === UTIME_OMIT) return undefined;
    return value === UTIME_NOW ? guest.sys.clock(guest.process, 0) : value;
  };
  const [a, m] = [time(atime), time(mtime)];
  const attributes = { ...(a === undefined ? {} : { atime: a }), ...(m === undefined ? {} : { mtime: m }) };
  return change(guest, at, guest.path(pointer, length, (flags & AT.EMPTY_PATH) !== 0), attributes, flags);
}

export function path_access(guest: Guest, at: number, pointer: number, length: number, want: number, flags: number): number {
  if ((want & ~7) !== 0) throw errno('EINVAL');
  guest.sys.accessat(guest.process, at, guest.path(pointer, length), want, (flags & AT.EACCESS) !== 0);
  return 0;
}

export function path_statfs(guest: Guest, pointer: number, length: number, out: number): number {
  const at = guest.range(out, 64);
  const { type, bsize, blocks, bfree, bavail, files, ffree, namelen } = guest.sys.statfs(
    guest.process,
    AT_FDCWD,
    guest.path(pointer, length),
  );
  [type, bsize, blocks, bfree, bavail, files, ffree, namelen].forEach((value, index) => guest.setSize(at + index * 8, value));
  return 0;
}

export function chdir(guest: Guest, pointer: number, length: number): number {
  guest.sys.chdir(guest.process, guest.path(pointer, length));
  return 0;
}

export function fd_chdir(guest: Guest, fd: number): number {
  guest.sys.fchdir(guest.process, fd);
  return 0;
}

export function getcwd(guest: Guest, buffer: number, lengthInOut: number): number {
  const room = guest.getU32(lengthInOut);
  const path = encodeUtf8(guest.sys.getcwd(guest.process));
  guest.setU32(lengthInOut, path.length);
  if (room < path.length) throw errno('ERANGE');
  guest.bytes(buffer, path.length).set(path);
  return 0;
}

export function chroot(guest: Guest, pointer: number, length: number): number {
  guest.sys.chroot(guest.process, guest.path(pointer, length));
  return 0;
}

export function sys_mount(guest: Guest, source: number, target: number, type: number, flags: bigint, data: number): number {
  const text = (pointer: number): string => (pointer === 0 ? '' : guest.cString(pointer));
  guest.sys.mount(guest.process, text(source), guest.cString(target), text(type), Number(BigInt.asUintN(32, flags)), text(data));
  return 0;
}

export function sys_umount(guest: Guest, target: number, flags: number): number {
  guest.sys.umount(guest.process, guest.cString(target), flags);
  return 0;
}
