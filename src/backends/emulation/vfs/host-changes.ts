/** What makes and changes objects on the host. Every path given here was checked just before (host-bind.ts). */
import * as fs from 'node:fs';
import { errno } from '../errno.ts';
import { fromHost, onHost } from './host-errors.ts';
import { S_IFDIR, S_IFLNK, S_IFMT, S_IFREG, type Attributes, type Nanoseconds, type NewNode } from './types.ts';

/** EPERM for devices, fifos and sockets: JavaScript has no mknod. */
export function makeNode(path: string, node: NewNode): void {
  const type = node.mode & S_IFMT;
  const bits = node.mode & 0o7777;
  if (type === S_IFDIR) onHost(() => fs.mkdirSync(path, { mode: bits }));
  else if (type === S_IFLNK) onHost(() => fs.symlinkSync(node.target ?? '', path));
  else if (type === S_IFREG) {
    const { O_CREAT, O_EXCL, O_WRONLY, O_NOFOLLOW } = fs.constants;
    fs.closeSync(onHost(() => fs.openSync(path, O_CREAT | O_EXCL | O_WRONLY | O_NOFOLLOW, bits)));
  } else throw errno('EPERM');
  const made = onHost(() => fs.lstatSync(path));
  // The owner is whom the host lets us make it; an unprivileged host user can only be himself.
  if (made.uid !== node.uid || made.gid !== node.gid) ignoring('EPERM', () => fs.lchownSync(path, node.uid, node.gid));
  // The host's umask took bits away, or chown did.
  if (type !== S_IFLNK && (fs.lstatSync(path).mode & 0o7777) !== bits) setMode(path, made, undefined, bits);
}

function ignoring(code: string, operation: () => void): void {
  try {
    operation();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== code) throw fromHost(error);
  }
}

/** All but the size. `fd`: an open descriptor of the object, for one that has no path any more. */
export function applyAttributes(path: () => string, stats: fs.BigIntStats, fd: number | undefined, attributes: Attributes): void {
  const { mode, uid, gid, atime, mtime } = attributes;
  if (uid !== undefined || gid !== undefined) {
    const owner = uid ?? Number(stats.uid);
    const group = gid ?? Number(stats.gid);
    if (fd === undefined) onHost(() => fs.lchownSync(path(), owner, group));
    else onHost(() => fs.fchownSync(fd, owner, group));
  }
  if (mode !== undefined) {
    if (stats.isSymbolicLink()) throw errno('EOPNOTSUPP');
    setMode(fd === undefined ? path() : undefined, stats, fd, mode);
  }
  if (atime !== undefined || mtime !== undefined) {
    const access = seconds(atime ?? stats.atimeNs);
    const modification = seconds(mtime ?? stats.mtimeNs);
    if (fd === undefined) onHost(() => fs.lutimesSync(path(), access, modification));
    else onHost(() => fs.futimesSync(fd, access, modification));
  }
}

/** Node takes times as a double of seconds: about 0.2 µs of resolution is what remains of nanoseconds. */
const seconds = (time: Nanoseconds): number => Number(time) / 1e9;

/** By descriptor where one can be had: chmod(2) would follow a link that was just put there. */
function setMode(path: string | undefined, stats: fs.Stats | fs.BigIntStats, fd: number | undefined, mode: number): void {
  if (fd !== undefined) return onHost(() => fs.fchmodSync(fd, mode));
  if (path === undefined) throw errno('ENOENT');
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
      if (fs.fstatSync(opened).ino !== Number(stats.ino)) throw errno('ENOENT');
      return onHost(() => fs.fchmodSync(opened, mode));
    } finally {
      fs.closeSync(opened);
    }
  }
  // A file of ours that we may neither read nor write (mode 0), a fifo or a device.
  onHost(() => fs.chmodSync(path, mode));
}
