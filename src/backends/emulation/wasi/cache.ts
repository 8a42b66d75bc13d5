/**
 * Prepared modules by content, shared by all containers of this OS process. The first look is by inode and its times, which costs
 * microseconds; then by content: small files are compared byte by byte (faster than any digest), large ones by SHA-256.
 */
import { createHash } from 'node:crypto';
import type { Inode } from '../vfs/types.ts';
import { refuseLarge } from './executable.ts';
import { prepare, type Prepared } from './prepare.ts';

interface Seen {
  readonly size: number;
  readonly mtime: bigint;
  readonly ctime: bigint;
  readonly prepared: Prepared;
}

interface Known {
  readonly bytes: Uint8Array | undefined;
  readonly digest: string | undefined;
  readonly prepared: Prepared;
}

/** Files up to this size are kept for comparison. */
const COMPARED = 2 << 20;
/** Modules kept when no process uses them: the oldest goes first. */
const MAX_KNOWN = 256;

/** By inode, or by the layer's file that it shows: a container's inodes are new, its layers are those of others. */
const seenBefore = new WeakMap<object, Seen>();
const bySize = new Map<number, Known[]>();
let count = 0;
let scratch: Uint8Array = new Uint8Array(0);

/** The module of a file. Throws NotExecutable and what reading throws. */
export function preparedOf(inode: Inode): Prepared {
  const { size, mtime, ctime } = inode.stat();
  const file = inode.layerFile ?? inode;
  const seen = seenBefore.get(file);
  if (seen !== undefined && seen.size === size && seen.mtime === mtime && seen.ctime === ctime) return seen.prepared;
  refuseLarge(size);
  const prepared = byContent(readAll(inode, size));
  seenBefore.set(file, { size, mtime, ctime, prepared });
  return prepared;
}

/** The whole file, in a buffer that the next call overwrites. */
function readAll(inode: Inode, size: number): Uint8Array {
  if (scratch.length < size || scratch.length > Math.max(size * 2, COMPARED)) scratch = new Uint8Array(size);
  let filled = 0;
  while (filled < size) {
    const got = inode.readAt(filled, scratch.subarray(filled, size));
    if (got === 0) break;
    filled += got;
  }
  return scratch.subarray(0, filled);
}

function byContent(bytes: Uint8Array): Prepared {
  const digest = bytes.length > COMPARED ? createHash('sha256').update(bytes).digest('hex') : undefined;
  const known = bySize.get(bytes.length) ?? [];
  const found = known.find((one) => (digest === undefined ? equal(one.bytes, bytes) : one.digest === digest));
  if (found !== undefined) return found.prepared;
  const copy = bytes.slice();
  const prepared = prepare(copy);
  known.push({ bytes: digest === undefined ? copy : undefined, digest, prepared });
  bySize.set(bytes.length, known);
  if (++count > MAX_KNOWN) forgetOldest();
  return prepared;
}

function equal(a: Uint8Array | undefined, b: Uint8Array): boolean {
  return a !== undefined && Buffer.compare(a, b) === 0;
}

function forgetOldest(): void {
  for (const [size, known] of bySize) {
    known.shift();
    count--;
    if (known.length === 0) bySize.delete(size);
    return;
  }
}
