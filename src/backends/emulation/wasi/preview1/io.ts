/**
 * fd_read, fd_write, fd_pread, fd_pwrite. One call is one system call: with several buffers the bytes go through one of the
 * host's, so that a write stays atomic and a read never waits for a second buffer after it filled the first.
 */
import { errno } from '../../errno.ts';
import { BLOCKED } from '../../kernel/types.ts';
import { O_ACCMODE, O_RDONLY, O_WRONLY } from '../../vfs/types.ts';
import type { Guest } from '../guest.ts';
import { descriptorOf, RIGHT, wasiOf } from './rights.ts';

const IOV_MAX = 1024;
/** Bytes of one call with several buffers; the rest is a short transfer. Overlapping buffers could ask for terabytes. */
const GATHER_MAX = 16 << 20;

/** The descriptor may be read or written: EBADF for one that lacks the right, EISDIR for directories. */
function checkAccess(guest: Guest, fd: number, right: number, refused: number): void {
  const descriptor = descriptorOf(guest, fd);
  const { wasi, file } = descriptor;
  if (file.kind === 'directory') throw errno('EISDIR');
  if (wasi !== undefined && ((wasiOf(descriptor)?.base ?? 0) & right) === 0) throw errno('EBADF');
  if ((file.flags & O_ACCMODE) === refused) throw errno('EBADF');
}

/** The address of the only buffer that is not empty; -1: there are several, -2: none. Checks the vector itself. */
function onlyBuffer(guest: Guest, vector: number, count: number): number {
  if (count >>> 0 > IOV_MAX) throw errno('EINVAL');
  const start = guest.range(vector, count * 8);
  if (count === 1) return start;
  const { view } = guest;
  let only = -2;
  for (let at = start; at < start + count * 8; at += 8) {
    if (view.getUint32(at + 4, true) === 0) continue;
    if (only !== -2) return -1;
    only = at;
  }
  return only;
}

/** Bytes of all buffers together, each checked. */
function totalLength(guest: Guest, start: number, count: number): number {
  let total = 0;
  for (let at = start; at < start + count * 8; at += 8) {
    const size = guest.view.getUint32(at + 4, true);
    guest.range(guest.view.getUint32(at, true), size);
    total += size;
  }
  return Math.min(total, GATHER_MAX);
}

function gather(guest: Guest, vector: number, count: number): Uint8Array {
  const start = vector >>> 0;
  const bytes = new Uint8Array(totalLength(guest, start, count));
  let filled = 0;
  for (let at = start; at < start + count * 8 && filled < bytes.length; at += 8) {
    const from = guest.view.getUint32(at, true);
    const size = Math.min(guest.view.getUint32(at + 4, true), bytes.length - filled);
    bytes.set(guest.u8.subarray(from, from + size), filled);
    filled += size;
  }
  return bytes;
}

/** The vector is read before anything is written: it may lie in one of its own buffers. */
function scatter(guest: Guest, vector: number, count: number, bytes: Uint8Array, length: number): void {
  const start = vector >>> 0;
  const iovs = new DataView(guest.memory.buffer.slice(start, start + count * 8));
  let taken = 0;
  for (let at = 0; at < count * 8 && taken < length; at += 8) {
    const size = Math.min(iovs.getUint32(at + 4, true), length - taken);
    guest.u8.set(bytes.subarray(taken, taken + size), iovs.getUint32(at, true));
    taken += size;
  }
}

const empty = new Uint8Array(0);

function writeTarget(guest: Guest, vector: number, count: number): Uint8Array {
  const only = onlyBuffer(guest, vector, count);
  if (only === -2) return empty;
  if (only === -1) return gather(guest, vector, count);
  return guest.writeBuffer(guest.view.getUint32(only, true), guest.view.getUint32(only + 4, true));
}

// The continuations are made in functions of their own: a closure in the hot path would cost an allocation in every call.
function whenCounted(guest: Guest, out: number): number {
  return guest.suspend((done: number) => (guest.setU32(out, done), 0));
}
function whenScattered(guest: Guest, vector: number, count: number, bytes: Uint8Array, out: number): number {
  return guest.suspend((done: number) => (scatter(guest, vector, count, bytes, done), guest.setU32(out, done), 0));
}

export function fd_read(guest: Guest, fd: number, vector: number, count: number, out: number): number {
  checkAccess(guest, fd, RIGHT.FD_READ, O_WRONLY);
  guest.range(out, 4);
  const only = onlyBuffer(guest, vector, count);
  if (only === -1) return readSeveral(guest, fd, vector, count, out);
  const target = only === -2 ? empty : guest.readBuffer(guest.view.getUint32(only, true), guest.view.getUint32(only + 4, true));
  const done = guest.sys.read(guest.process, fd, target);
  if (done === BLOCKED) return whenCounted(guest, out);
  guest.setU32(out, done);
  return 0;
}

function readSeveral(guest: Guest, fd: number, vector: number, count: number, out: number): number {
  const bytes = new Uint8Array(totalLength(guest, vector >>> 0, count));
  const done = guest.sys.read(guest.process, fd, bytes);
  if (done === BLOCKED) return whenScattered(guest, vector, count, bytes, out);
  scatter(guest, vector, count, bytes, done);
  guest.setU32(out, done);
  return 0;
}

export function fd_write(guest: Guest, fd: number, vector: number, count: number, out: number): number {
  checkAccess(guest, fd, RIGHT.FD_WRITE, O_RDONLY);
  guest.range(out, 4);
  const done = guest.sys.write(guest.process, fd, writeTarget(guest, vector, count));
  if (done === BLOCKED) return whenCounted(guest, out);
  guest.setU32(out, done);
  return 0;
}

/** A file position: EINVAL above 2^53 and below 0, as off_t has it. */
export function position(offset: bigint): number {
  const signed = BigInt.asIntN(64, offset);
  if (signed < 0n || signed > BigInt(Number.MAX_SAFE_INTEGER)) throw errno('EINVAL');
  return Number(signed);
}

export function fd_pread(guest: Guest, fd: number, vector: number, count: number, offset: bigint, out: number): number {
  checkAccess(guest, fd, RIGHT.FD_READ, O_WRONLY);
  guest.range(out, 4);
  const only = onlyBuffer(guest, vector, count);
  let done: number;
  if (only === -1) {
    const bytes = new Uint8Array(totalLength(guest, vector >>> 0, count));
    done = guest.sys.pread(guest.process, fd, position(offset), bytes);
    scatter(guest, vector, count, bytes, done);
  } else {
    const target = only === -2 ? empty : guest.readBuffer(guest.view.getUint32(only, true), guest.view.getUint32(only + 4, true));
    done = guest.sys.pread(guest.process, fd, position(offset), target);
  }
  guest.setU32(out, done);
  return 0;
}

export function fd_pwrite(guest: Guest, fd: number, vector: number, count: number, offset: bigint, out: number): number {
  checkAccess(guest, fd, RIGHT.FD_WRITE, O_RDONLY);
  guest.range(out, 4);
  const bytes = writeTarget(guest, vector, count);
  guest.setU32(out, guest.sys.pwrite(guest.process, fd, position(offset), bytes));
  return 0;
}
