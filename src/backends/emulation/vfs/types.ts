/**
 * The contract of the virtual file system: what the kernel, the WASI host, the plan executor and the library may rely
 * on. Semantics are Linux's (path_resolution(7), open(2), rename(2) …). Every operation is synchronous and throws
 * `Errno` (../errno.ts) when it fails, having changed nothing then.
 *
 * Two levels:
 *  - `Inode`/`FileSystem`: one file system (memory, overlay, host directory, tar layer, proc …), no paths, no permissions;
 *  - `Vfs`: a mount namespace over them; paths, permissions, umask, sticky bits, read-only mounts, quotas.
 */

import type { ContainerMemory } from './container-memory.ts';

/** S_IFMT bits of `mode`. */
export const S_IFMT = 0o170000;
export const S_IFSOCK = 0o140000;
export const S_IFLNK = 0o120000;
export const S_IFREG = 0o100000;
export const S_IFBLK = 0o060000;
export const S_IFDIR = 0o040000;
export const S_IFCHR = 0o020000;
export const S_IFIFO = 0o010000;

/** Linux x86-64 open(2) flags; the whole kernel uses these. */
export const O_RDONLY = 0;
export const O_WRONLY = 1;
export const O_RDWR = 2;
export const O_ACCMODE = 3;
export const O_CREAT = 0o100;
export const O_EXCL = 0o200;
export const O_NOCTTY = 0o400;
export const O_TRUNC = 0o1000;
export const O_APPEND = 0o2000;
export const O_NONBLOCK = 0o4000;
export const O_DSYNC = 0o10000;
export const O_DIRECTORY = 0o200000;
export const O_NOFOLLOW = 0o400000;
export const O_CLOEXEC = 0o2000000;
export const O_SYNC = 0o4010000;
export const O_PATH = 0o10000000;

/** Nanoseconds since the epoch. */
export type Nanoseconds = bigint;

/** stat(2). `mode` includes the S_IFMT bits; `rdev` is makedev(major, minor) as glibc packs it (see `makedev`). */
export interface Stat {
  readonly dev: number;
  readonly ino: number;
  readonly mode: number;
  readonly nlink: number;
  readonly uid: number;
  readonly gid: number;
  readonly rdev: number;
  readonly size: number;
  readonly blksize: number;
  /** Units of 512 bytes. */
  readonly blocks: number;
  readonly atime: Nanoseconds;
  readonly mtime: Nanoseconds;
  readonly ctime: Nanoseconds;
}

/** statfs(2), in blocks of `bsize`. */
export interface StatFs {
  readonly type: number;
  readonly bsize: number;
  readonly blocks: number;
  readonly bfree: number;
  readonly bavail: number;
  readonly files: number;
  readonly ffree: number;
  readonly namelen: number;
}

export interface Attributes {
  readonly mode?: number; // permission bits only (07777)
  readonly uid?: number;
  readonly gid?: number;
  readonly atime?: Nanoseconds;
  readonly mtime?: Nanoseconds;
  readonly size?: number;
  /** `atime` and `mtime` are "now" (UTIME_NOW, utimes(NULL)): the right to write is enough then, it need not be the owner's. */
  readonly timesAreNow?: boolean;
}

/** What a new node is to be. mode: with its S_IFMT bits, umask already applied. */
export interface NewNode {
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly rdev?: number;
  /** S_IFLNK: where it points. */
  readonly target?: string;
}

/**
 * A file, directory or other object of one file system; the same object for the same file as long as anyone holds it.
 * Directory methods throw ENOTDIR on others, file methods EISDIR/EINVAL; read-only file systems throw EROFS. No inode
 * method checks permissions.
 */
export interface Inode {
  readonly fs: FileSystem;
  readonly ino: number;
  /** S_IFMT and permission bits. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Device number of S_IFCHR/S_IFBLK, else 0. */
  readonly rdev: number;
  readonly size: number;
  stat(): Stat;
  /** chmod, chown, utimens, truncate in one; ctime follows. */
  setAttributes(attributes: Attributes): void;

  // ---- directories
  /**
   * A path walk begins here, or comes back, without having looked it up: ENOENT where the host has moved it meanwhile. Absent:
   * nobody else can move it.
   */
  revisit?(): void;
  /** The entry or undefined; never `.` or `..`. */
  lookup(name: string): Inode | undefined;
  /** Names and inodes without `.` and `..`, in a stable order. */
  entries(): Iterable<readonly [name: string, inode: Inode]>;
  /** A new entry; EEXIST when taken. */
  create(name: string, node: NewNode): Inode;
  link(name: string, inode: Inode): void;
  /** Non-directories. The inode lives on while it is open. */
  unlink(name: string): void;
  /** An empty directory. */
  rmdir(name: string): void;
  /** Within this file system; the target was checked by the VFS as rename(2) says and is replaced. */
  rename(name: string, toDirectory: Inode, toName: string): void;
  /** Containing directory; a file system's root is its own parent. Directories only. */
  readonly parent: Inode;
  /** Name in `parent` ('' for a root). Directories only. */
  readonly name: string;

  // ---- regular files
  /** Bytes read, 0 at the end. `position` is a byte offset. */
  readAt(position: number, buffer: Uint8Array): number;
  /** Bytes written: all of them, or ENOSPC/EFBIG. A gap before `position` reads as zeros. */
  writeAt(position: number, bytes: Uint8Array): number;
  /** While its bytes are those of a file of a shared layer: that file, the same object in all containers over it. */
  readonly layerFile?: object | undefined;
  /**
   * Files whose content is made when they are opened (/proc, /sys): a snapshot for one open file description, or a
   * handler of its own. Absent on ordinary files.
   */
  openSpecial?(flags: number): SpecialFile;
  /** More rules than mode bits for open(2) (O_* flags): a bind asks the host's rights. Throws EACCES, EROFS … */
  checkOpen?(flags: number): void;
  readlink(): string;
  /** /proc/PID/{cwd,root,exe,fd/N}: symlinks that lead to an object, not to a path ("magic links"). */
  magicTarget?(): Location;

  /** Open file descriptions on it; at 0 with no links left the storage is freed. */
  acquire(): void;
  release(): void;
}

/** What `openSpecial` gives: read and written by position. */
export interface SpecialFile {
  readAt(position: number, buffer: Uint8Array): number;
  writeAt(position: number, bytes: Uint8Array): number;
}

/** One mounted thing's content. */
export interface FileSystem {
  /** As in /proc/mounts: `overlay`, `tmpfs`, `proc`, `devpts` … */
  readonly type: string;
  readonly dev: number;
  readonly root: Inode;
  /** Options for the last column of mountinfo, e.g. `size=65536k,mode=755`. */
  readonly superOptions: string;
  statfs(): StatFs;
  /** Of one whose files are in memory: when it is mounted, and when nobody can reach it any more. */
  chargeTo?(memory: ContainerMemory): void;
  release?(): void;
}

/** Mount flags that have an effect; MS_* numbers of mount(2). */
export const MS_RDONLY = 1;
export const MS_NOSUID = 2;
export const MS_NODEV = 4;
export const MS_NOEXEC = 8;
/** What is written is there at once whether asked for or not; shown as options of the file system. */
export const MS_SYNCHRONOUS = 16;
export const MS_DIRSYNC = 128;
export const MS_LAZYTIME = 1 << 25;
export const MS_NOSYMFOLLOW = 256;
export const MS_NOATIME = 1024;
export const MS_NODIRATIME = 2048;
export const MS_RELATIME = 1 << 21;

/**
 * How mounts below it would spread to other mount namespaces, of which there are none. `unbindable` is an effect: a bind
 * of it is EINVAL.
 */
export type Propagation = 'private' | 'shared' | 'slave' | 'unbindable';

export interface Mount {
  readonly id: number;
  readonly parent: Mount | undefined;
  readonly fs: FileSystem;
  /** What of the file system is seen: its root, or the source of a bind. */
  readonly root: Inode;
  /** Path inside `fs` of `root`, for mountinfo. */
  readonly rootPath: string;
  /** Where it is attached (in the parent mount); undefined for the first. */
  readonly mountpoint: Location | undefined;
  /** MS_* */
  readonly flags: number;
  readonly propagation: Propagation;
  readonly source: string;
}

/** An object as reached through a mount: Linux's struct path. */
export interface Location {
  readonly mount: Mount;
  readonly inode: Inode;
  /** Non-directories: where the name was found, for /proc/PID/fd and getcwd-like texts. */
  readonly directory?: Location;
  readonly entry?: string;
}

/** Whose permissions count. capabilities: bit set by CAP_* number (CAP_DAC_OVERRIDE = 1, CAP_FOWNER = 3 …). */
export interface Credentials {
  readonly uid: number;
  readonly gid: number;
  readonly groups: readonly number[];
  readonly capabilities: bigint;
}

/** Everything path resolution depends on. A process is one; so is a WASI directory descriptor with its process. */
export interface PathContext {
  /** `/` and the limit of `..`. */
  readonly root: Location;
  /** Where relative paths start. */
  readonly cwd: Location;
  readonly credentials: Credentials;
  readonly umask: number;
  /** RESOLVE_BENEATH for strict WASI: absolute paths, absolute links and `..` above `cwd` are ENOTCAPABLE. */
  readonly beneath?: boolean;
}

export interface Opened {
  readonly location: Location;
  /** This call made it. */
  readonly created: boolean;
}

/** tmpfs(5) and quotas. Bytes and inodes; undefined: as much as the container's memory allows (ContainerMemory). */
export interface Quota {
  readonly bytes?: number;
  readonly inodes?: number;
}

/** A mount namespace. All paths are container paths. */
export interface Vfs {
  readonly root: Location;
  /** In mount order, for /proc/mounts and mountinfo. */
  readonly mounts: readonly Mount[];
  /** What pays for files in memory. */
  readonly memory: ContainerMemory;

  /** follow: a symlink in the last component (default true). ENOENT when it does not exist. */
  resolve(context: PathContext, path: string, options?: { readonly follow?: boolean }): Location;
  /** `resolve`, but undefined where only the last component is missing: an exception costs more than the whole walk. */
  lookup(context: PathContext, path: string, options?: { readonly follow?: boolean }): Location | undefined;
  /**
   * The path side of open(2): permissions, O_CREAT, O_EXCL, O_TRUNC, O_DIRECTORY, O_NOFOLLOW, O_PATH, read-only mounts,
   * `nodev`. mode: permission bits before umask. The caller makes the open file description (devices, fifos …).
   */
  open(context: PathContext, path: string, flags: number, mode: number): Opened;
  mkdir(context: PathContext, path: string, mode: number): void;
  /** mode with S_IFMT bits. Devices need CAP_MKNOD. */
  mknod(context: PathContext, path: string, mode: number, rdev: number): void;
  symlink(context: PathContext, target: string, path: string): void;
  /** link(2); two contexts, since WASI gives two directory descriptors. */
  link(from: PathContext, oldPath: string, to: PathContext, newPath: string, options?: { readonly follow?: boolean }): void;
  rename(from: PathContext, oldPath: string, to: PathContext, newPath: string): void;
  unlink(context: PathContext, path: string): void;
  rmdir(context: PathContext, path: string): void;
  readlink(context: PathContext, path: string): string;
  /** access(2) on an object; want: R_OK 4 | W_OK 2 | X_OK 1. Throws EACCES or EROFS. */
  access(context: PathContext, location: Location, want: number): void;
  /** chmod, chown, utimens, truncate with their permission rules (setuid/setgid bits fall as Linux has it). */
  setAttributes(context: PathContext, location: Location, attributes: Attributes): void;
  /** The absolute path of a location as seen from `root`: getcwd(2), /proc/PID/fd. `(unreachable)/…` and ` (deleted)` as Linux. */
  pathOf(location: Location, root?: Location): string;

  /** Mount `fs` over the object at `at` (directory on directory, file on file). Gives the new mount. */
  mount(fs: FileSystem, at: Location, options: { readonly flags: number; readonly source: string; readonly root?: Inode }): Mount;
  /** A bind: the object at `source` seen at `at` too. recursive: with the mounts below it. */
  bind(source: Location, at: Location, options: { readonly flags: number; readonly recursive: boolean }): Mount;
  remount(mount: Mount, flags: number): void;
  setPropagation(mount: Mount, propagation: Propagation): void;
  /** EBUSY when something is mounted below it. */
  unmount(mount: Mount): void;
  /** The topmost mount at this location, if it is a mount point's root. */
  mountAt(location: Location): Mount | undefined;
}

/** Linux's 64-bit dev_t as a number: major 8-19, minor 0-7 and 20-31 (we have no larger ones). */
export function makedev(major: number, minor: number): number {
  return ((minor & 0xff) | ((major & 0xfff) << 8)) + (minor >> 8) * 2 ** 20;
}
export const majorOf = (rdev: number): number => (rdev >> 8) & 0xfff;
export const minorOf = (rdev: number): number => (rdev & 0xff) | (Math.floor(rdev / 2 ** 20) << 8);
