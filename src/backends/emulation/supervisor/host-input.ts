/** Descriptor 0 of this process as a source: read only while there is room, and not before it is wanted. */
import type { ByteSource } from '../execute/stdio.ts';

/**
 * By process.stdin, which reads pipes, sockets, terminals and files each in its own way: a read in libuv's thread pool
 * that waits for a pipe would keep process.exit from ending this process (node 20.20.2).
 */
export function hostInput(): ByteSource {
  let opened = false;
  return {
    open(push, end) {
      opened = true;
      const { stdin } = process;
      stdin.on('data', (bytes: Buffer) => {
        if (!push(bytes)) stdin.pause();
      });
      stdin.once('end', end);
      stdin.once('error', end); // EIO of a terminal that is gone, EISDIR: there is nothing to read
    },
    resume() {
      if (opened) process.stdin.resume();
    },
    close() {
      if (opened) process.stdin.pause();
    },
  };
}
