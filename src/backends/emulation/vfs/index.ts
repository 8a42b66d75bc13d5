/** What the rest of the emulation backend makes file systems and mount namespaces with. */
import type { FileSystem } from './types.ts';
import { VirtualFileSystem } from './vfs.ts';

export function createVfs(rootFs: FileSystem): VirtualFileSystem {
  return new VirtualFileSystem(rootFs);
}
export type { Change } from './changes.ts';
export { hostBind } from './host-bind.ts';
export { callerIsRoot, type HostIds, SAME_IDS } from './host-ids.ts';
export { hostDirectoryLayer } from './layers/host-directory.ts';
export type { Layer } from './layers/layer.ts';
export { tarLayer } from './layers/tar.ts';
export { mountinfoText, mountsText } from './mountinfo.ts';
export { parseTmpfsOptions } from './tmpfs-options.ts';
export { memoryFileSystem, type MemoryOptions } from './memory.ts';
export { overlayFileSystem } from './overlay.ts';
export { dropPrivilegesOnWrite } from './permissions.ts';
export { pseudoFileSystem, type PseudoDirectoryEntry, type PseudoEntry, type PseudoFileSystem } from './pseudo.ts';
