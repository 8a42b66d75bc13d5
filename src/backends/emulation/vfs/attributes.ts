import { errno } from '../errno.ts';
import { isDirectory, isRegular, isSymlink } from './abstract-inode.ts';
import { CAP_CHOWN, CAP_FSETID, capable, demand, inGroup, owns, S_ISGID, W_OK, withoutPrivileges, X_OK } from './permissions.ts';
import {
  MS_NOEXEC,
  MS_RDONLY,
  S_IFBLK,
  S_IFCHR,
  S_IFMT,
  S_IFSOCK,
  S_IFIFO,
  type Attributes,
  type Credentials,
  type Inode,
  type Location,
  type Mount,
} from './types.ts';

/** EROFS. Every operation that changes something asks it first. */
export function demandWritable(mount: Mount): void {
  if ((mount.flags & MS_RDONLY) !== 0) throw errno('EROFS');
}

export function access(who: Credentials, location: Location, want: number): void {
  const { inode, mount } = location;
  const type = inode.mode & S_IFMT;
  const object = type === S_IFCHR || type === S_IFBLK || type === S_IFIFO || type === S_IFSOCK;
  if ((want & W_OK) !== 0 && !object) demandWritable(mount);
  if ((want & X_OK) !== 0 && isRegular(inode) && (mount.flags & MS_NOEXEC) !== 0) throw errno('EACCES');
  demand(who, inode, want & 7);
}

export function setAttributes(who: Credentials, location: Location, wanted: Attributes): void {
  const { inode, mount } = location;
  demandWritable(mount);
  let mode: number | undefined;
  if (wanted.size !== undefined) {
    if (isDirectory(inode)) throw errno('EISDIR');
    if (!isRegular(inode)) throw errno('EINVAL');
    demand(who, inode, W_OK);
    if (!capable(who, CAP_FSETID)) mode = withoutPrivileges(inode.mode) & 0o7777;
  }
  if (wanted.uid !== undefined || wanted.gid !== undefined) {
    checkOwner(who, inode, wanted.uid ?? inode.uid, wanted.gid ?? inode.gid);
    if (!isDirectory(inode)) mode = withoutPrivileges(inode.mode) & 0o7777;
  }
  if (wanted.mode !== undefined) {
    if (!owns(who, inode)) throw errno('EPERM');
    if (isSymlink(inode)) throw errno('EOPNOTSUPP');
    mode = wanted.mode & 0o7777;
    if ((mode & S_ISGID) !== 0 && !inGroup(who, wanted.gid ?? inode.gid) && !capable(who, CAP_FSETID)) mode &= ~S_ISGID;
  }
  if ((wanted.atime !== undefined || wanted.mtime !== undefined) && !owns(who, inode)) {
    if (wanted.timesAreNow !== true) throw errno('EPERM');
    demand(who, inode, W_OK);
  }
  const changes = mode === undefined || mode === (inode.mode & 0o7777) ? wanted : { ...wanted, mode };
  inode.setAttributes(changes);
}

function checkOwner(who: Credentials, inode: Inode, uid: number, gid: number): void {
  if (capable(who, CAP_CHOWN)) return;
  if (who.uid !== inode.uid || uid !== inode.uid) throw errno('EPERM');
  if (gid !== inode.gid && !inGroup(who, gid)) throw errno('EPERM');
}
