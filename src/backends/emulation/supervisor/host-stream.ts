/** A pipe, a connected socket or a terminal on a descriptor of this process, read only when more is wanted. */
import { closeSync } from 'node:fs';
import { Socket } from 'node:net';
import { ReadStream } from 'node:tty';
import { ERRNO, type ErrnoName } from '../errno.ts';
import type { ByteSink, ByteSource } from '../execute/stdio.ts';
import { readBlocking } from './host-input.ts';
import { hostOutput } from './host-output.ts';

interface HostStream {
  readonly source: ByteSource;
  /** Of one that is written too. `ended`: the container has closed it, and all is out. */
  sink(ended: () => void): ByteSink;
  /** Closes the descriptor. */
  close(): void;
}

interface StreamOptions {
  readonly written?: boolean;
  readonly terminal?: boolean;
}

export function hostStream(fd: number, { written = false, terminal = false }: StreamOptions = {}): HostStream {
  return process.versions['bun'] === undefined || terminal ? nodeStream(fd, written, terminal) : bunStream(fd);
}

const CHUNK = 64 * 1024;

/** Opened when it is used first: it makes the descriptor non-blocking for who shares it, and is closed with its descriptor by Node itself. */
function nodeStream(fd: number, written: boolean, terminal: boolean): HostStream {
  let socket: Socket | undefined;
  let take: (bytes: Uint8Array) => boolean = () => false;
  let over: () => void = () => undefined;
  /** false: no more until the next `resume`. */
  const read = (bytes: Uint8Array): boolean => take(bytes.slice());
  const opened = (): Socket => {
    if (socket !== undefined) return socket;
    if (terminal) {
      socket = new ReadStream(fd);
      socket.on('data', (bytes: Buffer) => void (read(bytes) || socket?.pause()));
    } else {
      const onread = { buffer: new Uint8Array(CHUNK), callback: (count: number, buffer: Uint8Array) => read(buffer.subarray(0, count)) };
      // manualStart: without it something is read at once (no part of the types).
      socket = new Socket({ fd, readable: true, writable: written, allowHalfOpen: true, onread, manualStart: true } as object);
    }
    socket.once('end', () => over());
    socket.once('error', () => over());
    return socket;
  };
  return {
    source: {
      open(push, end) {
        take = push;
        over = end;
      },
      resume: () => void opened().resume(),
      readNow() {
        if (socket !== undefined) return; // bytes may be on their way already
        const bytes = readBlocking(fd);
        if (bytes.length === 0) over();
        else take(bytes);
      },
      close: () => void socket?.pause(),
    },
    sink: (ended) => socketSink(opened, ended),
    close() {
      if (socket === undefined) closeSync(fd);
      else socket.destroy();
    },
  };
}

function socketSink(opened: () => Socket, ended: () => void): ByteSink {
  let socket: Socket | undefined;
  let waiting = 0;
  let closing = false;
  let full = false;
  const flushed: (() => void)[] = [];
  const wrote = (error?: NodeJS.ErrnoException | null): void => {
    waiting--;
    if (error) sink.onBroken?.(error.code !== undefined && error.code in ERRNO ? (error.code as ErrnoName) : 'EPIPE');
    if (waiting > 0) return;
    if (full) {
      full = false;
      sink.onDrain?.();
    }
    if (waiting > 0) return; // it had more
    for (const resolve of flushed.splice(0)) resolve();
    if (closing) ended();
  };
  const sink: ByteSink = {
    onDrain: undefined,
    onBroken: undefined,
    write(bytes) {
      socket ??= opened();
      waiting++;
      full = !socket.write(bytes, wrote);
      return !full;
    },
    end() {
      closing = true;
      if (waiting === 0) ended();
    },
    flush: () => (waiting === 0 ? Promise.resolve() : new Promise((resolve) => flushed.push(resolve))),
  };
  return sink;
}

declare const Bun: { file(fd: number): { stream(): ReadableStream<Uint8Array> } };

/** Bun's net.Socket takes no descriptor, and its stream of one no terminal (ESPIPE; 1.4.5). */
function bunStream(fd: number): HostStream {
  let reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  let take: (bytes: Uint8Array) => boolean = () => false;
  let over: () => void = () => undefined;
  let reading = false;
  const resume = (): void => {
    if (reading) return;
    reading = true;
    reader ??= Bun.file(fd).stream().getReader();
    void reader.read().then(
      ({ value, done }) => {
        reading = false;
        if (done) over();
        else if (take(value)) resume();
      },
      () => over(),
    );
  };
  return {
    source: {
      open(push, end) {
        take = push;
        over = end;
      },
      resume,
      readNow() {
        if (reader !== undefined) return;
        const bytes = readBlocking(fd);
        if (bytes.length === 0) over();
        else take(bytes);
      },
      close: () => undefined,
    },
    sink: (ended) => hostOutput(fd, { ends: ended }),
    close() {
      void reader?.cancel().catch(() => undefined); // a read under way ends with it
      closeSync(fd);
    },
  };
}
