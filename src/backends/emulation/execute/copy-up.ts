/** `tmpcopyup`: what a new tmpfs covers is copied into it. */
import { type Inode, S_IFDIR, S_IFLNK, S_IFMT, S_IFREG } from '../vfs/types.ts';

const CHUNK = 64 * 1024;

/** The content of directory `from` into directory `to`, with modes, owners and times. ENOSPC when it does not fit. */
export function copyUp(from: Inode, to: Inode): void {
  for (const [name, source] of from.entries()) {
    const { mode, uid, gid, rdev } = source;
    const type = mode & S_IFMT;
    const copy = to.create(name, { mode, uid, gid, rdev, ...(type === S_IFLNK && { target: source.readlink() }) });
    if (type === S_IFDIR) copyUp(source, copy);
    else if (type === S_IFREG) copyBytes(source, copy);
    if (type !== S_IFLNK) copyTimes(source, copy);
  }
  const { mode, uid, gid } = from;
  to.setAttributes({ mode: mode & 0o7777, uid, gid });
  copyTimes(from, to);
}

function copyBytes(from: Inode, to: Inode): void {
  const buffer = new Uint8Array(CHUNK);
  for (let at = 0, count = from.readAt(0, buffer); count > 0; at += count, count = from.readAt(at, buffer)) {
    to.writeAt(at, buffer.subarray(0, count));
    if (at + count >= from.size) break;
  }
}

function copyTimes(from: Inode, to: Inode): void {
  const { atime, mtime } = from.stat();
  to.setAttributes({ atime, mtime });
}
