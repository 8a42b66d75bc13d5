/** fd_*: state of descriptors, positions, attributes. Reading and writing are in io.ts, listings in readdir.ts. */
import { errno } from '../../errno.ts';
import type { Descriptor } from '../../kernel/types.ts';
import type { Guest } from '../guest.ts';
import { encodeUtf8 } from '../text.ts';
import { position } from './io.ts';
import { preopenName } from './preopen.ts';
import { descriptorOf, DIRECTORY_RIGHTS, RIGHT, rightsOf, withRights, type WasiRights } from './rights.ts';
import { FILETYPE, fdflagsOf, filetypeOf, openFlagsOf, putFilestat, timesOf } from './types.ts';

export const AT_FDCWD = -100;
const ADVICES = 6;

/** A descriptor of something that has bytes: EBADF for directories. */
function fileWith(guest: Guest, fd: number, rights: number): Descriptor {
  const descriptor = descriptorOf(guest, fd);
  if (descriptor.file.kind === 'directory') throw errno('EBADF');
  return withRights(guest, fd, rights);
}

export function fd_advise(guest: Guest, fd: number, offset: bigint, length: bigint, advice: number): number {
  const { file } = fileWith(guest, fd, RIGHT.FD_ADVISE);
  if (file.readAt === undefined) throw errno('ESPIPE');
  if (advice >>> 0 >= ADVICES || offset < 0n || length < 0n) throw errno('EINVAL');
  return 0;
}

export function fd_allocate(guest: Guest, fd: number, offset: bigint, length: bigint): number {
  const { file } = fileWith(guest, fd, RIGHT.FD_ALLOCATE);
  if (file.writeAt === undefined) throw errno('ESPIPE');
  if (offset < 0n || length <= 0n) throw errno('EINVAL');
  const end = offset + length;
  if (end > BigInt(Number.MAX_SAFE_INTEGER)) throw errno('EFBIG');
  if (guest.sys.fstat(guest.process, fd).size < Number(end)) guest.sys.fsetAttributes(guest.process, fd, { size: Number(end) });
  return 0;
}

export function fd_close(guest: Guest, fd: number): number {
  guest.sys.close(guest.process, fd);
  return 0;
}

/** The VFS keeps nothing back: there is nothing to flush. */
export function fd_datasync(guest: Guest, fd: number): number {
  withRights(guest, fd, RIGHT.FD_DATASYNC);
  return 0;
}

export function fd_sync(guest: Guest, fd: number): number {
  withRights(guest, fd, RIGHT.FD_SYNC);
  return 0;
}

export function fd_fdstat_get(guest: Guest, fd: number, out: number): number {
  const at = guest.range(out, 24);
  if (fd === AT_FDCWD) return putFdstat(guest, at, FILETYPE.DIRECTORY, 0, { base: DIRECTORY_RIGHTS, inheriting: DIRECTORY_RIGHTS });
  const descriptor = descriptorOf(guest, fd);
  const filetype = filetypeOf(guest.sys.fstat(guest.process, fd).mode);
  return putFdstat(guest, at, filetype, fdflagsOf(descriptor.file.flags), rightsOf(descriptor));
}

function putFdstat(guest: Guest, at: number, filetype: number, fdflags: number, rights: WasiRights): number {
  guest.setU16(at, filetype);
  guest.setU32(at + 2, fdflags); // and the padding after it
  guest.setU16(at + 6, 0);
  guest.setSize(at + 8, rights.base);
  guest.setSize(at + 16, rights.inheriting);
  return 0;
}

export function fd_fdstat_set_flags(guest: Guest, fd: number, fdflags: number): number {
  withRights(guest, fd, RIGHT.FD_FDSTAT_SET_FLAGS);
  guest.sys.setFlags(guest.process, fd, openFlagsOf(fdflags));
  return 0;
}

export function fd_fdstat_set_rights(guest: Guest, fd: number, base: bigint, inheriting: bigint): number {
  const descriptor = descriptorOf(guest, fd);
  const had = rightsOf(descriptor);
  if ((base & ~BigInt(had.base)) !== 0n || (inheriting & ~BigInt(had.inheriting)) !== 0n) throw errno('ENOTCAPABLE');
  descriptor.wasi = { ...had, base: Number(base), inheriting: Number(inheriting) } satisfies WasiRights;
  return 0;
}

export function fd_filestat_get(guest: Guest, fd: number, out: number): number {
  withRights(guest, fd, RIGHT.FD_FILESTAT_GET);
  return putFilestat(guest, out, guest.sys.fstat(guest.process, fd));
}

export function fd_filestat_set_size(guest: Guest, fd: number, size: bigint): number {
  const descriptor = descriptorOf(guest, fd);
  if (descriptor.file.kind === 'directory') throw errno('EBADF');
  // The testsuite wants EINVAL, which is ftruncate's answer for a descriptor that is not open for writing.
  if ((rightsOf(descriptor).base & RIGHT.FD_FILESTAT_SET_SIZE) === 0) throw errno('EINVAL');
  guest.sys.fsetAttributes(guest.process, fd, { size: position(size) });
  return 0;
}

export function fd_filestat_set_times(guest: Guest, fd: number, atime: bigint, mtime: bigint, flags: number): number {
  withRights(guest, fd, RIGHT.FD_FILESTAT_SET_TIMES);
  guest.sys.fsetAttributes(guest.process, fd, timesOf(guest, atime, mtime, flags));
  return 0;
}

export function fd_prestat_get(guest: Guest, fd: number, out: number): number {
  const name = preopenName(guest, fd);
  const at = guest.range(out, 8);
  guest.setU32(at, 0); // tag: directory
  guest.setU32(at + 4, encodeUtf8(name).length);
  return 0;
}

export function fd_prestat_dir_name(guest: Guest, fd: number, out: number, room: number): number {
  const bytes = encodeUtf8(preopenName(guest, fd));
  if (room >>> 0 < bytes.length) throw errno('ENAMETOOLONG');
  guest.bytes(out, bytes.length).set(bytes);
  return 0;
}

export function fd_renumber(guest: Guest, from: number, to: number): number {
  descriptorOf(guest, from);
  descriptorOf(guest, to);
  if (from === to) return 0;
  const { cloexec, wasi } = descriptorOf(guest, from);
  guest.sys.dup3(guest.process, from, to, cloexec);
  descriptorOf(guest, to).wasi = wasi;
  guest.sys.close(guest.process, from);
  return 0;
}

export function fd_seek(guest: Guest, fd: number, offset: bigint, whence: number, out: number): number {
  // "Where am I" is a right of its own.
  fileWith(guest, fd, whence === 1 && offset === 0n ? RIGHT.FD_TELL : RIGHT.FD_SEEK);
  guest.range(out, 8);
  if (whence >>> 0 > 2 || offset > MAX_OFFSET || offset < -MAX_OFFSET) throw errno('EINVAL');
  guest.setSize(out, guest.sys.lseek(guest.process, fd, Number(offset), whence));
  return 0;
}
const MAX_OFFSET = BigInt(Number.MAX_SAFE_INTEGER);

export function fd_tell(guest: Guest, fd: number, out: number): number {
  fileWith(guest, fd, RIGHT.FD_TELL);
  guest.setSize(out, guest.sys.lseek(guest.process, fd, 0, 1));
  return 0;
}
