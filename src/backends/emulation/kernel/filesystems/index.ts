import { errno } from '../../errno.ts';
import type { FileSystem } from '../../vfs/types.ts';
import type { KernelState } from '../state.ts';

/** A new file system of a type that the kernel provides. ENODEV for others. */
export function createFileSystem(_kernel: KernelState, _type: string, _data: string): FileSystem {
  throw errno('ENODEV');
}
