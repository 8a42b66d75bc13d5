/** File types, flags and structures of preview1, from and to the kernel's. */
import { errno } from '../../errno.ts';
import type { Attributes, Stat } from '../../vfs/types.ts';
import { O_APPEND, O_DSYNC, O_NONBLOCK, O_SYNC, S_IFBLK, S_IFCHR, S_IFDIR, S_IFLNK, S_IFMT, S_IFREG } from '../../vfs/types.ts';
import type { Guest } from '../guest.ts';

export const FILETYPE = {
  UNKNOWN: 0,
  BLOCK_DEVICE: 1,
  CHARACTER_DEVICE: 2,
  DIRECTORY: 3,
  REGULAR_FILE: 4,
  SOCKET_STREAM: 6,
  SYMBOLIC_LINK: 7,
};

/** Preview1 has no fifos: pipes are stream sockets, as uvwasi has them. */
export function filetypeOf(mode: number): number {
  switch (mode & S_IFMT) {
    case S_IFREG:
      return FILETYPE.REGULAR_FILE;
    case S_IFDIR:
      return FILETYPE.DIRECTORY;
    case S_IFLNK:
      return FILETYPE.SYMBOLIC_LINK;
    case S_IFCHR:
      return FILETYPE.CHARACTER_DEVICE;
    case S_IFBLK:
      return FILETYPE.BLOCK_DEVICE;
    default:
      return FILETYPE.SOCKET_STREAM;
  }
}

/** DT_* of a directory entry. */
export function filetypeOfEntry(type: number): number {
  return type === 0 ? FILETYPE.UNKNOWN : filetypeOf(type << 12);
}

const FDFLAG = { APPEND: 1, DSYNC: 2, NONBLOCK: 4, RSYNC: 8, SYNC: 16 };
const ALL_FDFLAGS = 31;

export function openFlagsOf(fdflags: number): number {
  if ((fdflags & ~ALL_FDFLAGS) !== 0) throw errno('EINVAL');
  let flags = 0;
  if (fdflags & FDFLAG.APPEND) flags |= O_APPEND;
  if (fdflags & FDFLAG.DSYNC) flags |= O_DSYNC;
  if (fdflags & FDFLAG.NONBLOCK) flags |= O_NONBLOCK;
  if (fdflags & (FDFLAG.SYNC | FDFLAG.RSYNC)) flags |= O_SYNC;
  return flags;
}

export function fdflagsOf(flags: number): number {
  let fdflags = 0;
  if (flags & O_APPEND) fdflags |= FDFLAG.APPEND;
  if (flags & O_NONBLOCK) fdflags |= FDFLAG.NONBLOCK;
  if ((flags & O_SYNC) === O_SYNC) fdflags |= FDFLAG.SYNC | FDFLAG.RSYNC;
  else if (flags & O_DSYNC) fdflags |= FDFLAG.DSYNC;
  return fdflags;
}

/** `filestat`, 64 bytes. */
export function putFilestat(guest: Guest, out: number, stat: Stat): number {
  const at = guest.range(out, 64);
  guest.setSize(at, stat.dev);
  guest.setSize(at + 8, stat.ino);
  guest.setSize(at + 16, filetypeOf(stat.mode));
  guest.setSize(at + 24, stat.nlink);
  guest.setSize(at + 32, stat.size);
  guest.view.setBigUint64(at + 40, stat.atime, true);
  guest.view.setBigUint64(at + 48, stat.mtime, true);
  guest.view.setBigUint64(at + 56, stat.ctime, true);
  return 0;
}

const FST = { ATIM: 1, ATIM_NOW: 2, MTIM: 4, MTIM_NOW: 8 };

/** fstflags and times as attributes; EINVAL when both "now" and a time are asked for. */
export function timesOf(guest: Guest, atime: bigint, mtime: bigint, flags: number): Attributes {
  const bothA = FST.ATIM | FST.ATIM_NOW;
  const bothM = FST.MTIM | FST.MTIM_NOW;
  if ((flags & ~(bothA | bothM)) !== 0 || (flags & bothA) === bothA || (flags & bothM) === bothM) throw errno('EINVAL');
  const now = flags & (FST.ATIM_NOW | FST.MTIM_NOW) ? guest.sys.clock(guest.process, 0) : 0n;
  return {
    ...(flags & bothA ? { atime: flags & FST.ATIM_NOW ? now : timestamp(atime) } : {}),
    ...(flags & bothM ? { mtime: flags & FST.MTIM_NOW ? now : timestamp(mtime) } : {}),
  };
}

/** The guest's timestamps are unsigned; i64 parameters arrive signed. */
const timestamp = (value: bigint): bigint => BigInt.asUintN(64, value);
