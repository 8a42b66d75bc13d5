import { writeSync } from 'node:fs';

const KILLED_BY_SIGPIPE = 128 + 13;

/** All of `text` to descriptor 1, now: no stream is set up, nothing is lost at exit. Without a reader it is the end, as for any filter. */
export function print(text: string): void {
  try {
    writeAll(1, text);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPIPE') throw error;
    process.exit(KILLED_BY_SIGPIPE);
  }
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
