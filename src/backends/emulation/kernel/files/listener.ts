import { errno, type ErrnoName } from '../../errno.ts';
import { O_RDWR, S_IFSOCK, type Stat } from '../../vfs/types.ts';
import type { Proc } from '../process.ts';
import { BLOCKED, type OpenFile, POLLERR, POLLIN, type Sys } from '../types.ts';
import { Queue } from '../wait-queue.ts';
import { AnonymousNode, BaseFile } from './base.ts';

export interface ListenerOptions {
  /** Somebody waits for a connection. */
  readonly onWanted: () => void;
  /** Nobody has it open any more. */
  readonly onClose: () => void;
}

/** A socket of the host that listens: its connections come as open files. */
export class ListenerFile extends BaseFile {
  readonly kind: OpenFile['kind'] = 'socket';
  readonly node: AnonymousNode;
  private readonly options: ListenerOptions;
  private readonly waiting: OpenFile[] = [];
  private readonly readable = new Queue();
  private closed = false;
  /** Why no connection comes any more. */
  private gone: ErrnoName | undefined;

  constructor(ino: number, options: ListenerOptions) {
    super(O_RDWR, undefined);
    this.node = new AnonymousNode(ino, S_IFSOCK | 0o777);
    this.options = options;
  }

  override get description(): string {
    return `socket:[${this.node.ino}]`;
  }

  /** A connection, retained once. */
  push(file: OpenFile): void {
    if (this.closed) return file.release();
    this.waiting.push(file);
    this.readable.wake();
  }

  broken(why: ErrnoName): void {
    this.gone = why;
    this.readable.wake();
  }

  /** The next connection; the caller has its reference. */
  accept(process: Proc): Sys<OpenFile> {
    this.options.onWanted();
    const next = this.waiting.shift();
    if (next !== undefined) return next;
    if (this.gone !== undefined) throw errno(this.gone);
    if (this.nonBlocking) throw errno('EAGAIN');
    this.readable.add(process);
    return BLOCKED;
  }

  override read(): number {
    throw errno('ENOTCONN');
  }

  override write(): number {
    throw errno('ENOTCONN');
  }

  override stat(): Stat {
    return this.node.stat();
  }

  override poll(process: Proc, events: number, wait: boolean): number {
    this.options.onWanted();
    if (wait) this.readable.add(process);
    return (this.waiting.length > 0 ? events & POLLIN : 0) | (this.gone === undefined ? 0 : POLLERR);
  }

  protected override close(): void {
    this.closed = true;
    for (const file of this.waiting.splice(0)) file.release();
    this.options.onClose();
  }
}
