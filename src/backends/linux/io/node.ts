import { spawn, spawnSync } from 'node:child_process';
import { connect, type Socket } from 'node:net';
import type { Channel, ChannelHandlers, Io } from './io.ts';

function channelOf(socket: Socket, handlers: ChannelHandlers): Channel {
  socket.on('data', (bytes: Uint8Array) => handlers.data(bytes));
  socket.on('error', () => {}); // EPIPE, ECONNRESET, ECONNREFUSED: `close` follows
  socket.once('close', () => handlers.closed());
  return {
    write: (bytes) => void (socket.destroyed || socket.write(bytes)),
    close: () => void socket.destroy(),
  };
}

export const nodeIo: Io = {
  spawnWithChannel([program = '', ...args], preserveFds, handlers) {
    const preserved = Array.from({ length: preserveFds }, (_, i) => 3 + i);
    const child = spawn(program, args, { cwd: '/', env: {}, stdio: ['inherit', 'inherit', 'inherit', 'pipe', ...preserved] });
    child.once('error', (failure) => handlers.exited({ code: null, signal: null, failure }));
    child.once('exit', (code, signal) => handlers.exited({ code, signal }));
    return {
      channel: channelOf(child.stdio[3] as Socket, handlers),
      kill: () => void child.kill('SIGKILL'),
      release: () => child.unref(),
    };
  },

  runQuietly([program = '', ...args]) {
    const { status, stderr, error } = spawnSync(program, args, {
      cwd: '/',
      env: {},
      encoding: 'utf8',
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    return { code: status, stderr: error?.message ?? stderr.trim() };
  },

  connectUnix(path, handlers) {
    const socket = connect(path);
    socket.once('connect', () => handlers.opened());
    return channelOf(socket, handlers);
  },
};
