/** The root file system of a container: the bundle's, with or without what is written to it. */
import { realpathSync, statSync } from 'node:fs';
import { TsrunError } from '../../../core/errors.ts';
import { errnoWords } from '../../../oci/errno-text.ts';
import type { Spec } from '../../../oci/spec.ts';
import { absolute } from '../../../plan/paths.ts';
import { idsOfCaller } from './host-ids.ts';
import { hostBind, hostDirectoryLayer, type Layer, overlayFileSystem, tarLayer } from '../vfs/index.ts';
import type { FileSystem } from '../vfs/types.ts';

/** discard: writes live in memory and go with the container. through: they land in the bundle's rootfs. */
export type RootfsWrites = 'discard' | 'through';

const POINTER = { pointer: '/root/path' };

/** config.root.path. Rejects with CONFIG_INVALID for what is neither a directory nor an archive. */
export async function rootFileSystem(config: Spec, bundle: string, writes: RootfsWrites): Promise<FileSystem> {
  const path = absolute(config.root?.path ?? '', bundle);
  if (writes === 'discard') return overlayFileSystem({ layers: [await openLayer(path, { whiteouts: false })] });
  return reading(path, () => {
    if (!isDirectory(path)) throw new TsrunError('USAGE', '--rootfs-writes through needs a rootfs that is a directory', POINTER);
    return hostBind(realpathSync(path), { ids: idsOfCaller() });
  });
}

/**
 * A directory, or a tar archive (also gzipped), as a layer. whiteouts: of a directory, whether its `.wh.NAME` hide what is
 * below. Rejects with CONFIG_INVALID.
 */
export function openLayer(path: string, options: { readonly whiteouts: boolean }): Promise<Layer> {
  return reading(path, () =>
    isDirectory(path) ? hostDirectoryLayer(realpathSync(path), { ...options, ids: idsOfCaller() }) : tarLayer(path),
  );
}

/** false: a file. */
function isDirectory(path: string): boolean {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) throw new TsrunError('CONFIG_INVALID', `rootfs ${path} does not exist`, POINTER);
  if (!stat.isDirectory() && !stat.isFile())
    throw new TsrunError('CONFIG_INVALID', `rootfs ${path} is neither a directory nor an archive`, POINTER);
  return stat.isDirectory();
}

async function reading<T>(path: string, open: () => T | Promise<T>): Promise<T> {
  try {
    return await open();
  } catch (error) {
    if (error instanceof TsrunError) throw error;
    const { errno: name, code = name ?? '', message } = error as { errno?: string; code?: string; message: string };
    const place = `${path}: `; // an archive's own errors name it
    const why = code === '' ? message.slice(message.startsWith(place) ? place.length : 0) : errnoWords(code);
    throw new TsrunError('CONFIG_INVALID', `rootfs ${place}${why}`, { ...POINTER, cause: error });
  }
}
