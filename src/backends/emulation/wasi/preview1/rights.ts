/** Preview1 rights: what a descriptor may be used for. They live in `Descriptor.wasi`; without one, all that its file can do. */
import { errno } from '../../errno.ts';
import type { Descriptor } from '../../kernel/types.ts';
import { O_ACCMODE, O_RDONLY, O_WRONLY } from '../../vfs/types.ts';
import type { Guest } from '../guest.ts';

export const RIGHT = {
  FD_DATASYNC: 1 << 0,
  FD_READ: 1 << 1,
  FD_SEEK: 1 << 2,
  FD_FDSTAT_SET_FLAGS: 1 << 3,
  FD_SYNC: 1 << 4,
  FD_TELL: 1 << 5,
  FD_WRITE: 1 << 6,
  FD_ADVISE: 1 << 7,
  FD_ALLOCATE: 1 << 8,
  PATH_CREATE_DIRECTORY: 1 << 9,
  PATH_CREATE_FILE: 1 << 10,
  PATH_LINK_SOURCE: 1 << 11,
  PATH_LINK_TARGET: 1 << 12,
  PATH_OPEN: 1 << 13,
  FD_READDIR: 1 << 14,
  PATH_READLINK: 1 << 15,
  PATH_RENAME_SOURCE: 1 << 16,
  PATH_RENAME_TARGET: 1 << 17,
  PATH_FILESTAT_GET: 1 << 18,
  PATH_FILESTAT_SET_SIZE: 1 << 19,
  PATH_FILESTAT_SET_TIMES: 1 << 20,
  FD_FILESTAT_GET: 1 << 21,
  FD_FILESTAT_SET_SIZE: 1 << 22,
  FD_FILESTAT_SET_TIMES: 1 << 23,
  PATH_SYMLINK: 1 << 24,
  PATH_REMOVE_DIRECTORY: 1 << 25,
  PATH_UNLINK_FILE: 1 << 26,
  POLL_FD_READWRITE: 1 << 27,
  SOCK_SHUTDOWN: 1 << 28,
  SOCK_ACCEPT: 1 << 29,
} as const;

const COMMON = RIGHT.FD_FDSTAT_SET_FLAGS | RIGHT.FD_FILESTAT_GET | RIGHT.POLL_FD_READWRITE;
export const FILE_RIGHTS =
  COMMON |
  RIGHT.FD_DATASYNC |
  RIGHT.FD_READ |
  RIGHT.FD_SEEK |
  RIGHT.FD_SYNC |
  RIGHT.FD_TELL |
  RIGHT.FD_WRITE |
  RIGHT.FD_ADVISE |
  RIGHT.FD_ALLOCATE |
  RIGHT.FD_FILESTAT_SET_SIZE |
  RIGHT.FD_FILESTAT_SET_TIMES;
export const DIRECTORY_RIGHTS =
  COMMON |
  RIGHT.FD_DATASYNC |
  RIGHT.FD_SYNC |
  RIGHT.FD_ADVISE |
  RIGHT.PATH_CREATE_DIRECTORY |
  RIGHT.PATH_CREATE_FILE |
  RIGHT.PATH_LINK_SOURCE |
  RIGHT.PATH_LINK_TARGET |
  RIGHT.PATH_OPEN |
  RIGHT.FD_READDIR |
  RIGHT.PATH_READLINK |
  RIGHT.PATH_RENAME_SOURCE |
  RIGHT.PATH_RENAME_TARGET |
  RIGHT.PATH_FILESTAT_GET |
  RIGHT.PATH_FILESTAT_SET_SIZE |
  RIGHT.PATH_FILESTAT_SET_TIMES |
  RIGHT.FD_FILESTAT_SET_TIMES |
  RIGHT.PATH_SYMLINK |
  RIGHT.PATH_REMOVE_DIRECTORY |
  RIGHT.PATH_UNLINK_FILE;
/** Without SEEK and TELL: that is how wasi-libc's isatty tells a terminal from another character device. */
const STREAM_RIGHTS = COMMON | RIGHT.FD_READ | RIGHT.FD_WRITE;

/** What `Descriptor.wasi` holds. */
export interface WasiRights {
  base: number;
  inheriting: number;
  /** Name under which fd_prestat_get shows it. */
  readonly preopen?: string;
}

export function wasiOf(descriptor: Descriptor): WasiRights | undefined {
  return descriptor.wasi as WasiRights | undefined;
}

export function descriptorOf(guest: Guest, fd: number): Descriptor {
  const descriptor = guest.process.descriptors[fd];
  if (descriptor === undefined) throw errno('EBADF');
  return descriptor;
}

/** The descriptor, if it carries these rights. */
export function withRights(guest: Guest, fd: number, rights: number): Descriptor {
  const descriptor = descriptorOf(guest, fd);
  const wasi = descriptor.wasi as WasiRights | undefined;
  if (wasi !== undefined && (wasi.base & rights) !== rights) throw errno('ENOTCAPABLE');
  return descriptor;
}

/** The rights in force: those recorded, else all that the open file can do. */
export function rightsOf(descriptor: Descriptor): WasiRights {
  const wasi = wasiOf(descriptor);
  if (wasi !== undefined) return wasi;
  const { file } = descriptor;
  if (file.kind === 'directory') return { base: DIRECTORY_RIGHTS, inheriting: DIRECTORY_RIGHTS | FILE_RIGHTS };
  const all =
    file.kind === 'socket'
      ? STREAM_RIGHTS | RIGHT.SOCK_ACCEPT
      : file.readAt === undefined
        ? file.kind === 'device'
          ? STREAM_RIGHTS | RIGHT.FD_SEEK | RIGHT.FD_TELL
          : STREAM_RIGHTS
        : FILE_RIGHTS;
  const mode = file.flags & O_ACCMODE;
  const denied =
    mode === O_RDONLY ? RIGHT.FD_WRITE | RIGHT.FD_ALLOCATE | RIGHT.FD_FILESTAT_SET_SIZE : mode === O_WRONLY ? RIGHT.FD_READ : 0;
  return { base: all & ~denied, inheriting: 0 };
}
