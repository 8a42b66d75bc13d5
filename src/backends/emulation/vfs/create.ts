/** mkdir, mknod, symlink, link, and what they share with open(O_CREAT). */
import { errno } from '../errno.ts';
import { isDirectory, isRegular } from './abstract-inode.ts';
import { demandWritable } from './attributes.ts';
import { CAP_FSETID, CAP_MKNOD, capable, demand, inGroup, owns, permits, R_OK, S_ISGID, S_ISUID, W_OK, X_OK } from './permissions.ts';
import {
  S_IFBLK,
  S_IFCHR,
  S_IFDIR,
  S_IFIFO,
  S_IFLNK,
  S_IFMT,
  S_IFREG,
  S_IFSOCK,
  type Inode,
  type Location,
  type PathContext,
} from './types.ts';
import { Walk } from './walk.ts';

/** Owner, group and mode of a new object: the group of a set-group-id directory is inherited, by directories with the bit. */
export function newNode(context: PathContext, directory: Inode, mode: number): { mode: number; uid: number; gid: number } {
  const { credentials, umask } = context;
  const { uid } = credentials;
  const masked = (mode & S_IFMT) === S_IFLNK ? mode : mode & ~(umask & 0o777);
  if ((directory.mode & S_ISGID) === 0) return { mode: masked, uid, gid: credentials.gid };
  const { gid } = directory;
  if ((mode & S_IFMT) === S_IFDIR) return { mode: masked | S_ISGID, uid, gid };
  const drops = (masked & (S_ISGID | 0o10)) === (S_ISGID | 0o10) && !inGroup(credentials, gid) && !capable(credentials, CAP_FSETID);
  return { mode: drops ? masked & ~S_ISGID : masked, uid, gid };
}

/** The walk at the directory of an entry that does not exist yet and may be made by this caller. */
function free(context: PathContext, path: string, directory: boolean): Walk {
  const walk = new Walk(context, path).toLast();
  if (walk.kind !== 'name' || walk.found() !== undefined) throw errno('EEXIST');
  if (walk.slash && !directory) throw errno('ENOENT');
  demandWritable(walk.mount);
  demand(context.credentials, walk.inode, W_OK | X_OK);
  return walk;
}

export function mkdir(context: PathContext, path: string, mode: number): void {
  const walk = free(context, path, true);
  walk.inode.create(walk.name, newNode(context, walk.inode, S_IFDIR | (mode & 0o1777)));
}

export function mknod(context: PathContext, path: string, mode: number, rdev: number): void {
  const type = mode & S_IFMT || S_IFREG;
  if (type === S_IFDIR) throw errno('EPERM');
  const device = type === S_IFCHR || type === S_IFBLK;
  if (!device && type !== S_IFREG && type !== S_IFIFO && type !== S_IFSOCK) throw errno('EINVAL');
  const walk = free(context, path, false);
  if (device && !capable(context.credentials, CAP_MKNOD)) throw errno('EPERM');
  const node = newNode(context, walk.inode, type | (mode & 0o7777));
  walk.inode.create(walk.name, { mode: node.mode, uid: node.uid, gid: node.gid, rdev: device ? rdev : 0 });
}

export function symlink(context: PathContext, target: string, path: string): void {
  if (target === '') throw errno('ENOENT');
  if (target.includes('\0')) throw errno('EINVAL');
  if (Buffer.byteLength(target) > 4095) throw errno('ENAMETOOLONG');
  const walk = free(context, path, false);
  const { mode, uid, gid } = newNode(context, walk.inode, S_IFLNK | 0o777);
  walk.inode.create(walk.name, { mode, uid, gid, target });
}

export function link(source: Location, from: PathContext, to: PathContext, newPath: string): void {
  const walk = new Walk(to, newPath).toLast();
  if (walk.kind !== 'name' || walk.found() !== undefined) throw errno('EEXIST');
  if (walk.slash) throw errno('ENOENT');
  demandWritable(walk.mount);
  if (source.mount !== walk.mount) throw errno('EXDEV');
  const { inode } = source;
  if (!mayHardLink(from, inode)) throw errno('EPERM');
  demand(to.credentials, walk.inode, W_OK | X_OK);
  if (isDirectory(inode)) throw errno('EPERM');
  walk.inode.link(walk.name, inode);
}

/** fs.protected_hardlinks=1, as every distribution sets it. */
function mayHardLink({ credentials }: PathContext, inode: Inode): boolean {
  if (owns(credentials, inode)) return true;
  const privileged = (inode.mode & S_ISUID) !== 0 || (inode.mode & (S_ISGID | 0o10)) === (S_ISGID | 0o10);
  return isRegular(inode) && !privileged && permits(credentials, inode, R_OK | W_OK);
}
