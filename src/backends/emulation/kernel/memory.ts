import type { ContainerMemory } from '../vfs/container-memory.ts';
import type { Proc } from './process.ts';
import type { KernelState } from './state.ts';

/**
 * The size of a process's memory has changed, or may have: at fork, execve, its end, and at the first call after its memory grew.
 * A sum over all processes at each of these would make fork as slow as there are many.
 */
export function countMemory(process: Proc): void {
  const bytes = process.program?.memoryBytes ?? 0;
  if (bytes === process.countedMemory) return;
  process.kernel.memory.addPrograms(bytes - process.countedMemory);
  process.countedMemory = bytes;
}

/** Of the container as it is now: programs that have grown and made no call since are counted too. */
export function memoryOf(kernel: KernelState): ContainerMemory {
  for (const process of kernel.processes.values()) countMemory(process);
  return kernel.memory;
}
