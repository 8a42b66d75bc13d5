/** What makes and changes objects on the host. */
import * as fs from 'node:fs';
import { errno } from '../errno.ts';
import { fromHost, onHost } from './host-errors.ts';
import type { HostPlace } from './host-place.ts';
import { S_IFDIR, S_IFLNK, S_IFMT, S_IFREG, type Attributes, type Nanoseconds, type NewNode } from './types.ts';

/** How an object of the host is changed. Times are in seconds. */
interface Changer {
  chown(uid: number, gid: number): void;
  chmod(mode: number): void;
  utimes(access: number, modification: number): void;
}

/** By an open descriptor, also of one that has no name any more. */
const byDescriptor = (fd: number): Changer => ({
  chown: (uid, gid) => fs.fchownSync(fd, uid, gid),
  chmod: (mode) => fs.fchmodSync(fd, mode),
  utimes: (access, modification) => fs.futimesSync(fd, access, modification),
});

/** By a path that is the object itself (HostPlace.object), which these calls follow. */
const byObject = (path: string): Changer => ({
  chown: (uid, gid) => fs.chownSync(path, uid, gid),
  chmod: (mode) => fs.chmodSync(path, mode),
  utimes: (access, modification) => fs.utimesSync(path, access, modification),
});

/** By a path that was checked just before. */
const byPath = (path: string, stats: fs.Stats | fs.BigIntStats): Changer => ({
  chown: (uid, gid) => fs.lchownSync(path, uid, gid),
  chmod: (mode) => chmodPath(path, stats, mode),
  utimes: (access, modification) => fs.lutimesSync(path, access, modification),
});

/** A new entry `name` of `directory`. EPERM for devices, fifos and sockets: JavaScript has no mknod. */
export function makeNode(directory: HostPlace, name: string, node: NewNode): void {
  const type = node.mode & S_IFMT;
  const bits = node.mode & 0o7777;
  const path = `${directory.directory()}/${name}`;
  if (type === S_IFREG) {
    const { O_CREAT, O_EXCL, O_WRONLY, O_NOFOLLOW } = fs.constants;
    const fd = onHost(() => fs.openSync(path, O_CREAT | O_EXCL | O_WRONLY | O_NOFOLLOW, bits));
    try {
      finish(byDescriptor(fd), fs.fstatSync(fd), node);
    } finally {
      fs.closeSync(fd);
    }
    return;
  }
  if (type === S_IFDIR) onHost(() => fs.mkdirSync(path, { mode: bits }));
  else if (type === S_IFLNK) onHost(() => fs.symlinkSync(node.target ?? '', path));
  else throw errno('EPERM');
  const stats = directory.lstat(name);
  // Somebody took it away, or put something else there: that is theirs.
  if (stats === undefined || (Number(stats.mode) & S_IFMT) !== type) throw errno('ENOENT');
  const { uid, gid, mode } = stats;
  const made = { uid: Number(uid), gid: Number(gid), mode: Number(mode) };
  const done = made.uid === node.uid && made.gid === node.gid && (type === S_IFLNK || (made.mode & 0o7777) === bits);
  if (!done) changing(directory.child(name, stats), undefined, (changer) => finish(changer, made, node));
}

/** The owner and mode that it should have. */
function finish(changer: Changer, made: { uid: number; gid: number; mode: number }, node: NewNode): void {
  const owned = made.uid === node.uid && made.gid === node.gid;
  // The owner is whom the host lets us make it; an unprivileged host user can only be himself.
  if (!owned) ignoring('EPERM', () => changer.chown(node.uid, node.gid));
  if ((node.mode & S_IFMT) === S_IFLNK) return;
  // The host's umask took bits away, or chown did.
  if (!owned || (made.mode & 0o7777) !== (node.mode & 0o7777)) onHost(() => changer.chmod(node.mode & 0o7777));
}

function ignoring(code: string, operation: () => void): void {
  try {
    operation();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== code) throw fromHost(error);
  }
}

/** Calls `use` with what changes the object at `place`; `fd`: an open descriptor of it. */
function changing(place: HostPlace, fd: number | undefined, use: (changer: Changer) => void): void {
  if (fd !== undefined) return use(byDescriptor(fd));
  place.object((path) => use(path === undefined ? byPath(place.entry(), place.stats) : byObject(path)));
}

/** All but the size. */
export function applyAttributes(place: HostPlace, fd: number | undefined, attributes: Attributes): void {
  const { mode, uid, gid, atime, mtime } = attributes;
  const { stats } = place;
  changing(place, fd, (changer) => {
    if (uid !== undefined || gid !== undefined) onHost(() => changer.chown(uid ?? Number(stats.uid), gid ?? Number(stats.gid)));
    if (mode !== undefined) {
      if (stats.isSymbolicLink()) throw errno('EOPNOTSUPP');
      onHost(() => changer.chmod(mode));
    }
    if (atime !== undefined || mtime !== undefined)
      onHost(() => changer.utimes(seconds(atime ?? stats.atimeNs), seconds(mtime ?? stats.mtimeNs)));
  });
}

/** Node takes times as a double of seconds: about 0.2 µs of resolution is what remains of nanoseconds. */
const seconds = (time: Nanoseconds): number => Number(time) / 1e9;

/** By descriptor where one can be had: chmod(2) would follow a link that was just put there. */
function chmodPath(path: string, stats: fs.Stats | fs.BigIntStats, mode: number): void {
  const { O_RDONLY, O_WRONLY, O_NOFOLLOW, O_NONBLOCK } = fs.constants;
  for (const access of stats.isFile() ? [O_RDONLY, O_WRONLY] : stats.isDirectory() ? [O_RDONLY] : []) {
    let opened: number;
    try {
      opened = fs.openSync(path, access | O_NOFOLLOW | O_NONBLOCK);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EACCES') throw fromHost(error);
      continue;
    }
    try {
      if (fs.fstatSync(opened, { bigint: true }).ino !== BigInt(stats.ino)) throw errno('ENOENT');
      return onHost(() => fs.fchmodSync(opened, mode));
    } finally {
      fs.closeSync(opened);
    }
  }
  // A file of ours that we may neither read nor write (mode 0), a fifo or a device.
  onHost(() => fs.chmodSync(path, mode));
}
