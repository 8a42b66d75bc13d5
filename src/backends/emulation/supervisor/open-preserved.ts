/** A descriptor from 3 on of this process as a source, a sink or both. It is closed once the container has closed it. */
import { closeSync, openSync, readSync } from 'node:fs';
import type { ByteSource, PreservedStream } from '../execute/stdio.ts';
import { hostOutput } from './host-output.ts';
import { hostStream } from './host-stream.ts';
import { parts } from './parts.ts';
import type { Preserved } from './protocol.ts';

/** Of one that listens: host-listener.ts. */
export function openPreserved({ fd, kind, readable, writable }: Preserved): PreservedStream {
  const both = readable && writable;
  if (kind === 'file' || kind === 'terminal') {
    const part = parts(both ? 2 : 1, () => closeSync(fd));
    return {
      kind: kind === 'file' ? 'file' : 'stream',
      source: readable ? (kind === 'file' ? fileSource(fd, part()) : terminalSource(fd, part())) : undefined,
      sink: writable ? hostOutput(fd, { ends: part() }) : undefined,
    };
  }
  const shown = kind === 'socket' ? 'socket' : 'stream';
  if (!readable) return { kind: shown, sink: hostOutput(fd, { ends: () => closeSync(fd) }) };
  const stream = hostStream(fd, { written: writable });
  const part = parts(both ? 2 : 1, () => stream.close());
  return { kind: shown, source: closing(stream.source, part()), sink: both ? stream.sink(part()) : undefined };
}

function closing(source: ByteSource, closed: () => void): ByteSource {
  return {
    ...source,
    close() {
      source.close();
      closed();
    },
  };
}

const CHUNK = 64 * 1024;

/** Read where the descriptor stands, as much as is asked for: all who share it share its position. */
function fileSource(fd: number, closed: () => void): ByteSource {
  let take: (bytes: Uint8Array) => boolean = () => false;
  let over: () => void = () => undefined;
  return {
    open(push, end) {
      take = push;
      over = end;
    },
    resume(most = CHUNK) {
      const buffer = new Uint8Array(Math.min(most, CHUNK));
      let count: number;
      try {
        count = readSync(fd, buffer, 0, buffer.length, null);
      } catch {
        return over(); // EIO: there is nothing to read
      }
      if (count === 0) over();
      else take(buffer.subarray(0, count));
    },
    close: closed,
  };
}

/** Opened once more: a stream makes what it reads non-blocking, and closes it. */
function terminalSource(fd: number, closed: () => void): ByteSource {
  let stream: ReturnType<typeof hostStream> | undefined;
  let take: (bytes: Uint8Array) => boolean = () => false;
  let over: () => void = () => undefined;
  return {
    open(push, end) {
      take = push;
      over = end;
    },
    resume() {
      if (stream === undefined) {
        stream = hostStream(openSync(`/dev/fd/${fd}`, 'r'), { terminal: true });
        stream.source.open(take, () => over());
      }
      stream.source.resume();
    },
    close() {
      stream?.close();
      closed();
    },
  };
}
