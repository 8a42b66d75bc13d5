/** Descriptor 0 of this process as a source: read only when more is wanted, since a shell may share it. */
import { fstatSync, readSync } from 'node:fs';
import type { ByteSource } from '../execute/stdio.ts';
import { type LostEnd, lostEndOfStdin } from './lost-end.ts';

/**
 * By process.stdin, which reads pipes, sockets, terminals and files each in its own way: a read in libuv's thread pool
 * that waits for a pipe would keep process.exit from ending this process (node 20.20.2).
 */
export function hostInput(): Required<ByteSource> {
  let take: (bytes: Uint8Array) => boolean = () => false;
  let over: (hungUp: boolean) => void = () => undefined;
  let listening = false;
  let lostEnd: LostEnd | undefined;
  const listen = (): void => {
    // Bun (1.4.5) throws EISDIR at whoever listens, instead of giving it to those who listen for errors.
    if (fstatSync(0).isDirectory()) return over(false);
    listening = true;
    const { stdin } = process;
    let gone = false;
    const came = (bytes: Uint8Array): void => {
      lostEnd?.cancel();
      if (!take(bytes)) stdin.pause();
    };
    const ended = (): void => {
      lostEnd?.cancel();
      if (!gone) over(stdin.isTTY);
      gone = true;
    };
    lostEnd = lostEndOfStdin((bytes) => (bytes.length === 0 ? ended() : came(bytes)));
    stdin.on('data', came);
    stdin.once('end', ended);
    stdin.once('error', ended); // EIO of a terminal that is gone, EISDIR: there is nothing to read
  };
  return {
    open(push, end) {
      take = push;
      over = end;
    },
    resume() {
      if (!listening) listen();
      if (!listening) return;
      process.stdin.resume();
      lostEnd?.expect();
    },
    readNow() {
      if (listening) return; // bytes may be on their way to process.stdin already
      const bytes = readBlocking(0);
      if (bytes.length === 0) over(false);
      else take(bytes);
    },
    close() {
      if (!listening) return;
      lostEnd?.cancel();
      process.stdin.pause();
    },
  };
}

/** Less than what an input holds, which would ask for more before it hands out what it has. */
const CHUNK = 16 * 1024;
const RETRY_MS = 5;

/** Empty at the end, and where there is nothing to read (EIO of a terminal that is gone, EISDIR). */
export function readBlocking(fd: number): Uint8Array {
  const buffer = new Uint8Array(CHUNK);
  for (;;) {
    try {
      return buffer.subarray(0, readSync(fd, buffer, 0, CHUNK, null));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') return new Uint8Array(0);
    }
    // Whoever shares the descriptor has made it non-blocking.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, RETRY_MS);
  }
}
