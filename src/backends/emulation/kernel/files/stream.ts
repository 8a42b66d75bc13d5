import { errno, Errno, type ErrnoName } from '../../errno.ts';
import { O_RDONLY, O_WRONLY, S_IFIFO, type Stat } from '../../vfs/types.ts';
import type { Proc } from '../process.ts';
import { raise } from '../signal-actions.ts';
import { SIGPIPE } from '../signal-numbers.ts';
import { BLOCKED, type OpenFile, POLLERR, POLLHUP, POLLIN, POLLOUT, type Sys } from '../types.ts';
import { Queue } from '../wait-queue.ts';
import { AnonymousNode, BaseFile } from './base.ts';

/** Bytes that wait in an input before the host is asked to stop, and bytes given to a sink at a time. */
const CHUNK = 65536;

export interface InputOptions {
  /** Somebody wants what is not there, at most so many bytes; or there is room again. */
  readonly onRoom?: ((most: number) => void) | undefined;
  /** Nobody has it open any more. */
  readonly onClose?: (() => void) | undefined;
  /** A file of the host: it can always be read, its end need not be the last, and nothing may be taken from it that nobody reads. */
  readonly ofFile?: boolean;
}

/** Bytes from the host (a container's stdin): to guests it looks like the reading end of a pipe. */
export class InputFile extends BaseFile {
  readonly kind: OpenFile['kind'] = 'stream';
  readonly node: AnonymousNode;
  private readonly options: InputOptions;
  private chunks: Uint8Array[] = [];
  private offset = 0;
  private length = 0;
  private ended = false;
  private wanted = false;
  private readonly readable = new Queue();

  constructor(ino: number, options: InputOptions = {}) {
    super(O_RDONLY, undefined);
    this.node = new AnonymousNode(ino, S_IFIFO | 0o600);
    this.options = options;
  }

  override get description(): string {
    return `pipe:[${this.node.ino}]`;
  }

  /** False: enough for now, `onRoom` tells when more is wanted. What comes after the end, or when nobody has it open, is dropped. */
  push(bytes: Uint8Array): boolean {
    if (this.ended || bytes.length === 0) return !this.ended && this.length < CHUNK;
    this.chunks.push(bytes.slice());
    this.length += bytes.length;
    this.readable.wake();
    this.wanted = this.length >= CHUNK;
    return !this.wanted;
  }

  end(): void {
    this.ended = true;
    this.readable.wake();
  }

  override read(process: Proc, buffer: Uint8Array): Sys<number> {
    if (buffer.length === 0) return 0;
    if (this.length > 0) return this.take(buffer);
    if (this.ended) return this.atEnd();
    this.ask(buffer.length);
    if (this.length > 0) return this.take(buffer);
    if (this.ended) return this.atEnd();
    if (this.nonBlocking) throw errno('EAGAIN');
    this.readable.add(process);
    return BLOCKED;
  }

  /** Somebody wants what is not there: a host that reads no sooner takes nothing from who shares its input (a shell's terminal). */
  private ask(most: number): void {
    this.wanted = false;
    this.options.onRoom?.(Math.min(most, CHUNK));
  }

  /** A file may have grown when it is read the next time. */
  private atEnd(): number {
    if (this.options.ofFile === true) this.ended = false;
    return 0;
  }

  private take(buffer: Uint8Array): number {
    let count = 0;
    while (count < buffer.length) {
      const chunk = this.chunks[0];
      if (chunk === undefined) break;
      const part = chunk.subarray(this.offset, this.offset + buffer.length - count);
      buffer.set(part, count);
      count += part.length;
      this.offset += part.length;
      if (this.offset === chunk.length) {
        this.chunks.shift();
        this.offset = 0;
      }
    }
    this.length -= count;
    if (this.wanted && this.length < CHUNK && this.options.ofFile !== true) this.ask(CHUNK);
    return count;
  }

  override stat(): Stat {
    return this.node.stat();
  }

  override poll(process: Proc, events: number, wait: boolean): number {
    if (this.options.ofFile === true) return POLLIN & events;
    if (this.length === 0 && !this.ended) this.ask(CHUNK);
    if (wait) this.readable.add(process);
    return ((this.length > 0 ? POLLIN : 0) | (this.ended ? POLLHUP : 0)) & (events | POLLHUP);
  }

  get available(): number {
    return this.length;
  }

  protected override close(): void {
    this.chunks = [];
    this.length = 0;
    this.ended = true;
    this.options.onClose?.();
  }
}

/** Bytes to the host (a container's stdout): to guests it looks like the writing end of a pipe. */
export class OutputFile extends BaseFile {
  readonly kind: OpenFile['kind'] = 'stream';
  readonly node: AnonymousNode;
  private readonly sink: (bytes: Uint8Array) => boolean;
  private readonly onClose: (() => void) | undefined;
  private full = false;
  /** Why nothing can be written any more. */
  private gone: ErrnoName | undefined;
  private readonly writable = new Queue();

  constructor(ino: number, sink: (bytes: Uint8Array) => boolean, onClose: (() => void) | undefined) {
    super(O_WRONLY, undefined);
    this.node = new AnonymousNode(ino, S_IFIFO | 0o600);
    this.sink = sink;
    this.onClose = onClose;
  }

  override get description(): string {
    return `pipe:[${this.node.ino}]`;
  }

  drained(): void {
    this.full = false;
    this.writable.wake();
  }

  broken(why: ErrnoName = 'EPIPE'): void {
    this.gone = why;
    this.writable.wake();
  }

  override write(process: Proc, bytes: Uint8Array): Sys<number> {
    if (this.gone === undefined && bytes.length === 0) return 0;
    if (this.gone === undefined && this.full) {
      if (this.nonBlocking) throw errno('EAGAIN');
      this.writable.add(process);
      return BLOCKED;
    }
    // A copy: the guest's memory changes as soon as the call has returned.
    const chunk = bytes.slice(0, CHUNK);
    if (this.gone === undefined) this.give(chunk);
    if (this.gone === undefined) return chunk.length;
    if (this.gone === 'EPIPE') raise(process, SIGPIPE);
    throw errno(this.gone);
  }

  private give(chunk: Uint8Array): void {
    try {
      this.full = !this.sink(chunk);
    } catch (error) {
      if (!(error instanceof Errno && error.errno === 'EPIPE')) throw error;
      this.gone = 'EPIPE';
    }
  }

  override stat(): Stat {
    return this.node.stat();
  }

  override poll(process: Proc, events: number, wait: boolean): number {
    if (wait) this.writable.add(process);
    return ((this.full ? 0 : POLLOUT) | (this.gone === undefined ? 0 : POLLERR)) & (events | POLLERR);
  }

  protected override close(): void {
    this.onClose?.();
  }
}
