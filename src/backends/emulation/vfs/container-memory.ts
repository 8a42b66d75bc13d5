import { totalmem } from 'node:os';
import { errno } from '../errno.ts';

/** Of the machine, as far as this OS process may have it: a cgroup of the host can give it less. */
export const MACHINE_MEMORY = Math.min(totalmem(), process.constrainedMemory() || Infinity);

/**
 * The memory of one container: bytes that its programs and its files in memory take. Files are charged as the pages of tmpfs are
 * to a memory cgroup, but they come first to their end: together they get half of the container's memory (its limit, else the
 * machine's), as a tmpfs without a size does, and a write beyond that is ENOSPC. So a full disk never kills a program.
 */
export class ContainerMemory {
  limit: number | undefined = undefined;
  programs = 0;
  files = 0;
  peak = 0;
  /** Writes that the limit forbade. */
  refusals = 0;

  get used(): number {
    return this.programs + this.files;
  }

  get fileCapacity(): number {
    return Math.floor(Math.min(this.limit ?? MACHINE_MEMORY, MACHINE_MEMORY) / 2);
  }

  /** What files may still take. */
  get fileRoom(): number {
    const room = this.fileCapacity - this.files;
    return Math.max(0, this.limit === undefined ? room : Math.min(room, this.limit - this.used));
  }

  /** More bytes of files. ENOSPC, and nothing is counted then. */
  takeForFiles(bytes: number): void {
    if (bytes > this.fileRoom) {
      if (this.limit !== undefined) this.refusals++;
      throw errno('ENOSPC');
    }
    this.files += bytes;
    this.notePeak(this.used);
  }

  giveBack(bytes: number): void {
    this.files -= bytes;
  }

  addPrograms(bytes: number): void {
    this.programs += bytes;
    this.notePeak(this.used);
  }

  notePeak(bytes: number): void {
    if (bytes > this.peak) this.peak = bytes;
  }
}
