/** AF_UNIX sockets in a state directory: who listens, who connects. */
import { rmSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { TsrunError } from '../../../core/errors.ts';
import { Connection } from './connection.ts';
import { withSocketPath } from './socket-path.ts';

/** On it the process that runs the container takes orders. */
export const CONTROL_SOCKET = 'control.sock';

export interface Listener {
  /** Takes no more connections and removes the socket. */
  close(): void;
}

/** Rejects with SYSTEM when the socket cannot be made. The directory is 0700, which is all the protection there is. */
export function listen(dir: string, name: string, accept: (connection: Connection) => void): Promise<Listener> {
  const path = join(dir, name);
  return new Promise((resolve, reject) => {
    const server: Server = createServer((socket) => accept(new Connection(socket)));
    server.once('error', (error) => reject(socketError(`listening on ${path}`, error)));
    server.once('listening', () => {
      resolve({
        close() {
          server.close();
          rmSync(path, { force: true });
        },
      });
    });
    try {
      rmSync(path, { force: true });
      withSocketPath(path, (address) => server.listen(address));
    } catch (error) {
      reject(socketError(`listening on ${path}`, error));
    }
  });
}

/** Rejects with STATE_CONFLICT `container not running` where nobody listens. */
export function connectTo(dir: string, name: string): Promise<Connection> {
  return new Promise((resolve, reject) => {
    const failed = (error: unknown): void => {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT' || code === 'ECONNREFUSED' || code === 'ECONNRESET') {
        reject(new TsrunError('STATE_CONFLICT', 'container not running', { cause: error }));
      } else reject(socketError(`connecting to ${join(dir, name)}`, error));
    };
    try {
      withSocketPath(join(dir, name), (address) => {
        const socket = connect(address);
        socket.once('error', failed);
        socket.once('connect', () => {
          socket.off('error', failed);
          resolve(new Connection(socket));
        });
      });
    } catch (error) {
      failed(error);
    }
  });
}

function socketError(doing: string, error: unknown): TsrunError {
  return new TsrunError('SYSTEM', `${doing}: ${(error as Error).message}`, { cause: error });
}
