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
  let opened = false;
  const stream = socketStream((read) => {
    opened = true;
    if (terminal) return new ReadStream(fd);
    const onread = { buffer: new Uint8Array(CHUNK), callback: (count: number, buffer: Uint8Array) => read(buffer.slice(0, count)) };
    // manualStart: without it something is read at once (no part of the types).
    return new Socket({ fd, readable: true, writable: written, allowHalfOpen: true, onread, manualStart: true } as object);
  });
  return {
    ...stream,
    source: {
      ...stream.source,
      readNow() {
        if (opened) return; // bytes may be on their way already
        const bytes = readBlocking(fd);
        stream.source.take(bytes);
      },
    },
    close() {
      if (opened) stream.close();
      else closeSync(fd);
    },
  };
}

/** `open` is called once, at the first use, and may hand what it reads to `read`: false, no more until it is resumed. */
export function socketStream(
  open: (read: (bytes: Uint8Array) => boolean) => Socket,
): HostStream & { readonly source: { take(bytes: Uint8Array): void } } {
  let socket: Socket | undefined;
  let take: (bytes: Uint8Array) => boolean = () => false;
  let over: () => void = () => undefined;
  const opened = (): Socket => {
    if (socket !== undefined) return socket;
    const made = open((bytes) => take(bytes));
    made.pause(); // or a listener would begin to read
    made.on('data', (bytes: Buffer) => void (take(bytes) || made.pause()));
    made.once('end', () => over());
    made.once('error', () => over());
    socket = made;
    return made;
  };
  return {
    source: {
      open(push, end) {
        take = push;
        over = end;
      },
      resume: () => void opened().resume(),
      close: () => void socket?.pause(),
      take: (bytes) => void (bytes.length === 0 ? over() : take(bytes)),
    },
    sink: (ended) => socketSink(opened, ended),
    close: () => void opened().destroy(),
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
