/**
 * The store of inodes and bytes of writable file systems. A file is chunks: one buffer for all of it would be copied to grow, take
 * three times the memory meanwhile, and leave out nothing of a hole. The first chunk is in a node of `@jsonjoy.com/fs-core` (the
 * heart of memfs), and this is the only file that knows them. What is used of a node: buf/size/capacity; never its write, read and
 * times: `Node.write` makes two Date objects a call and its times are whole milliseconds (measured with 4.80.1: 0.57 µs for 16
 * bytes; this file 0.1). A node is made when there are bytes for it: making one asks the host for its user four times and makes
 * four dates and a list of listeners (7% of a container's life went there, which has two dozen directories, devices and links of
 * its own and often no file; and a kilobyte, so that further chunks are nodes in shape alone). There is no Superblock, which would
 * cost 46 µs a file system and an entry a node in a table that nobody reads; the module of Node alone loads in less than half the
 * time of the package. `size` and `capacity` are declared private there.
 */
import { Node } from '@jsonjoy.com/fs-core/lib/Node.js';
import { errno } from '../errno.ts';
import { Times } from './clock.ts';
import { PAGE, type Space } from './space.ts';

const EMPTY = Buffer.alloc(0);
const SMALL = 64;
/** What a byte in the middle of a hole costs at most. */
const CHUNK = 65536;
/** A symbolic link that is longer takes a page, as in tmpfs. */
const SHORT_TARGET = 128;

/** size: bytes that are content; what of the chunk is beyond is a hole. */
interface Bytes {
  buf: Buffer;
  size: number;
  capacity: number;
}

/** Of everything that has no bytes yet. */
const NO_BYTES: Bytes = Object.freeze({ buf: EMPTY, size: 0, capacity: 0 });
const NO_CHUNKS: ReadonlyMap<number, Bytes> = new Map();

const pagesOf = (bytes: number): number => Math.ceil(bytes / PAGE);

export class Stored {
  readonly times = new Times();
  mode: number;
  uid: number;
  gid: number;
  readonly rdev: number;
  /** Of a symbolic link. */
  target: string | undefined = undefined;
  /** That it takes: what quotas count. */
  pages = 0;
  readonly #ino: number;
  #size = 0;
  #first = NO_BYTES;
  /** By number, from 1 on. */
  #more: ReadonlyMap<number, Bytes> | Map<number, Bytes> = NO_CHUNKS;
  /** The one of `more` that was used last. */
  #number = -1;
  #last = NO_BYTES;

  constructor(ino: number, mode: number, uid: number, gid: number, rdev = 0) {
    this.#ino = ino;
    this.mode = mode;
    this.uid = uid;
    this.gid = gid;
    this.rdev = rdev;
  }

  get size(): number {
    return this.target === undefined ? this.#size : Buffer.byteLength(this.target);
  }

  /** Of a new symbolic link. ENOSPC. */
  pointTo(target: string, space: Space): void {
    if (target.length >= SHORT_TARGET) {
      space.take(1);
      this.pages = 1;
    }
    this.target = target;
  }

  read(position: number, buffer: Uint8Array): number {
    const length = Math.min(buffer.length, this.#size - position);
    if (length <= 0) return 0;
    for (let done = 0; done < length;) {
      const number = Math.floor((position + done) / CHUNK);
      const at = position + done - number * CHUNK;
      const part = Math.min(length - done, CHUNK - at);
      const { buf, size } = this.#chunk(number);
      const stored = Math.min(part, size - at);
      if (stored > 0) copy(buf, at, stored, buffer, done);
      if (stored < part) buffer.fill(0, done + Math.max(stored, 0), done + part);
      done += part;
    }
    return length;
  }

  /** ENOSPC, and nothing is written then. */
  write(position: number, bytes: Uint8Array, space: Space): void {
    const number = Math.floor(position / CHUNK);
    const at = position - number * CHUNK;
    const end = at + bytes.length;
    if (end <= CHUNK) {
      const chunk = this.#chunk(number);
      if (end > chunk.size) this.#reserve(number, at, end, space);
      copy(bytes, 0, bytes.length, this.#chunk(number).buf, at);
    } else this.#writeMany(number, at, bytes, space);
    if (position + bytes.length > this.#size) this.#size = position + bytes.length;
  }

  #writeMany(first: number, at: number, bytes: Uint8Array, space: Space): void {
    const end = at + bytes.length;
    const sizes: number[] = [];
    try {
      for (let number = first, start = 0; start < end; number++, start += CHUNK) {
        const { size } = this.#chunk(number);
        const upTo = Math.min(CHUNK, end - start);
        if (upTo > size) this.#reserve(number, start === 0 ? at : 0, upTo, space);
        sizes.push(size);
      }
    } catch (error) {
      for (const [index, size] of sizes.entries()) this.#cut(first + index, size, space);
      throw error;
    }
    for (let number = first, start = 0; start < end; number++, start += CHUNK) {
      const from = Math.max(at, start);
      const part = bytes.subarray(from - at, Math.min(end, start + CHUNK) - at);
      copy(part, 0, part.length, this.#chunk(number).buf, from - start);
    }
  }

  /** Longer: a hole. Shorter: memory is given back. */
  resize(size: number, space: Space): void {
    if (size < this.#size) {
      const last = Math.floor(size / CHUNK);
      for (const number of this.#more.keys()) if (number > last) this.#cut(number, 0, space);
      if (last > 0) this.#cut(last, size - last * CHUNK, space);
      this.#cut(0, size, space);
    }
    this.#size = size;
  }

  /** It is gone, whatever it is. */
  free(space: Space): void {
    this.resize(0, space);
    space.giveBack(this.pages);
    this.pages = 0;
  }

  #chunk(number: number): Bytes {
    if (number === 0) return this.#first;
    if (number !== this.#number) {
      this.#last = this.#more.get(number) ?? NO_BYTES;
      this.#number = number;
    }
    return this.#last;
  }

  #setChunk(number: number, chunk: Bytes): void {
    if (number === 0) {
      this.#first = chunk;
      return;
    }
    if (this.#more === NO_CHUNKS) this.#more = new Map();
    const more = this.#more as Map<number, Bytes>;
    if (chunk === NO_BYTES) more.delete(number);
    else more.set(number, chunk);
    this.#number = number;
    this.#last = chunk;
  }

  /** The chunk's content reaches to `end`, of which the caller is about to write all from `at` on. ENOSPC. */
  #reserve(number: number, at: number, end: number, space: Space): void {
    let chunk = this.#chunk(number);
    const pages = pagesOf(end) - pagesOf(chunk.size);
    if (pages > 0) space.take(pages);
    if (end > chunk.capacity) {
      let buf: Buffer;
      try {
        buf = Buffer.allocUnsafeSlow(Math.min(CHUNK, Math.max(end, chunk.capacity * 2, number === 0 ? SMALL : PAGE)));
      } catch {
        if (pages > 0) space.giveBack(pages);
        throw errno('ENOSPC'); // the host has no such memory; RangeError says no more
      }
      chunk.buf.copy(buf, 0, 0, chunk.size);
      if (chunk === NO_BYTES) this.#setChunk(number, (chunk = this.#newChunk(number)));
      chunk.buf = buf;
      chunk.capacity = buf.length;
    }
    if (at > chunk.size) chunk.buf.fill(0, chunk.size, at);
    chunk.size = end;
    this.pages += pages;
  }

  /** The chunk's content ends at `size`, if it reaches so far; memory is given back when at least half of it is free. */
  #cut(number: number, size: number, space: Space): void {
    const chunk = this.#chunk(number);
    if (chunk.size <= size) return;
    const pages = pagesOf(chunk.size) - pagesOf(size);
    this.pages -= pages;
    space.giveBack(pages);
    chunk.size = size;
    if (size === 0) this.#setChunk(number, NO_BYTES);
    else if (size * 2 <= chunk.capacity) {
      const buf = Buffer.allocUnsafeSlow(size);
      chunk.buf.copy(buf, 0, 0, size);
      chunk.buf = buf;
      chunk.capacity = size;
    }
  }

  #newChunk(number: number): Bytes {
    if (number > 0) return { buf: EMPTY, size: 0, capacity: 0 };
    return new Node(this.#ino, this.mode, this.uid, this.gid) as unknown as Bytes;
  }
}

/** A loop beats TypedArray.set (a call into C++ and a view) for the few bytes of a guest's printf. */
function copy(from: Uint8Array, start: number, length: number, to: Uint8Array, at: number): void {
  if (length <= 32) for (let i = 0; i < length; i++) to[at + i] = from[start + i] as number;
  else to.set(start === 0 && length === from.length ? from : from.subarray(start, start + length), at);
}
