import { errno } from '../errno.ts';
import {
  type Inode,
  type Location,
  O_ACCMODE,
  O_CLOEXEC,
  O_CREAT,
  O_EXCL,
  O_NOCTTY,
  O_NONBLOCK,
  O_PATH,
  O_RDONLY,
  O_RDWR,
  O_TRUNC,
  O_WRONLY,
  S_IFBLK,
  S_IFCHR,
  S_IFDIR,
  S_IFIFO,
  S_IFMT,
  S_IFREG,
} from '../vfs/types.ts';
import { block } from './blocking.ts';
import { demandDevice, openDevice } from './devices.ts';
import { AnonymousInode } from './files/anonymous.ts';
import { AnonymousNode } from './files/base.ts';
import { DirectoryFile, PathFile } from './files/directory.ts';
import { Pipe } from './files/pipe.ts';
import { PipeFile } from './files/pipe-file.ts';
import { RegularFile, SpecialOpenFile } from './files/regular.ts';
import type { Proc } from './process.ts';
import { BLOCKED, type OpenFile, type Sys } from './types.ts';

/** Flags that act in open(2) alone and are no part of the open file description. */
const ONCE = O_CREAT | O_EXCL | O_NOCTTY | O_TRUNC | O_CLOEXEC;

/** The open file description of what the VFS found. Opening a fifo may have to wait for its other end. */
export function openLocation(process: Proc, location: Location, given: number): Sys<OpenFile> {
  const { inode } = location;
  const flags = given & ~ONCE;
  if ((flags & O_PATH) !== 0) return new PathFile(flags & ~O_ACCMODE, location);
  if (inode instanceof AnonymousInode) return inode.reopen(flags);
  switch (inode.mode & S_IFMT) {
    case S_IFREG:
      return inode.openSpecial === undefined
        ? new RegularFile(flags, location)
        : new SpecialOpenFile(flags, location, inode.openSpecial(flags));
    case S_IFDIR:
      return new DirectoryFile(flags, location);
    case S_IFCHR:
      demandDevice(process, inode, flags);
      return openDevice(process, location, given);
    case S_IFIFO:
      return openFifo(process, location, flags);
    case S_IFBLK:
      demandDevice(process, inode, flags);
      throw errno('ENXIO');
    default:
      // Sockets: there is nobody behind them.
      throw errno('ENXIO');
  }
}

/** fifo(7): the opening of one end waits for the other, unless O_NONBLOCK (then ENXIO for writing) or O_RDWR. */
function openFifo(process: Proc, location: Location, flags: number): Sys<OpenFile> {
  const pipe = pipeOf(process, location.inode);
  const access = flags & O_ACCMODE;
  const nonBlocking = (flags & O_NONBLOCK) !== 0;
  if (access === O_WRONLY && nonBlocking && pipe.readers === 0) throw errno('ENXIO');
  const before = access === O_WRONLY ? pipe.readerOpens : pipe.writerOpens;
  const file = new PipeFile(pipe, flags, location);
  if (access === O_RDWR || nonBlocking) return file;
  const met = (): boolean => {
    if (access === O_RDONLY) return pipe.writers > 0 || pipe.writerOpens !== before;
    return pipe.readers > 0 || pipe.readerOpens !== before;
  };
  if (met()) return file;
  const look = (): Sys<OpenFile> => {
    if (met()) return file;
    pipe.opened.add(process);
    return BLOCKED;
  };
  pipe.opened.add(process);
  const interrupted = (): never => {
    file.release();
    throw errno('EINTR');
  };
  return block(process, look, interrupted, () => file.release());
}

function pipeOf(process: Proc, inode: Inode): Pipe {
  return process.kernel.fifo(inode, () => new Pipe(new AnonymousNode(inode.ino, inode.mode)));
}
