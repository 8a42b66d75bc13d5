/**
 * File times as pairs of numbers (whole milliseconds, nanoseconds within the millisecond), because a BigInt made for
 * every write would cost more than the write. Stamps of the file system itself have the resolution of Date.now(), as
 * Linux's have that of the timer tick; times set by utimensat keep their nanoseconds.
 */
import type { Nanoseconds } from './types.ts';

const PER_MS = 1_000_000n;

export const toNanoseconds = (ms: number, ns: number): Nanoseconds => BigInt(ms) * PER_MS + BigInt(ns);

export function fromNanoseconds(time: Nanoseconds): readonly [ms: number, ns: number] {
  const within = ((time % PER_MS) + PER_MS) % PER_MS;
  return [Number((time - within) / PER_MS), Number(within)];
}

/** atime, mtime and ctime of one inode. */
export class Times {
  atimeMs: number;
  atimeNs = 0;
  mtimeMs: number;
  mtimeNs = 0;
  ctimeMs: number;
  ctimeNs = 0;

  constructor(ms: number = Date.now()) {
    this.atimeMs = this.mtimeMs = this.ctimeMs = ms;
  }

  get atime(): Nanoseconds {
    return toNanoseconds(this.atimeMs, this.atimeNs);
  }
  get mtime(): Nanoseconds {
    return toNanoseconds(this.mtimeMs, this.mtimeNs);
  }
  get ctime(): Nanoseconds {
    return toNanoseconds(this.ctimeMs, this.ctimeNs);
  }
  set atime(time: Nanoseconds) {
    [this.atimeMs, this.atimeNs] = fromNanoseconds(time);
  }
  set mtime(time: Nanoseconds) {
    [this.mtimeMs, this.mtimeNs] = fromNanoseconds(time);
  }
  set ctime(time: Nanoseconds) {
    [this.ctimeMs, this.ctimeNs] = fromNanoseconds(time);
  }

  /** Content changed. */
  modified(): void {
    this.mtimeMs = this.ctimeMs = Date.now();
    this.mtimeNs = this.ctimeNs = 0;
  }

  /** Metadata changed. */
  changed(): void {
    this.ctimeMs = Date.now();
    this.ctimeNs = 0;
  }

  /** Read, by the rule of `relatime`: only when the last access is not later than the last change, or a day old. */
  accessed(): void {
    if (this.atimeMs > this.mtimeMs && this.atimeMs > this.ctimeMs && Date.now() - this.atimeMs < 86_400_000) return;
    this.atimeMs = Date.now();
    this.atimeNs = 0;
  }
}
