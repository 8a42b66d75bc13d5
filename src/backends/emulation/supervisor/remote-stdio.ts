/** Descriptors of an exec'd process that lead over its client's connection. Of the side that runs the container. */
import { type ByteSink, type ByteSource, type ProcessStdio, stdioOver } from '../execute/stdio.ts';
import type { Connection } from './connection.ts';
import { brokenEvent, sizeOf } from './orders.ts';

export function remoteStdio(connection: Connection): ProcessStdio {
  const sinks = [1, 2].map((descriptor) => remoteSink(connection, descriptor));
  const [stdout, stderr] = sinks as [ByteSink, ByteSink];
  connection.onDrain = () => {
    for (const { onDrain } of sinks) onDrain?.();
  };
  void connection.closed.then(() => {
    for (const { onBroken } of sinks) onBroken?.();
  });
  connection.on.broken = (data) => {
    const { descriptor, why } = brokenEvent(data);
    sinks[descriptor - 1]?.onBroken?.(why);
  };
  const over = stdioOver(remoteSource(connection), stdout, stderr);
  return {
    ...over,
    terminal(tty) {
      connection.on.resize = (size) => {
        const { columns, rows } = sizeOf(size);
        tty.resize(columns, rows);
      };
      over.terminal(tty);
    },
  };
}

/** One piece of input for each WANT. */
export function remoteSource(connection: Connection): ByteSource {
  let wanted = false;
  const want = (): void => {
    if (!wanted) connection.sendWant();
    wanted = true;
  };
  return {
    open(push, end) {
      connection.onData = (_, bytes) => {
        wanted = false;
        if (push(bytes)) want();
      };
      connection.on.eof = ({ hungUp }) => end(hungUp);
      void connection.closed.then(() => end(true));
    },
    resume: want,
    close() {
      connection.onData = undefined;
    },
  };
}

function remoteSink(connection: Connection, descriptor: number): ByteSink {
  return {
    write: (bytes) => connection.sendData(descriptor, bytes),
    onDrain: undefined,
    onBroken: undefined,
    end: () => connection.event('outputClosed', { descriptor }),
    flush: () => Promise.resolve(), // in order on the connection, before `exit`
  };
}
