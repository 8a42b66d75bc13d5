import { errno } from '../../errno.ts';
import { type Inode, type Location, S_IFMT } from '../../vfs/types.ts';
import { type DirectoryEntry, type OpenFile, POLLIN, POLLOUT } from '../types.ts';
import { BaseFile } from './base.ts';

/** An open directory. Its listing is a snapshot: indices stay valid however the directory changes meanwhile. */
export class DirectoryFile extends BaseFile {
  readonly kind: OpenFile['kind'] = 'directory';
  private readonly directory: Inode;
  private snapshot: readonly DirectoryEntry[] | undefined;

  constructor(flags: number, location: Location) {
    super(flags, location);
    this.directory = location.inode;
  }

  override read(): number {
    throw errno('EISDIR');
  }

  override write(): number {
    throw errno('EBADF');
  }

  /** cookie 0: the directory as it is now (rewinddir(3)); else what that listing had from there on. */
  entries(cookie: number): readonly DirectoryEntry[] {
    if (cookie === 0 || this.snapshot === undefined) this.snapshot = list(this.directory);
    return cookie === 0 ? this.snapshot : this.snapshot.slice(cookie);
  }

  override poll(_process: unknown, events: number): number {
    return events & (POLLIN | POLLOUT);
  }
}

function list(directory: Inode): DirectoryEntry[] {
  const entries: DirectoryEntry[] = [
    { name: '.', ino: directory.ino, type: 4 },
    { name: '..', ino: directory.parent.ino, type: 4 },
  ];
  for (const [name, inode] of directory.entries()) entries.push({ name, ino: inode.ino, type: (inode.mode & S_IFMT) >> 12 });
  return entries;
}

/** O_PATH: a place, not an open file; only what needs no reading or writing works on it. */
export class PathFile extends BaseFile {
  readonly kind: OpenFile['kind'] = 'path';

  override read(): number {
    throw errno('EBADF');
  }

  override write(): number {
    throw errno('EBADF');
  }

  override poll(): number {
    throw errno('EBADF');
  }
}
