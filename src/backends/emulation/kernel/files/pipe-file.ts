import { errno } from '../../errno.ts';
import { type Location, O_RDONLY, O_WRONLY, S_IFIFO, type Stat } from '../../vfs/types.ts';
import type { Proc } from '../process.ts';
import { raise } from '../signal-actions.ts';
import { SIGPIPE } from '../signal-numbers.ts';
import { BLOCKED, type OpenFile, POLLERR, POLLHUP, POLLIN, POLLOUT, type Sys } from '../types.ts';
import { AnonymousNode, BaseFile, isReadable, isWritable } from './base.ts';
import { Pipe, PIPE_BUF } from './pipe.ts';

/** One end of a pipe, or a fifo opened for reading, writing or both. */
export class PipeFile extends BaseFile {
  readonly kind: OpenFile['kind'] = 'pipe';
  readonly pipe: Pipe;
  /** A fifo opened without a writer has not hung up until one came and went. */
  private readonly writersSeen: number;

  constructor(pipe: Pipe, flags: number, location?: Location) {
    super(flags, location);
    this.pipe = pipe;
    this.writersSeen = pipe.writers > 0 || location === undefined ? -1 : pipe.writerOpens;
    if (isReadable(flags)) {
      pipe.readers++;
      pipe.readerOpens++;
    }
    if (isWritable(flags)) {
      pipe.writers++;
      pipe.writerOpens++;
    }
    pipe.opened.wake();
    // Writers of a fifo that found nobody, readers that saw its end: both look again.
    if (location !== undefined) pipe.readable.wake();
  }

  override get description(): string {
    return `pipe:[${this.pipe.node.ino}]`;
  }

  override read(process: Proc, buffer: Uint8Array): Sys<number> {
    const { pipe } = this;
    if (buffer.length === 0) return 0;
    if (pipe.length > 0) {
      const count = pipe.take(buffer);
      pipe.writable.wake();
      return count;
    }
    if (pipe.writers === 0) return 0;
    if (this.nonBlocking) throw errno('EAGAIN');
    pipe.readable.add(process);
    return BLOCKED;
  }

  /** Up to PIPE_BUF bytes go in one piece or not at all; of more, as much as there is room for. */
  override write(process: Proc, bytes: Uint8Array): Sys<number> {
    const { pipe } = this;
    if (pipe.readers === 0) {
      raise(process, SIGPIPE);
      throw errno('EPIPE');
    }
    if (bytes.length === 0) return 0;
    const { room } = pipe;
    if (bytes.length <= PIPE_BUF ? room >= bytes.length : room > 0) {
      const count = pipe.put(bytes);
      pipe.readable.wake();
      return count;
    }
    if (this.nonBlocking) throw errno('EAGAIN');
    pipe.writable.add(process);
    return BLOCKED;
  }

  override stat(): Stat {
    return this.location?.inode.stat() ?? this.pipe.node.stat();
  }

  override poll(process: Proc, events: number, wait: boolean): number {
    const { pipe } = this;
    let ready = 0;
    if (isReadable(this.flags)) {
      if (pipe.length > 0) ready |= POLLIN;
      if (pipe.writers === 0 && this.writersSeen !== pipe.writerOpens) ready |= POLLHUP;
      if (wait) pipe.readable.add(process);
    }
    if (isWritable(this.flags)) {
      if (pipe.room >= PIPE_BUF) ready |= POLLOUT;
      if (pipe.readers === 0) ready |= POLLERR;
      if (wait) pipe.writable.add(process);
    }
    return ready & (events | POLLHUP | POLLERR);
  }

  /** FIONREAD. */
  get available(): number {
    return this.pipe.length;
  }

  protected override close(): void {
    const { pipe } = this;
    if (isReadable(this.flags)) pipe.readers--;
    if (isWritable(this.flags)) pipe.writers--;
    if (pipe.readers === 0) pipe.writable.wake();
    if (pipe.writers === 0) pipe.readable.wake();
    // What nobody has read is gone with the last one who had a fifo open.
    if (pipe.readers === 0 && pipe.writers === 0) pipe.clear();
  }
}

/** pipe(2); the pipe belongs to its maker. */
export function makePipe(process: Proc, flags: number): readonly [read: PipeFile, write: PipeFile] {
  const { uid, gid } = process.credentials;
  const pipe = new Pipe(new AnonymousNode(process.kernel.nextAnonymous(), S_IFIFO | 0o600, uid, gid));
  return [new PipeFile(pipe, O_RDONLY | flags), new PipeFile(pipe, O_WRONLY | flags)];
}
