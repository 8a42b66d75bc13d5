import { errno } from '../errno.ts';
import { isDirectory } from './abstract-inode.ts';
import { demandWritable } from './attributes.ts';
import type { Moves } from './path-of.ts';
import { demand, W_OK, X_OK } from './permissions.ts';
import { demandDelete } from './remove.ts';
import type { PathContext } from './types.ts';
import { isWithin, Walk } from './walk.ts';

/** rename(2); the order of the checks is that of do_renameat2 and vfs_rename. */
export function rename(from: PathContext, oldPath: string, to: PathContext, newPath: string, moves: Moves): void {
  const old = new Walk(from, oldPath).toLast();
  const next = new Walk(to, newPath).toLast();
  if (old.mount !== next.mount) throw errno('EXDEV');
  if (old.kind !== 'name' || next.kind !== 'name') throw errno('EBUSY');
  demandWritable(old.mount);
  const source = old.found();
  if (source === undefined) throw errno('ENOENT');
  const target = next.found();
  const directory = isDirectory(source);
  if (!directory && (old.slash || next.slash)) throw errno('ENOTDIR');
  if (directory && isWithin(next.inode, source)) throw errno('EINVAL');
  if (target !== undefined && isDirectory(target) && target !== source && isWithin(old.inode, target)) throw errno('ENOTEMPTY');
  if (source === target && next.targetMount === next.mount && old.targetMount === old.mount) return;
  demandDelete(from, old, source, directory);
  if (target === undefined) demand(to.credentials, next.inode, W_OK | X_OK);
  else demandDelete(to, next, target, directory);
  // The entry `..` of a directory that moves to another one is written.
  if (directory && old.inode !== next.inode) demand(from.credentials, source, W_OK);
  old.inode.rename(old.name, next.inode, next.name);
  if (!directory) moves.set(source, { directory: { mount: next.mount, inode: next.inode }, entry: next.name });
}
