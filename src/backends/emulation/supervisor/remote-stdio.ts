/** Descriptors of an exec'd process that lead over its client's connection. Of the side that runs the container. */
import { type ByteSink, type ByteSource, type PreservedStream, type ProcessStdio, stdioOver } from '../execute/stdio.ts';
import type { Connection } from './connection.ts';
import { brokenEvent, sizeOf } from './orders.ts';
import type { Preserved } from './protocol.ts';

export function remoteStdio(connection: Connection, preserved: readonly Preserved[]): ProcessStdio {
  const streams = preserved.map((descriptor) => remoteStream(connection, descriptor));
  const [stdout, stderr] = [remoteSink(connection, 1), remoteSink(connection, 2)];
  const sinks = [stdout, stderr, ...streams.flatMap(({ sink }) => sink ?? [])];
  connection.onDrain = () => {
    for (const { onDrain } of sinks) onDrain?.();
  };
  void connection.closed.then(() => {
    for (const { onBroken } of sinks) onBroken?.();
  });
  connection.on.broken = (data) => {
    const { descriptor, why } = brokenEvent(data);
    connection.channel(descriptor).broken?.(why);
  };
  const over = stdioOver(remoteSource(connection), stdout, stderr, streams);
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

/** One piece of input, or the end, for each WANT. */
export function remoteSource(connection: Connection, descriptor = 0): ByteSource {
  const channel = connection.channel(descriptor);
  let wanted = false;
  const want = (most = ANY): void => {
    if (!wanted) connection.sendWant(descriptor, most);
    wanted = true;
  };
  return {
    open(push, end) {
      channel.data = (bytes) => {
        wanted = false;
        if (push(bytes)) want();
      };
      channel.eof = (hungUp) => {
        wanted = false;
        end(hungUp);
      };
      void connection.closed.then(() => end(true));
    },
    resume: want,
    close() {
      channel.data = undefined;
      if (descriptor > 2) connection.event('inputClosed', { descriptor });
    },
  };
}
/** Of what is no file it does not count. */
const ANY = 65536;

function remoteStream(connection: Connection, { fd, kind, readable, writable }: Preserved): PreservedStream {
  return {
    kind: kind === 'file' || kind === 'socket' ? kind : 'stream',
    source: readable ? remoteSource(connection, fd) : undefined,
    sink: writable ? remoteSink(connection, fd) : undefined,
  };
}

function remoteSink(connection: Connection, descriptor: number): ByteSink {
  const sink: ByteSink = {
    write: (bytes) => connection.sendData(descriptor, bytes),
    onDrain: undefined,
    onBroken: undefined,
    end: () => connection.event('outputClosed', { descriptor }),
    flush: () => Promise.resolve(), // in order on the connection, before `exit`
  };
  connection.channel(descriptor).broken = (why) => sink.onBroken?.(why);
  return sink;
}
