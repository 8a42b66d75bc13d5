/** A socket on a descriptor of this process that listens. */
import { closeSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { ERRNO, type ErrnoName } from '../errno.ts';
import type { PreservedListener, PreservedStream } from '../execute/stdio.ts';
import { parts } from './parts.ts';
import { socketStream } from './host-stream.ts';

/**
 * Nothing is accepted before somebody in the container waits for a connection; from then on all that come are, since a server of
 * JavaScript cannot pause.
 */
export function hostListener(fd: number): PreservedListener {
  let server: Server | undefined;
  let take: (connection: PreservedStream) => void = () => undefined;
  let fail: (why: ErrnoName) => void = () => undefined;
  return {
    kind: 'listener',
    connections: {
      open(push, broken) {
        take = push;
        fail = broken;
      },
      resume() {
        if (server !== undefined) return;
        server = createServer({ allowHalfOpen: true, pauseOnConnect: true }, (socket) => take(connectionOf(socket)));
        server.on('error', ({ code }: NodeJS.ErrnoException) => fail(code !== undefined && code in ERRNO ? (code as ErrnoName) : 'EIO'));
        server.listen({ fd });
      },
      close() {
        if (server === undefined) closeSync(fd);
        else server.close();
      },
    },
  };
}

function connectionOf(socket: Socket): PreservedStream {
  socket.on('error', () => undefined); // before anybody uses it; who does hears of it too
  const stream = socketStream(() => socket);
  const part = parts(2, () => stream.close());
  const closed = part();
  const { source } = stream;
  return { kind: 'socket', source: { ...source, close: closed }, sink: stream.sink(part()) };
}
