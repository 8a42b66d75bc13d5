import { getHeapStatistics } from 'node:v8';
import { errno } from '../errno.ts';
import { ContainerMemory, MACHINE_MEMORY } from './container-memory.ts';
import type { Quota } from './types.ts';

export const PAGE = 4096;
/** What an inode takes beside its content, with its name. */
const INODE = 1024;

let mostInodes: number | undefined;

/** So many that V8's heap can hold them: one with a little content takes 1.5 KiB. */
export function heapInodes(): number {
  return process.versions['bun'] === undefined ? getHeapStatistics().heap_size_limit / 4 / INODE : Infinity;
}

/** Of a file system without a limit: tmpfs has one inode for two pages. */
function countInodes(): number {
  return Math.floor(Math.min(MACHINE_MEMORY / 2 / PAGE, heapInodes()));
}

/** What one file system may take, and has taken. */
export class Space {
  pages = 0;
  inodes = 0;
  readonly #maxPages: number | undefined;
  readonly #maxInodes: number | undefined;
  /** Its own until it is mounted. */
  #memory = new ContainerMemory();

  constructor(quota: Quota | undefined) {
    this.#maxPages = quota?.bytes === undefined ? undefined : Math.floor(quota.bytes / PAGE);
    this.#maxInodes = quota?.inodes;
  }

  get maxPages(): number {
    return this.#maxPages ?? Math.floor(this.#memory.fileCapacity / PAGE);
  }
  get maxInodes(): number {
    return this.#maxInodes ?? (mostInodes ??= countInodes()); // asked for at every new name
  }
  get freePages(): number {
    return Math.max(0, Math.min(this.maxPages - this.pages, Math.floor(this.#memory.fileRoom / PAGE)));
  }

  /** So many pages more. ENOSPC, and nothing is counted then. */
  take(pages: number): void {
    if (this.#maxPages !== undefined && this.pages + pages > this.#maxPages) throw errno('ENOSPC');
    this.#memory.takeForFiles(pages * PAGE);
    this.pages += pages;
  }

  giveBack(pages: number): void {
    this.pages -= pages;
    this.#memory.giveBack(pages * PAGE);
  }

  /** A name counts as an inode, as in tmpfs: names take memory too. */
  addInode(): void {
    if (this.inodes >= this.maxInodes) throw errno('ENOSPC');
    this.#memory.takeForFiles(INODE);
    this.inodes++;
  }

  removeInode(): void {
    this.inodes--;
    this.#memory.giveBack(INODE);
  }

  /** From now on it is this container that pays. ENOSPC when it cannot. */
  chargeTo(memory: ContainerMemory): void {
    if (memory === this.#memory) return;
    memory.takeForFiles(this.#bytes);
    this.#memory = memory;
  }

  /** Nobody can reach its files any more: they are garbage. */
  release(): void {
    this.#memory.giveBack(this.#bytes);
    this.#memory = new ContainerMemory();
  }

  get #bytes(): number {
    return this.pages * PAGE + this.inodes * INODE;
  }
}
