import * as fs from 'node:fs';
import { Errno, errno } from '../errno.ts';
import { onHost } from './host-errors.ts';

/**
 * Host descriptors of one regular file: one to read and one to write, opened when needed. The mode of the container's open
 * file descriptions is the kernel's business, the host user's rights may allow only one of the two.
 */
export class HostHandles {
  readonly #path: () => string;
  readonly #stats: fs.BigIntStats;
  #reader: number | undefined;
  #writer: number | undefined;

  /** `path` gives a checked path; `stats`: whose file it must be. */
  constructor(path: () => string, stats: fs.BigIntStats) {
    this.#path = path;
    this.#stats = stats;
  }

  get any(): number | undefined {
    return this.#writer ?? this.#reader;
  }

  get stat(): fs.BigIntStats | undefined {
    const fd = this.any;
    return fd === undefined ? undefined : onHost(() => fs.fstatSync(fd, { bigint: true }));
  }

  readAt(position: number, buffer: Uint8Array): number {
    const fd = (this.#reader ??= this.#open(fs.constants.O_RDONLY));
    return onHost(() => fs.readSync(fd, buffer, 0, buffer.length, position));
  }

  writeAt(position: number, bytes: Uint8Array): number {
    const fd = (this.#writer ??= this.#open(fs.constants.O_WRONLY));
    let written = 0;
    while (written < bytes.length) {
      const at = written;
      written += onHost(() => fs.writeSync(fd, bytes, at, bytes.length - at, position + at));
    }
    return written;
  }

  truncate(size: number): void {
    const fd = (this.#writer ??= this.#open(fs.constants.O_WRONLY));
    onHost(() => fs.ftruncateSync(fd, size));
  }

  /** Opens ahead; what the host refuses is told by the read or write that needs it. */
  keep(use: 'read' | 'write'): void {
    try {
      if (use === 'read') this.#reader ??= this.#open(fs.constants.O_RDONLY);
      else this.#writer ??= this.#open(fs.constants.O_WRONLY);
    } catch (error) {
      if (!(error instanceof Errno)) throw error;
    }
  }

  /** Without O_CREAT and O_TRUNC, so that opening the wrong file changes nothing; O_NONBLOCK against a fifo in its place. */
  #open(access: number): number {
    const path = this.#path();
    const fd = onHost(() => fs.openSync(path, access | fs.constants.O_NOFOLLOW | fs.constants.O_NONBLOCK));
    const opened = fs.fstatSync(fd, { bigint: true });
    if (opened.ino === this.#stats.ino && opened.dev === this.#stats.dev && opened.isFile()) return fd;
    fs.closeSync(fd);
    throw errno('ENOENT');
  }

  close(): void {
    if (this.#reader !== undefined) fs.closeSync(this.#reader);
    if (this.#writer !== undefined) fs.closeSync(this.#writer);
    this.#reader = this.#writer = undefined;
  }
}
