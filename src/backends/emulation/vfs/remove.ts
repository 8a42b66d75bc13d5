import { errno } from '../errno.ts';
import { isDirectory } from './abstract-inode.ts';
import { demandWritable } from './attributes.ts';
import { demand, demandSticky, W_OK, X_OK } from './permissions.ts';
import type { Inode, PathContext } from './types.ts';
import { Walk } from './walk.ts';

export function unlink(context: PathContext, path: string): void {
  const walk = new Walk(context, path).toLast();
  if (walk.kind !== 'name') throw errno('EISDIR');
  demandWritable(walk.mount);
  const victim = walk.found();
  if (victim === undefined) throw errno('ENOENT');
  if (walk.slash) throw errno(isDirectory(victim) ? 'EISDIR' : 'ENOTDIR');
  demandDelete(context, walk, victim, false);
  walk.inode.unlink(walk.name);
}

export function rmdir(context: PathContext, path: string): void {
  const walk = new Walk(context, path).toLast();
  if (walk.kind === 'dotdot') throw errno('ENOTEMPTY');
  if (walk.kind === 'dot') throw errno('EINVAL');
  if (walk.kind === 'none') throw errno('EBUSY');
  demandWritable(walk.mount);
  const victim = walk.found();
  if (victim === undefined) throw errno('ENOENT');
  demandDelete(context, walk, victim, true);
  walk.inode.rmdir(walk.name);
}

/** may_delete of Linux: rights on the directory, the sticky bit, the kind of the victim, and that nothing is mounted on it. */
export function demandDelete(context: PathContext, walk: Walk, victim: Inode, directory: boolean): void {
  demand(context.credentials, walk.inode, W_OK | X_OK);
  demandSticky(context.credentials, walk.inode, victim);
  if (isDirectory(victim) !== directory) throw errno(directory ? 'ENOTDIR' : 'EISDIR');
  if (walk.targetMount !== walk.mount) throw errno('EBUSY');
}
