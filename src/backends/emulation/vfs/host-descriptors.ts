/**
 * Descriptors of host directories (host-place.ts) that stay open for the next operation: few, of all file systems of this
 * process together, the least recently used closed first.
 */
import { closeSync } from 'node:fs';

/** More than one operation needs, so that what it has asked for is open until it is done. */
const MOST = 64;

class HostDescriptors {
  readonly #open = new Map<object, number>();

  get(key: object): number | undefined {
    const fd = this.#open.get(key);
    if (fd === undefined) return undefined;
    this.#open.delete(key);
    this.#open.set(key, fd);
    return fd;
  }

  add(key: object, fd: number): number {
    this.#open.set(key, fd);
    if (this.#open.size > MOST) {
      const [oldest, old] = this.#open.entries().next().value!;
      this.#open.delete(oldest);
      closeSync(old);
    }
    return fd;
  }
}

export const hostDescriptors = new HostDescriptors();
