/** The root file system of a container: the bundle's, with or without what is written to it. */
import { realpathSync, statSync } from 'node:fs';
import { TsrunError } from '../../../core/errors.ts';
import { errnoWords } from '../../../oci/errno-text.ts';
import type { Spec } from '../../../oci/spec.ts';
import { absolute } from '../../../plan/paths.ts';
import { idsOfCaller } from './host-ids.ts';
import { hostBind, hostDirectoryLayer, overlayFileSystem, tarLayer } from '../vfs/index.ts';
import type { FileSystem } from '../vfs/types.ts';

/** discard: writes live in memory and go with the container. through: they land in the bundle's rootfs. */
export type RootfsWrites = 'discard' | 'through';

const POINTER = { pointer: '/root/path' };

/** config.root.path: a directory, or a tar archive (also gzipped). Rejects with CONFIG_INVALID for what is neither. */
export async function rootFileSystem(config: Spec, bundle: string, writes: RootfsWrites): Promise<FileSystem> {
  const path = absolute(config.root?.path ?? '', bundle);
  try {
    return await fileSystemAt(path, writes);
  } catch (error) {
    if (error instanceof TsrunError) throw error;
    const { errno: name, code = name ?? '', message } = error as { errno?: string; code?: string; message: string };
    throw new TsrunError('CONFIG_INVALID', `rootfs ${path}: ${code === '' ? message : errnoWords(code)}`, { ...POINTER, cause: error });
  }
}

async function fileSystemAt(path: string, writes: RootfsWrites): Promise<FileSystem> {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) throw new TsrunError('CONFIG_INVALID', `rootfs ${path} does not exist`, POINTER);
  if (stat.isDirectory()) {
    const real = realpathSync(path);
    const ids = idsOfCaller();
    return writes === 'through'
      ? hostBind(real, { ids })
      : overlayFileSystem({ layers: [hostDirectoryLayer(real, { whiteouts: false, ids })] });
  }
  if (!stat.isFile()) throw new TsrunError('CONFIG_INVALID', `rootfs ${path} is neither a directory nor an archive`, POINTER);
  if (writes === 'through') throw new TsrunError('USAGE', '--rootfs-writes through needs a rootfs that is a directory', POINTER);
  return overlayFileSystem({ layers: [await tarLayer(path)] });
}
