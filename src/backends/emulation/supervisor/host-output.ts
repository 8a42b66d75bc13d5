/**
 * A descriptor of this process as a sink. Nothing may block: the same thread serves the control socket. So what can make us
 * wait (pipes, sockets, terminals) is written in the thread pool. Not by node:net: it makes the descriptor non-blocking for
 * everybody who shares it, whose writes then fail with EAGAIN, until the first of them that is Node ends and puts the flag
 * back (node 20.20.2), and from then on it blocks this thread.
 */
import { closeSync, fstatSync, openSync, type Stats, write, writeSync } from 'node:fs';
import { ERRNO, type ErrnoName } from '../errno.ts';
import type { ByteSink } from '../execute/stdio.ts';

/** By default more than this is not taken before some of it is out. */
const HIGH_WATER = 64 * 1024;
const RETRY_MS = 5;
/** Major number of Linux. */
const MEMORY = 1;

interface OutputOptions {
  readonly highWater?: number;
  /** The end of the output closes the descriptor, or does what is given. */
  readonly ends?: boolean | (() => void);
}

export function hostOutput(fd: number, { highWater = HIGH_WATER, ends = false }: OutputOptions = {}): ByteSink {
  const stat = fstatSync(fd);
  return new QueuedSink(
    fd,
    stat.isFile() || isMemoryDevice(stat) ? writeNow : writeInPool,
    highWater,
    ends === true ? () => closeDescriptor(fd) : ends || undefined,
  );
}

/** /dev/null and its kind make nobody wait; /dev/full answers at once, so that who writes there hears it. */
export function isMemoryDevice(stat: Stats): boolean {
  return process.platform === 'linux' && stat.isCharacterDevice() && stat.rdev >> 8 === MEMORY;
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
  onBroken: ((why?: ErrnoName) => void) | undefined;
  readonly #fd: number;
  readonly #writeSome: Write;
  readonly #highWater: number;
  #queue: Uint8Array[] = [];
  #size = 0;
  #writing = false;
  #full = false;
  #broken = false;
  #ended = false;
  #flushed: (() => void)[] = [];
  readonly #close: (() => void) | undefined;

  constructor(fd: number, writeSome: Write, highWater: number, close: (() => void) | undefined) {
    this.#close = close;
    this.#fd = fd;
    this.#writeSome = writeSome;
    this.#highWater = highWater;
  }

  write(bytes: Uint8Array): boolean {
    if (this.#broken) return true;
    this.#queue.push(bytes);
    this.#size += bytes.length;
    this.#next();
    this.#full = this.#size >= this.#highWater;
    return !this.#full;
  }

  end(): void {
    if (this.#close === undefined) return;
    this.#ended = true;
    this.#next();
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
      const first = this.#merged();
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

  /** All that waits as one piece: a write in the pool takes a turn of the event loop, however short it is. */
  #merged(): Uint8Array | undefined {
    if (this.#queue.length > 1) this.#queue = [Buffer.concat(this.#queue)];
    return this.#queue[0];
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
      this.onBroken?.(error.code !== undefined && error.code in ERRNO ? (error.code as ErrnoName) : 'EIO');
      this.#empty();
      return false;
    }
    this.#size -= written;
    if (written < first.length) this.#queue[0] = first.subarray(written);
    else this.#queue.shift();
    return true;
  }

  #empty(): void {
    if (this.#full) {
      this.#full = false;
      this.onDrain?.();
      if (this.#size > 0) return; // a terminal had more: it comes back here
    }
    if (this.#ended) {
      this.#ended = false;
      this.#close?.();
    }
    for (const resolve of this.#flushed.splice(0)) resolve();
  }
}

/** What is opened next must not get its number, and what is written to it by mistake. */
function closeDescriptor(fd: number): void {
  closeSync(fd);
  openSync('/dev/null', 'w'); // the lowest number that is free
}
