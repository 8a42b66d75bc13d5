import * as fs from 'node:fs';
import { Errno } from '../errno.ts';
import { onHost } from './host-errors.ts';
import type { HostPlace } from './host-place.ts';

/**
 * Host descriptors of one regular file: one to read and one to write, opened when needed. The mode of the container's open
 * file descriptions is the kernel's business, the host user's rights may allow only one of the two.
 */
export class HostHandles {
  readonly #place: HostPlace;
  #reader: number | undefined;
  #writer: number | undefined;

  constructor(place: HostPlace) {
    this.#place = place;
  }

  get any(): number | undefined {
    return this.#writer ?? this.#reader;
  }

  get stat(): fs.BigIntStats | undefined {
    const fd = this.any;
    return fd === undefined ? undefined : onHost(() => fs.fstatSync(fd, { bigint: true }));
  }

  readAt(position: number, buffer: Uint8Array): number {
    const fd = (this.#reader ??= this.#place.openFile(fs.constants.O_RDONLY));
    return onHost(() => fs.readSync(fd, buffer, 0, buffer.length, position));
  }

  writeAt(position: number, bytes: Uint8Array): number {
    const fd = (this.#writer ??= this.#place.openFile(fs.constants.O_WRONLY));
    let written = 0;
    while (written < bytes.length) {
      const at = written;
      written += onHost(() => fs.writeSync(fd, bytes, at, bytes.length - at, position + at));
    }
    return written;
  }

  truncate(size: number): void {
    const fd = (this.#writer ??= this.#place.openFile(fs.constants.O_WRONLY));
    onHost(() => fs.ftruncateSync(fd, size));
  }

  /** Descriptors for an access mode of open(2). */
  open(access: number): void {
    const { O_RDONLY, O_WRONLY } = fs.constants;
    if (access !== O_WRONLY) this.#reader ??= this.#place.openFile(O_RDONLY);
    if (access !== O_RDONLY) this.#writer ??= this.#place.openFile(O_WRONLY);
  }

  /** Opens ahead; what the host refuses is told by the read or write that needs it. */
  keep(use: 'read' | 'write'): void {
    try {
      this.open(use === 'read' ? fs.constants.O_RDONLY : fs.constants.O_WRONLY);
    } catch (error) {
      if (!(error instanceof Errno)) throw error;
    }
  }

  close(): void {
    if (this.#reader !== undefined) fs.closeSync(this.#reader);
    if (this.#writer !== undefined) fs.closeSync(this.#writer);
    this.#reader = this.#writer = undefined;
  }
}
