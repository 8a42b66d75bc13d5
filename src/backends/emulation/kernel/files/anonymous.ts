import { errno } from '../../errno.ts';
import { AbstractInode } from '../../vfs/abstract-inode.ts';
import {
  type Attributes,
  type FileSystem,
  type Location,
  type Mount,
  O_ACCMODE,
  O_RDWR,
  S_IFDIR,
  S_IFMT,
  type Stat,
  type StatFs,
} from '../../vfs/types.ts';
import { TtyFile } from '../tty/slave.ts';
import type { OpenFile } from '../types.ts';
import { ANONYMOUS_DEV, type AnonymousNode, anonymousStat } from './base.ts';
import { DuplexFile } from './duplex.ts';
import { ListenerFile } from './listener.ts';
import { NullFile } from './null.ts';
import { PipeFile } from './pipe-file.ts';
import { InputFile, OutputFile } from './stream.ts';

/** What /proc/PID/fd/N leads to when the open file has no place in the tree: a pipe, a host stream, a terminal of the host. */
export class AnonymousInode extends AbstractInode {
  readonly fs: FileSystem = PIPEFS;
  private readonly file: OpenFile;

  constructor(file: OpenFile) {
    super();
    this.file = file;
  }

  get ino(): number {
    return this.stat().ino;
  }
  get mode(): number {
    return this.stat().mode;
  }
  get uid(): number {
    return this.stat().uid;
  }
  get gid(): number {
    return this.stat().gid;
  }
  get rdev(): number {
    return this.stat().rdev;
  }
  get size(): number {
    return 0;
  }
  stat(): Stat {
    return this.file.stat();
  }

  setAttributes({ mode, uid, gid, size }: Attributes): void {
    const { file } = this;
    if (size !== undefined) throw errno('EINVAL');
    if (file instanceof TtyFile) {
      const { terminal } = file;
      terminal.permissions = mode ?? terminal.permissions;
      terminal.uid = uid ?? terminal.uid;
      terminal.gid = gid ?? terminal.gid;
      return;
    }
    const node = nodeOf(file);
    if (node === undefined) throw errno('EPERM');
    if (mode !== undefined) node.mode = (node.mode & S_IFMT) | mode;
    node.give(uid ?? node.uid, gid ?? node.gid);
  }

  /** Opens it once more: a pipe's end of its own; a host stream is one for all. */
  reopen(flags: number): OpenFile {
    const { file } = this;
    if (file instanceof PipeFile) return new PipeFile(file.pipe, flags);
    if (file instanceof TtyFile) return new TtyFile(file.terminal, flags);
    if (file instanceof NullFile) return new NullFile(flags);
    if (file.kind === 'socket') throw errno('ENXIO');
    const mode = file.flags & O_ACCMODE;
    if (mode !== O_RDWR && (flags & O_ACCMODE) !== mode) throw errno('EACCES');
    file.retain();
    return file;
  }
}

function nodeOf(file: OpenFile): AnonymousNode | undefined {
  if (file instanceof PipeFile) return file.pipe.node;
  return file instanceof InputFile || file instanceof OutputFile || file instanceof DuplexFile || file instanceof ListenerFile
    ? file.node
    : undefined;
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
    return anonymousStat(this.ino, this.mode);
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
  propagation: 'private',
  source: 'pipefs',
};

/** Where a magic link to this open file leads. */
export function locationOf(file: OpenFile): Location {
  return file.location ?? { mount: PIPE_MOUNT, inode: new AnonymousInode(file), entry: file.description };
}
