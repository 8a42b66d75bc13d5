import { O_ACCMODE, O_NONBLOCK, O_RDWR, S_IFMT, S_IFSOCK, type Stat } from '../../vfs/types.ts';
import type { Proc } from '../process.ts';
import { type OpenFile, POLLERR, POLLHUP, POLLIN, POLLOUT, type Sys } from '../types.ts';
import { type AnonymousNode, BaseFile } from './base.ts';
import type { InputFile, OutputFile } from './stream.ts';

/** A descriptor of the host that is read and written: to guests a connected socket, or else a pipe that is open for both. */
export class DuplexFile extends BaseFile {
  readonly kind: OpenFile['kind'];
  private readonly input: InputFile;
  private readonly output: OutputFile;

  /** Takes over both, which nobody else has. */
  constructor(input: InputFile, output: OutputFile, socket: boolean) {
    super(O_RDWR, undefined);
    this.kind = socket ? 'socket' : 'stream';
    this.input = input;
    this.output = output;
    if (socket) input.node.mode = (input.node.mode & ~S_IFMT) | S_IFSOCK | 0o777;
  }

  get node(): AnonymousNode {
    return this.input.node;
  }

  override get description(): string {
    return `${this.kind === 'socket' ? 'socket' : 'pipe'}:[${this.node.ino}]`;
  }

  override read(process: Proc, buffer: Uint8Array): Sys<number> {
    this.pass(this.input);
    return this.input.read(process, buffer);
  }

  override write(process: Proc, bytes: Uint8Array): Sys<number> {
    this.pass(this.output);
    return this.output.write(process, bytes);
  }

  override stat(): Stat {
    return this.node.stat();
  }

  override poll(process: Proc, events: number, wait: boolean): number {
    const readable = (events & POLLIN) === 0 ? 0 : this.input.poll(process, POLLIN, wait) & (POLLIN | POLLHUP);
    const writable = this.output.poll(process, events & POLLOUT, wait) & (POLLOUT | POLLERR);
    // The end of what is read is something to read: the descriptor can still be written.
    return (readable === 0 ? 0 : POLLIN) | writable;
  }

  get available(): number {
    return this.input.available;
  }

  protected override close(): void {
    this.input.release();
    this.output.release();
  }

  private pass(part: InputFile | OutputFile): void {
    part.flags = (part.flags & O_ACCMODE) | (this.flags & O_NONBLOCK);
  }
}
