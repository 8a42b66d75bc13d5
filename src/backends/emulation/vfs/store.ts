/**
 * The store of inodes and bytes of writable file systems; bytes are in nodes of `@jsonjoy.com/fs-core` (the heart of memfs).
 * This is the only file that knows them. What is used of a node: buf/size/capacity; never its write, read and times:
 * `Node.write` makes two Date objects a call and its times are whole milliseconds (measured with 4.80.1: 0.57 µs for 16
 * bytes; this file 0.1). A node is made when there are bytes for it: making one asks the host for its user four times and
 * makes four dates and a list of listeners (7% of a container's life went there, which has two dozen directories, devices and
 * links of its own and often no file). There is no Superblock, which would cost 46 µs a file system and an entry a node in a
 * table that nobody reads; the module of Node alone loads in less than half the time of the package. `size` and `capacity`
 * are declared private there.
 */
import { constants } from 'node:buffer';
import { Node } from '@jsonjoy.com/fs-core/lib/Node.js';
import { errno } from '../errno.ts';
import { Times } from './clock.ts';

const EMPTY = Buffer.alloc(0);
const SMALL = 64;
/** Above this a gap is left to the allocator's zero pages instead of being filled. */
const LARGE_GAP = 1 << 20;
/** Doubling ends here; then a quarter more each time. */
const DOUBLING_LIMIT = 256 << 20;
export const PAGE = 4096;

interface Bytes {
  buf: Buffer;
  size: number;
  capacity: number;
}

/** Of everything that has no bytes yet. */
const NO_BYTES: Bytes = Object.freeze({ buf: EMPTY, size: 0, capacity: 0 });

export class Stored {
  readonly times = new Times();
  mode: number;
  uid: number;
  gid: number;
  readonly rdev: number;
  /** Of a symbolic link. */
  target: string | undefined = undefined;
  readonly #ino: number;
  #bytes: Bytes = NO_BYTES;
  /** Bytes of the buffer that are content; from here to `size` the file is a hole. */
  #extent = 0;

  constructor(ino: number, mode: number, uid: number, gid: number, rdev = 0) {
    this.#ino = ino;
    this.mode = mode;
    this.uid = uid;
    this.gid = gid;
    this.rdev = rdev;
  }

  get size(): number {
    return this.target === undefined ? this.#bytes.size : Buffer.byteLength(this.target);
  }
  /** Bytes that take memory: what a quota counts. */
  get extent(): number {
    return this.#extent;
  }

  read(position: number, buffer: Uint8Array): number {
    const { buf, size } = this.#bytes;
    const length = Math.min(buffer.length, size - position);
    if (length <= 0) return 0;
    const stored = Math.min(length, this.#extent - position);
    if (stored > 0) copy(buf, position, stored, buffer, 0);
    if (stored < length) buffer.fill(0, Math.max(stored, 0), length);
    return length;
  }

  write(position: number, bytes: Uint8Array): void {
    const end = position + bytes.length;
    if (end > this.#bytes.capacity) this.#grow(end, position);
    const { buf } = this.#bytes;
    if (position > this.#extent) buf.fill(0, this.#extent, position);
    copy(bytes, 0, bytes.length, buf, position);
    if (end > this.#extent) this.#extent = end;
    if (end > this.#bytes.size) this.#bytes.size = end;
  }

  /** Longer: a hole. Shorter: memory is given back when at least half of it is free. */
  resize(size: number): void {
    if (size === this.#bytes.size) return;
    const raw = this.#changeable();
    raw.size = size;
    if (size >= this.#extent) return;
    this.#extent = size;
    if (size * 2 > raw.capacity) return;
    const buf = size === 0 ? EMPTY : Buffer.allocUnsafeSlow(size);
    raw.buf.copy(buf, 0, 0, size);
    raw.buf = buf;
    raw.capacity = size;
  }

  #changeable(): Bytes {
    if (this.#bytes === NO_BYTES) this.#bytes = new Node(this.#ino, this.mode, this.uid, this.gid) as unknown as Bytes;
    return this.#bytes;
  }

  #grow(end: number, position: number): void {
    if (end > constants.MAX_LENGTH) throw errno('EFBIG');
    const raw = this.#changeable();
    const grown = raw.capacity < DOUBLING_LIMIT ? raw.capacity * 2 : raw.capacity + raw.capacity / 4;
    const capacity = Math.min(Math.max(Math.floor(grown), end, SMALL), constants.MAX_LENGTH);
    const sparse = position - this.#extent > LARGE_GAP;
    let buf: Buffer;
    try {
      buf = sparse ? Buffer.alloc(capacity) : Buffer.allocUnsafeSlow(capacity);
    } catch {
      throw errno('ENOSPC'); // the host has no such memory; RangeError says no more
    }
    raw.buf.copy(buf, 0, 0, this.#extent);
    if (sparse) this.#extent = position;
    raw.buf = buf;
    raw.capacity = capacity;
  }
}

/** A loop beats TypedArray.set (a call into C++ and a view) for the few bytes of a guest's printf. */
function copy(from: Uint8Array, start: number, length: number, to: Uint8Array, at: number): void {
  if (length <= 32) for (let i = 0; i < length; i++) to[at + i] = from[start + i] as number;
  else to.set(start === 0 && length === from.length ? from : from.subarray(start, start + length), at);
}

/** What a file system may still take, and has taken. */
export class Space {
  readonly maxBytes: number | undefined;
  readonly maxInodes: number | undefined;
  pages = 0;
  inodes = 0;

  constructor(maxBytes: number | undefined, maxInodes: number | undefined) {
    this.maxBytes = maxBytes;
    this.maxInodes = maxInodes;
  }

  /** So many bytes more or less, in whole pages. ENOSPC, and nothing is counted then. */
  take(bytes: number): void {
    const pages = this.pages + bytes / PAGE;
    if (bytes > 0 && this.maxBytes !== undefined && pages * PAGE > this.maxBytes) throw errno('ENOSPC');
    this.pages = pages;
  }

  addInode(): void {
    if (this.maxInodes !== undefined && this.inodes >= this.maxInodes) throw errno('ENOSPC');
    this.inodes++;
  }

  removeInode(): void {
    this.inodes--;
  }
}
