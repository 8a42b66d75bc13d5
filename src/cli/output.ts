import { writeSync } from 'node:fs';

/** All of `text` to descriptor 1, now: no stream is set up, nothing is lost at exit. */
export function print(text: string): void {
  writeAll(1, text);
}

/** As `print`, to any descriptor. A full non-blocking pipe is waited for. */
export function writeAll(fd: number, text: string): void {
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length;) {
    try {
      at += writeSync(fd, bytes, at);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}
