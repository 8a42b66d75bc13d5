/**
 * A descriptor of this process as a sink. Nothing may block: the same thread serves the control socket. So pipes and
 * sockets go through node:net, and what cannot make us wait (files, terminals) is written at once; Bun, whose node:net
 * does not take the descriptor of a pipe (1.4.5), writes in its thread pool.
 */
import { fstatSync, write, writeSync } from 'node:fs';
import { Socket } from 'node:net';
import type { ByteSink } from '../execute/stdio.ts';

/** More than this is not taken before some of it is out. */
const HIGH_WATER = 64 * 1024;
const RETRY_MS = 5;
const isBun = process.versions['bun'] !== undefined;

export function hostOutput(fd: number): ByteSink {
  const stat = fstatSync(fd);
  if (!stat.isFIFO() && !stat.isSocket())
    return isBun && stat.isCharacterDevice() ? new QueuedSink(fd, writeInPool) : new QueuedSink(fd, writeNow);
  return isBun ? new QueuedSink(fd, writeInPool) : new SocketSink(new Socket({ fd, readable: false, writable: true }));
}

class SocketSink implements ByteSink {
  onDrain: (() => void) | undefined;
  onBroken: (() => void) | undefined;
  readonly #socket: Socket;

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('drain', () => this.onDrain?.());
    socket.on('error', () => this.onBroken?.()); // EPIPE: nobody reads any more
  }

  write(bytes: Uint8Array): boolean {
    return this.#socket.destroyed || this.#socket.write(bytes);
  }

  flush(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#socket.destroyed || this.#socket.writableLength === 0) return resolve();
      this.#socket.once('close', () => resolve());
      this.#socket.write(new Uint8Array(0), () => resolve());
    });
  }
}

/** Writes some of `bytes`; `done` gets how many, or the error. */
type Write = (fd: number, bytes: Uint8Array, done: (error: NodeJS.ErrnoException | null, written: number) => void) => void;

const writeInPool: Write = (fd, bytes, done) => write(fd, bytes, 0, bytes.length, null, done);
const writeNow: Write = (fd, bytes, done) => {
  let written: number;
  try {
    written = writeSync(fd, bytes);
  } catch (error) {
    return done(error as NodeJS.ErrnoException, 0);
  }
  done(null, written);
};

class QueuedSink implements ByteSink {
  onDrain: (() => void) | undefined;
  onBroken: (() => void) | undefined;
  readonly #fd: number;
  readonly #writeSome: Write;
  #queue: Uint8Array[] = [];
  #size = 0;
  #writing = false;
  #full = false;
  #broken = false;
  #flushed: (() => void)[] = [];

  constructor(fd: number, writeSome: Write) {
    this.#fd = fd;
    this.#writeSome = writeSome;
  }

  write(bytes: Uint8Array): boolean {
    if (this.#broken) return true;
    this.#queue.push(bytes);
    this.#size += bytes.length;
    this.#next();
    this.#full = this.#size >= HIGH_WATER;
    return !this.#full;
  }

  flush(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#size === 0 || this.#broken) resolve();
      else this.#flushed.push(resolve);
    });
  }

  #next(): void {
    if (this.#writing) return;
    for (;;) {
      const [first] = this.#queue;
      if (first === undefined) return this.#empty();
      this.#writing = true;
      let now = true;
      let goOn = false;
      this.#writeSome(this.#fd, first, (error, written) => {
        goOn = this.#wrote(first, error, written);
        if (!now && goOn) this.#next();
      });
      now = false;
      if (!goOn) return;
    }
  }

  /** True: the next may be written at once. */
  #wrote(first: Uint8Array, error: NodeJS.ErrnoException | null, written: number): boolean {
    if (error?.code === 'EAGAIN') {
      setTimeout(() => {
        this.#writing = false;
        this.#next();
      }, RETRY_MS);
      return false;
    }
    this.#writing = false;
    if (error !== null) {
      this.#broken = true;
      this.#queue = [];
      this.#size = 0;
      this.onBroken?.();
      this.#empty();
      return false;
    }
    this.#size -= written;
    if (written < first.length) this.#queue[0] = first.subarray(written);
    else this.#queue.shift();
    return true;
  }

  #empty(): void {
    for (const resolve of this.#flushed.splice(0)) resolve();
    if (!this.#full) return;
    this.#full = false;
    this.onDrain?.();
  }
}
