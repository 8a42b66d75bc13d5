/** Bun's own functions; declared here as far as used, so that nothing else of the project depends on Bun's types. */
import type { Channel, ChannelHandlers, Io } from './io.ts';

interface BunSocket {
  /** Bytes taken; the rest when `drain` comes. */
  write(bytes: Uint8Array): number;
  terminate(): void;
}
interface BunSocketHandlers {
  open?(socket: BunSocket): void;
  data(socket: BunSocket, bytes: Uint8Array): void;
  drain(socket: BunSocket): void;
  end(socket: BunSocket): void;
  close(socket: BunSocket): void;
  error(socket: BunSocket, error: Error): void;
  connectError?(socket: BunSocket, error: Error): void;
}
interface BunChild {
  readonly stdio: readonly (number | null)[];
  kill(signal: number): void;
  unref(): void;
}
declare const Bun: {
  spawn(
    argv: readonly string[],
    options: {
      cwd: string;
      env: Record<string, string>;
      stdio: readonly (string | number)[];
      onExit(child: BunChild, code: number | null, signal: number | null): void;
    },
  ): BunChild;
  spawnSync(
    argv: readonly string[],
    options: { cwd: string; env: Record<string, string>; stdio: readonly string[] },
  ): { exitCode: number | null; stderr: Uint8Array };
  connect(options: ({ fd: number } | { unix: string }) & { socket: BunSocketHandlers }): Promise<BunSocket>;
};

const SIGKILL = 9;

function openChannel(where: { fd: number } | { unix: string }, handlers: ChannelHandlers & { opened?(): void }): Channel {
  let socket: BunSocket | undefined;
  let over = false;
  const queue: Uint8Array[] = [];

  const flush = (): void => {
    if (socket === undefined || over) return;
    for (let next = queue[0]; next !== undefined; next = queue[0]) {
      const sent = Math.max(0, socket.write(next));
      if (sent < next.length) {
        queue[0] = next.subarray(sent);
        return; // drain will come
      }
      queue.shift();
    }
  };
  const closed = (): void => {
    if (over) return;
    over = true;
    handlers.closed();
  };
  const opened = (open: BunSocket): void => {
    if (socket !== undefined) return;
    socket = open;
    if (over) return open.terminate();
    handlers.opened?.();
    flush();
  };

  Bun.connect({
    ...where,
    socket: {
      open: opened,
      data: (_, bytes) => handlers.data(bytes),
      drain: flush,
      end: closed,
      close: closed,
      error: closed,
      connectError: closed,
    },
  }).then(opened, closed);
  return {
    write(bytes) {
      queue.push(bytes);
      flush();
    },
    close() {
      over = true;
      socket?.terminate();
    },
  };
}

export const bunIo: Io = {
  spawnWithChannel(argv, preserveFds, handlers) {
    const preserved: number[] = [];
    for (let fd = 3; fd < 3 + preserveFds; fd++) preserved.push(fd);
    const child = Bun.spawn(argv, {
      cwd: '/',
      env: {},
      stdio: ['inherit', 'inherit', 'inherit', 'pipe', ...preserved],
      onExit: (_, code, signal) => handlers.exited({ code, signal }),
    });
    const fd = child.stdio[3];
    if (typeof fd !== 'number') throw new Error('Bun gave no descriptor for the pipe on fd 3');
    return { channel: openChannel({ fd }, handlers), kill: () => child.kill(SIGKILL), release: () => child.unref() };
  },

  runQuietly(argv) {
    const { exitCode, stderr } = Bun.spawnSync(argv, { cwd: '/', env: {}, stdio: ['ignore', 'ignore', 'pipe'] });
    return { code: exitCode, stderr: new TextDecoder().decode(stderr).trim() };
  },

  connectUnix: (unix, handlers) => openChannel({ unix }, handlers),
};
