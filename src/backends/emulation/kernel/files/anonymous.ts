import { errno } from '../../errno.ts';
import { AbstractInode } from '../../vfs/abstract-inode.ts';
import { type FileSystem, type Location, type Mount, O_ACCMODE, O_RDWR, S_IFDIR, type Stat, type StatFs } from '../../vfs/types.ts';
import type { Terminal } from '../tty/terminal.ts';
import { TtyFile } from '../tty/slave.ts';
import type { OpenFile } from '../types.ts';
import { anonymousStat, ANONYMOUS_DEV } from './base.ts';
import { PipeFile } from './pipe-file.ts';

/** What /proc/PID/fd/N leads to when the open file has no place in the tree: a pipe, a host stream, a terminal of the host. */
export class AnonymousInode extends AbstractInode {
  readonly fs: FileSystem = PIPEFS;
  private readonly file: OpenFile;
  private readonly status: Stat;

  constructor(file: OpenFile) {
    super();
    this.file = file;
    this.status = file.stat();
  }

  get ino(): number {
    return this.status.ino;
  }
  get mode(): number {
    return this.status.mode;
  }
  get uid(): number {
    return this.status.uid;
  }
  get gid(): number {
    return this.status.gid;
  }
  get rdev(): number {
    return this.status.rdev;
  }
  get size(): number {
    return 0;
  }
  stat(): Stat {
    return this.status;
  }
  setAttributes(): void {
    throw errno('EPERM');
  }

  /** Opens it once more: a pipe's end of its own; a host stream is one for all. */
  reopen(flags: number): OpenFile {
    const { file } = this;
    if (file instanceof PipeFile) return new PipeFile(file.pipe, flags);
    if (file instanceof TtyFile) return new TtyFile(file.terminal, flags);
    if ((flags & O_ACCMODE) === O_RDWR || (flags & O_ACCMODE) !== (file.flags & O_ACCMODE)) throw errno('EACCES');
    file.retain();
    return file;
  }
}

/** The terminal of an open file, if it is one. */
export function terminalOf(file: OpenFile): Terminal | undefined {
  return file instanceof TtyFile ? file.terminal : undefined;
}

class PipeFsRoot extends AbstractInode {
  readonly ino = 1;
  readonly mode = S_IFDIR | 0o555;
  readonly uid = 0;
  readonly gid = 0;
  readonly rdev = 0;
  readonly size = 0;
  get fs(): FileSystem {
    return PIPEFS;
  }
  stat(): Stat {
    return anonymousStat(this.ino, this.mode, 0);
  }
  setAttributes(): void {
    throw errno('EPERM');
  }
}

const PIPEFS: FileSystem = {
  type: 'pipefs',
  dev: ANONYMOUS_DEV,
  root: new PipeFsRoot(),
  superOptions: 'rw',
  statfs: (): StatFs => ({ type: 0x50495045, bsize: 4096, blocks: 0, bfree: 0, bavail: 0, files: 0, ffree: 0, namelen: 255 }),
};

/** Linux's kernel-internal mount: in no namespace's table. */
const PIPE_MOUNT: Mount = {
  id: 0,
  parent: undefined,
  fs: PIPEFS,
  root: PIPEFS.root,
  rootPath: '/',
  mountpoint: undefined,
  flags: 0,
  source: 'pipefs',
};

/** Where a magic link to this open file leads. */
export function locationOf(file: OpenFile): Location {
  return file.location ?? { mount: PIPE_MOUNT, inode: new AnonymousInode(file), entry: file.description };
}
