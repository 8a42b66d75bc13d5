/** path_*: everything by name. In strict mode a path stays beneath its directory descriptor; else the container's rules hold. */
import { errno } from '../../errno.ts';
import { BLOCKED } from '../../kernel/types.ts';
import { O_CREAT, O_DIRECTORY, O_EXCL, O_NOFOLLOW, O_RDWR, O_TRUNC, O_WRONLY } from '../../vfs/types.ts';
import type { Guest } from '../guest.ts';
import { encodeUtf8 } from '../text.ts';
import { AT_FDCWD } from './fd.ts';
import { descriptorOf, DIRECTORY_RIGHTS, FILE_RIGHTS, RIGHT, rightsOf, withRights, type WasiRights } from './rights.ts';
import { openFlagsOf, putFilestat, timesOf } from './types.ts';

const FOLLOW = 1;
const OFLAG = { CREAT: 1, DIRECTORY: 2, EXCL: 4, TRUNC: 8 };
const READS = RIGHT.FD_READ | RIGHT.FD_READDIR;
const WRITES = RIGHT.FD_WRITE | RIGHT.FD_ALLOCATE | RIGHT.FD_FILESTAT_SET_SIZE;
const U32 = 0xffffffffn;

/** A directory descriptor (or a place, O_PATH: the kernel looks what is there) that carries these rights. */
function checkDirectory(guest: Guest, at: number, rights: number): void {
  if (at === AT_FDCWD) return;
  const { kind } = descriptorOf(guest, at).file;
  if (kind !== 'directory' && kind !== 'path') throw errno('ENOTDIR');
  withRights(guest, at, rights);
}

function pathAt(guest: Guest, at: number, rights: number, pointer: number, length: number): string {
  checkDirectory(guest, at, rights);
  return guest.path(pointer, length);
}

export function path_open(
  guest: Guest,
  at: number,
  lookup: number,
  pointer: number,
  length: number,
  oflags: number,
  base: bigint,
  inheriting: bigint,
  fdflags: number,
  out: number,
): number {
  const path = pathAt(guest, at, RIGHT.PATH_OPEN, pointer, length);
  guest.range(out, 4);
  const wanted = { base: Number(base & U32), inheriting: Number(inheriting & U32) };
  const had = at === AT_FDCWD ? undefined : rightsOf(descriptorOf(guest, at));
  const flags = openFlags(lookup, oflags, wanted.base, had, guest.strict) | openFlagsOf(fdflags);
  const opened = guest.sys.openat(guest.process, at, path, flags, 0o666, guest.strict);
  if (opened === BLOCKED) return guest.suspend((fd: number) => whenOpened(guest, fd, wanted, had, out));
  return whenOpened(guest, opened, wanted, had, out);
}

/** Flags of open(2) for what preview1 says by rights. */
function openFlags(lookup: number, oflags: number, wanted: number, had: WasiRights | undefined, strict: boolean): number {
  const create = (oflags & OFLAG.CREAT) !== 0;
  const directory = (oflags & OFLAG.DIRECTORY) !== 0;
  const truncate = (oflags & OFLAG.TRUNC) !== 0;
  if (create && directory) throw errno('EINVAL');
  if (had !== undefined) {
    if (create && (had.base & RIGHT.PATH_CREATE_FILE) === 0) throw errno('ENOTCAPABLE');
    if (truncate && (had.base & RIGHT.PATH_FILESTAT_SET_SIZE) === 0) throw errno('ENOTCAPABLE');
    if ((wanted & FILE_RIGHTS & ~DIRECTORY_RIGHTS & ~had.inheriting) !== 0) throw errno('ENOTCAPABLE');
  }
  // The testsuite wants EISDIR for a directory that is to be written; containers open it without that right.
  const writes = directory ? strict && (wanted & RIGHT.FD_WRITE) !== 0 : (wanted & WRITES) !== 0 || truncate;
  // Truncating needs no right to write for the guest, but an open file that can.
  const access = writes ? ((wanted & READS) !== 0 ? O_RDWR : O_WRONLY) : 0;
  return (
    access |
    (create ? O_CREAT : 0) |
    (directory ? O_DIRECTORY : 0) |
    ((oflags & OFLAG.EXCL) !== 0 ? O_EXCL : 0) |
    (truncate ? O_TRUNC : 0) |
    ((lookup & FOLLOW) === 0 ? O_NOFOLLOW : 0)
  );
}

/** Records the rights: what was asked for, what the directory passes on, what such a file can do. */
function whenOpened(guest: Guest, fd: number, wanted: WasiRights, had: WasiRights | undefined, out: number): number {
  const descriptor = descriptorOf(guest, fd);
  const directory = descriptor.file.kind === 'directory';
  const able = rightsOf(descriptor).base & (had?.inheriting ?? ~0);
  const rights: WasiRights = {
    base: wanted.base & (directory ? able & DIRECTORY_RIGHTS : able),
    inheriting: directory ? wanted.inheriting & (had?.inheriting ?? DIRECTORY_RIGHTS | FILE_RIGHTS) : 0,
  };
  descriptor.wasi = rights;
  guest.setU32(out, fd);
  return 0;
}

export function path_create_directory(guest: Guest, at: number, pointer: number, length: number): number {
  guest.sys.mkdirat(guest.process, at, pathAt(guest, at, RIGHT.PATH_CREATE_DIRECTORY, pointer, length), 0o777, guest.strict);
  return 0;
}

export function path_filestat_get(guest: Guest, at: number, lookup: number, pointer: number, length: number, out: number): number {
  const path = pathAt(guest, at, RIGHT.PATH_FILESTAT_GET, pointer, length);
  return putFilestat(guest, out, guest.sys.stat(guest.process, at, path, (lookup & FOLLOW) !== 0, guest.strict));
}

export function path_filestat_set_times(
  guest: Guest,
  at: number,
  lookup: number,
  pointer: number,
  length: number,
  atime: bigint,
  mtime: bigint,
  flags: number,
): number {
  const path = pathAt(guest, at, RIGHT.PATH_FILESTAT_SET_TIMES, pointer, length);
  const times = timesOf(guest, atime, mtime, flags);
  guest.sys.setAttributesAt(guest.process, at, path, times, (lookup & FOLLOW) !== 0, guest.strict);
  return 0;
}

export function path_link(
  guest: Guest,
  from: number,
  lookup: number,
  oldPointer: number,
  oldLength: number,
  to: number,
  newPointer: number,
  newLength: number,
): number {
  const oldPath = pathAt(guest, from, RIGHT.PATH_LINK_SOURCE, oldPointer, oldLength);
  const newPath = pathAt(guest, to, RIGHT.PATH_LINK_TARGET, newPointer, newLength);
  guest.sys.linkat(guest.process, from, oldPath, to, newPath, (lookup & FOLLOW) !== 0, guest.strict);
  return 0;
}

export function path_readlink(
  guest: Guest,
  at: number,
  pointer: number,
  length: number,
  buffer: number,
  room: number,
  out: number,
): number {
  const path = pathAt(guest, at, RIGHT.PATH_READLINK, pointer, length);
  const target = guest.bytes(buffer, room);
  guest.range(out, 4);
  // Cut off at the buffer's end without an error, as readlink(2) has it.
  const text = encodeUtf8(guest.sys.readlinkat(guest.process, at, path, guest.strict)).subarray(0, target.length);
  target.set(text);
  guest.setU32(out, text.length);
  return 0;
}

export function path_remove_directory(guest: Guest, at: number, pointer: number, length: number): number {
  guest.sys.unlinkat(guest.process, at, pathAt(guest, at, RIGHT.PATH_REMOVE_DIRECTORY, pointer, length), true, guest.strict);
  return 0;
}

export function path_rename(
  guest: Guest,
  from: number,
  oldPointer: number,
  oldLength: number,
  to: number,
  newPointer: number,
  newLength: number,
): number {
  const oldPath = pathAt(guest, from, RIGHT.PATH_RENAME_SOURCE, oldPointer, oldLength);
  const newPath = pathAt(guest, to, RIGHT.PATH_RENAME_TARGET, newPointer, newLength);
  guest.sys.renameat(guest.process, from, oldPath, to, newPath, guest.strict);
  return 0;
}

export function path_symlink(
  guest: Guest,
  oldPointer: number,
  oldLength: number,
  at: number,
  newPointer: number,
  newLength: number,
): number {
  const target = guest.path(oldPointer, oldLength);
  const path = pathAt(guest, at, RIGHT.PATH_SYMLINK, newPointer, newLength);
  if (guest.strict && target.startsWith('/')) throw errno('ENOTCAPABLE');
  // A name with a slash at its end is a directory's: ENOTDIR for a file there (Linux: EEXIST), ENOENT for nothing.
  if (guest.strict && path.endsWith('/')) guest.sys.stat(guest.process, at, path, true, true);
  guest.sys.symlinkat(guest.process, target, at, path, guest.strict);
  return 0;
}

export function path_unlink_file(guest: Guest, at: number, pointer: number, length: number): number {
  guest.sys.unlinkat(guest.process, at, pathAt(guest, at, RIGHT.PATH_UNLINK_FILE, pointer, length), false, guest.strict);
  return 0;
}
