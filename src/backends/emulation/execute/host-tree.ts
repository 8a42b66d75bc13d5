/** A directory of the host as a file system whose writes land on the host. */
import { hostDirectoryLayer, overlayFileSystem } from '../vfs/index.ts';
import type { FileSystem } from '../vfs/types.ts';

export function hostTree(path: string): FileSystem {
  return overlayFileSystem({ layers: [hostDirectoryLayer(path)] }); // TODO: the VFS has no writable host directory yet
}
