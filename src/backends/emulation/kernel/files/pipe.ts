import { Queue } from '../wait-queue.ts';
import type { AnonymousNode } from './base.ts';
import { ByteRing } from './ring.ts';

/** Linux's default pipe size, and the size up to which a write is atomic (pipe(7)). */
export const PIPE_CAPACITY = 65536;
export const PIPE_BUF = 4096;

/** The buffer of a pipe or fifo and who is at its ends. Bytes go from the writer's memory to the ring to the reader's. */
export class Pipe extends ByteRing {
  readonly node: AnonymousNode;
  readers = 0;
  writers = 0;
  /** Openings of each end ever, for opens of fifos that wait for the other end. */
  readerOpens = 0;
  writerOpens = 0;
  readonly readable = new Queue();
  readonly writable = new Queue();
  readonly opened = new Queue();

  constructor(node: AnonymousNode) {
    super(PIPE_CAPACITY);
    this.node = node;
  }
}
