/**
 * Reads files of a layer at positions. Small files are kept whole and some descriptors open, both bounded and the least
 * recently used given up first, for all layers of this process together: a layer needs no closing.
 */
import * as fs from 'node:fs';
import { onHost } from '../host-errors.ts';
import type { HostPlace } from '../host-place.ts';

const SMALL_FILE = 64 * 1024;
const CONTENT_BYTES = 32 * 1024 * 1024;
const DESCRIPTORS = 64;

class HostReader {
  readonly #contents = new Map<object, Buffer>();
  #contentBytes = 0;
  readonly #descriptors = new Map<object, number>();

  /** `key` is the file's identity. EIO when what is at the path is not the file of `stats` any more. */
  readAt(key: object, file: HostPlace, position: number, buffer: Uint8Array): number {
    const size = Number(file.stats.size);
    const length = Math.min(buffer.length, size - position);
    if (length <= 0) return 0;
    if (size <= SMALL_FILE) {
      const content = this.#content(key, file, size);
      const part = content.subarray(position, position + length);
      buffer.set(part);
      return part.length;
    }
    const fd = this.#descriptor(key, file);
    return onHost(() => fs.readSync(fd, buffer, 0, length, position));
  }

  #content(key: object, file: HostPlace, size: number): Buffer {
    let content = this.#contents.get(key);
    if (content !== undefined) {
      this.#contents.delete(key);
      this.#contents.set(key, content);
      return content;
    }
    const fd = file.openFile(fs.constants.O_RDONLY);
    try {
      content = onHost(() => readFully(fd, size));
    } finally {
      fs.closeSync(fd);
    }
    this.#contents.set(key, content);
    this.#contentBytes += content.length;
    for (const [oldest, bytes] of this.#contents) {
      if (this.#contentBytes <= CONTENT_BYTES) break;
      this.#contents.delete(oldest);
      this.#contentBytes -= bytes.length;
    }
    return content;
  }

  #descriptor(key: object, file: HostPlace): number {
    const known = this.#descriptors.get(key);
    if (known !== undefined) {
      this.#descriptors.delete(key);
      this.#descriptors.set(key, known);
      return known;
    }
    const fd = file.openFile(fs.constants.O_RDONLY);
    this.#descriptors.set(key, fd);
    for (const [oldest, open] of this.#descriptors) {
      if (this.#descriptors.size <= DESCRIPTORS) break;
      this.#descriptors.delete(oldest);
      fs.closeSync(open);
    }
    return fd;
  }
}

export const hostReader = new HostReader();

function readFully(fd: number, size: number): Buffer {
  const content = Buffer.allocUnsafeSlow(size);
  let length = 0;
  while (length < size) {
    const read = fs.readSync(fd, content, length, size - length, length);
    if (read === 0) break;
    length += read;
  }
  return content.subarray(0, length);
}
