/** What the rest of the emulation backend makes file systems and mount namespaces with. */
import type { FileSystem } from './types.ts';
import { VirtualFileSystem } from './vfs.ts';

export function createVfs(rootFs: FileSystem): VirtualFileSystem {
  return new VirtualFileSystem(rootFs);
}
export { memoryFileSystem, type MemoryOptions } from './memory.ts';
export { pseudoFileSystem, type PseudoDirectoryEntry, type PseudoEntry, type PseudoFileSystem } from './pseudo.ts';
export { dropPrivilegesOnWrite } from './permissions.ts';
