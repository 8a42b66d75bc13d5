/** Descriptor 0 of this process as a source: read only when more is wanted, since a shell may share it. */
import type { ByteSource } from '../execute/stdio.ts';

/**
 * By process.stdin, which reads pipes, sockets, terminals and files each in its own way: a read in libuv's thread pool
 * that waits for a pipe would keep process.exit from ending this process (node 20.20.2).
 */
export function hostInput(): ByteSource {
  let take: (bytes: Uint8Array) => boolean = () => false;
  let over: (hungUp: boolean) => void = () => undefined;
  let listening = false;
  const listen = (): void => {
    listening = true;
    const { stdin } = process;
    stdin.on('data', (bytes: Buffer) => {
      if (!take(bytes)) stdin.pause();
    });
    const ended = (): void => over(stdin.isTTY);
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
      process.stdin.resume();
    },
    close() {
      if (listening) process.stdin.pause();
    },
  };
}
