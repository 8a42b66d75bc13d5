import { errno } from '../errno.ts';
import { isDirectory, isSymlink } from './abstract-inode.ts';
import { demandWritable } from './attributes.ts';
import { newNode } from './create.ts';
import { CAP_FSETID, capable, demand, R_OK, W_OK, withoutPrivileges, X_OK } from './permissions.ts';
import {
  MS_NODEV,
  O_ACCMODE,
  O_CREAT,
  O_DIRECTORY,
  O_EXCL,
  O_NOFOLLOW,
  O_PATH,
  O_RDONLY,
  O_TRUNC,
  O_WRONLY,
  S_IFBLK,
  S_IFCHR,
  S_IFDIR,
  S_IFIFO,
  S_IFMT,
  S_IFREG,
  S_IFSOCK,
  type Location,
  type Opened,
  type PathContext,
} from './types.ts';
import { Walk } from './walk.ts';

/** open(2) up to the open file description; the order of the checks is that of path_openat and may_open. */
export function open(context: PathContext, path: string, flags: number, mode: number): Opened {
  if ((flags & O_PATH) !== 0) {
    const location = new Walk(context, path).resolve((flags & O_NOFOLLOW) === 0);
    if ((flags & O_DIRECTORY) !== 0 && !isDirectory(location.inode)) throw errno('ENOTDIR');
    return { location, created: false };
  }
  if ((flags & O_CREAT) !== 0) return create(context, path, flags, mode);
  const location = new Walk(context, path).resolve((flags & O_NOFOLLOW) === 0);
  return existing(context, location, flags);
}

function create(context: PathContext, path: string, flags: number, mode: number): Opened {
  if ((flags & O_DIRECTORY) !== 0) throw errno('EINVAL');
  const walk = new Walk(context, path);
  const exclusive = (flags & O_EXCL) !== 0;
  for (;;) {
    walk.toLast();
    if (exclusive && walk.kind !== 'name') throw errno('EEXIST');
    if (walk.kind === 'none' || walk.slash) return throughJump(context, walk, flags);
    if (walk.kind !== 'name') throw errno('EISDIR');
    const inode = walk.found();
    if (inode === undefined) break;
    if (exclusive) throw errno('EEXIST');
    if (isSymlink(inode) && (flags & O_NOFOLLOW) === 0) {
      walk.follow(inode);
      continue;
    }
    if (isDirectory(inode)) throw errno('EISDIR');
    return existing(context, walk.location(inode), flags);
  }
  demandWritable(walk.mount);
  demand(context.credentials, walk.inode, W_OK | X_OK);
  const inode = walk.inode.create(walk.name, newNode(context, walk.inode, S_IFREG | (mode & 0o7777)));
  return { location: walk.location(inode), created: true };
}

/** `/`, a name with a slash after it, or the end of a magic link, which alone can be something else than a directory. */
function throughJump(context: PathContext, walk: Walk, flags: number): Opened {
  if (walk.slash || walk.kind !== 'none') throw errno('EISDIR');
  const inode = walk.found();
  if (inode === undefined || isDirectory(inode)) throw errno('EISDIR');
  return existing(context, walk.location(inode), flags);
}

function existing(context: PathContext, location: Location, flags: number): Opened {
  const { inode, mount } = location;
  const type = inode.mode & S_IFMT;
  if ((flags & O_DIRECTORY) !== 0 && type !== S_IFDIR) throw errno('ENOTDIR');
  if (isSymlink(inode)) throw errno('ELOOP');
  const access = flags & O_ACCMODE;
  const truncates = (flags & O_TRUNC) !== 0 && type !== S_IFCHR && type !== S_IFBLK && type !== S_IFIFO && type !== S_IFSOCK;
  const writes = access !== O_RDONLY || truncates;
  if (type === S_IFDIR && writes) throw errno('EISDIR');
  if ((type === S_IFCHR || type === S_IFBLK) && (mount.flags & MS_NODEV) !== 0) throw errno('EACCES');
  if (writes && (type === S_IFREG || type === S_IFDIR)) demandWritable(mount);
  demand(context.credentials, inode, (access === O_WRONLY ? 0 : R_OK) | (writes ? W_OK : 0));
  if (type === S_IFSOCK) throw errno('ENXIO');
  inode.checkOpen?.(flags);
  if (truncates) {
    const kept = capable(context.credentials, CAP_FSETID) ? inode.mode : withoutPrivileges(inode.mode);
    inode.setAttributes(kept === inode.mode ? { size: 0 } : { size: 0, mode: kept & 0o7777 });
  }
  return { location, created: false };
}
