/** fd_readdir: `dirent` records of 24 bytes, each followed by its name; the last one may be cut off by the buffer. */
import { errno } from '../../errno.ts';
import type { DirectoryEntry } from '../../kernel/types.ts';
import type { Guest } from '../guest.ts';
import { encodeUtf8 } from '../text.ts';
import { RIGHT, withRights } from './rights.ts';
import { filetypeOfEntry } from './types.ts';

const HEADER = 24;
const record = new Uint8Array(HEADER);
const recordView = new DataView(record.buffer);

/**
 * The listing that the last calls went through: a directory is listed once for a whole walk (cookies are indices into it), anew
 * at cookie 0. By the open file, so that a fork or dup sees the same.
 */
const listings = new WeakMap<object, readonly DirectoryEntry[]>();

export function fd_readdir(guest: Guest, fd: number, buffer: number, length: number, cookie: bigint, out: number): number {
  const { file } = withRights(guest, fd, RIGHT.FD_READDIR);
  if (file.kind !== 'directory') throw errno('ENOTDIR');
  const target = guest.bytes(buffer, length);
  guest.range(out, 4);
  if (cookie < 0n) throw errno('EINVAL');
  let entries = cookie === 0n ? undefined : listings.get(file);
  if (entries === undefined) {
    entries = guest.sys.readdir(guest.process, fd);
    listings.set(file, entries);
  }
  let filled = 0;
  for (let index = cookie > BigInt(entries.length) ? entries.length : Number(cookie); index < entries.length; index++) {
    if (filled === target.length) break;
    filled += putEntry(target.subarray(filled), entries[index] as DirectoryEntry, index + 1);
  }
  guest.setU32(out, filled);
  return 0;
}

function putEntry(target: Uint8Array, entry: DirectoryEntry, next: number): number {
  const name = encodeUtf8(entry.name);
  recordView.setBigUint64(0, BigInt(next), true);
  recordView.setBigUint64(8, BigInt(entry.ino), true);
  recordView.setUint32(16, name.length, true);
  recordView.setUint32(20, filetypeOfEntry(entry.type), true);
  const header = Math.min(HEADER, target.length);
  target.set(header === HEADER ? record : record.subarray(0, header));
  const rest = Math.min(name.length, target.length - header);
  if (rest > 0) target.set(name.subarray(0, rest), header);
  return header + rest;
}
