import { errno } from '../../errno.ts';
import { type Location, O_ACCMODE, O_APPEND, O_NONBLOCK, O_RDONLY, O_WRONLY, type Stat } from '../../vfs/types.ts';
import type { Proc } from '../process.ts';
import type { OpenFile, Sys } from '../types.ts';

/** What all open file descriptions share: flags, offset, count of references (one, its maker's, at first). */
export abstract class BaseFile implements OpenFile {
  abstract readonly kind: OpenFile['kind'];
  flags: number;
  position = 0;
  readonly location: Location | undefined;
  private references = 1;

  constructor(flags: number, location: Location | undefined) {
    this.flags = flags;
    this.location = location;
    location?.inode.acquire();
  }

  get description(): string {
    return '';
  }

  get nonBlocking(): boolean {
    return (this.flags & O_NONBLOCK) !== 0;
  }

  read(_process: Proc, _buffer: Uint8Array): Sys<number> {
    throw errno('EINVAL');
  }

  write(_process: Proc, _bytes: Uint8Array): Sys<number> {
    throw errno('EINVAL');
  }

  stat(): Stat {
    if (this.location === undefined) throw new Error(`${this.kind} without a location must tell its own status`);
    return this.location.inode.stat();
  }

  abstract poll(process: Proc, events: number, wait: boolean): number;

  retain(): void {
    this.references++;
  }

  release(): void {
    if (--this.references > 0) return;
    if (this.references < 0) throw new Error(`open file of kind ${this.kind} released too often`);
    this.close();
    this.location?.inode.release();
  }

  /** The last reference went. */
  protected close(): void {}
}

export const isReadable = (flags: number): boolean => (flags & O_ACCMODE) !== O_WRONLY;
export const isWritable = (flags: number): boolean => (flags & O_ACCMODE) !== O_RDONLY;
/** What F_SETFL changes; O_NONBLOCK and O_APPEND are all that this kernel knows of it. */
export const SETTABLE_FLAGS = O_APPEND | O_NONBLOCK;

/** What stat(2) tells of a pipe, a host stream: an inode without a file system, which can have its owner and mode changed. */
export class AnonymousNode {
  readonly ino: number;
  mode: number;
  uid: number;
  gid: number;

  constructor(ino: number, mode: number, uid = 0, gid = 0) {
    this.ino = ino;
    this.mode = mode;
    this.uid = uid;
    this.gid = gid;
  }

  give(uid: number, gid: number): void {
    this.uid = uid;
    this.gid = gid;
  }

  stat(): Stat {
    return { ...anonymousStat(this.ino, this.mode), uid: this.uid, gid: this.gid };
  }
}

/** stat(2) of things without a file system. */
export function anonymousStat(ino: number, mode: number): Stat {
  return {
    dev: ANONYMOUS_DEV,
    ino,
    mode,
    nlink: 1,
    uid: 0,
    gid: 0,
    rdev: 0,
    size: 0,
    blksize: 4096,
    blocks: 0,
    atime: 0n,
    mtime: 0n,
    ctime: 0n,
  };
}

/** st_dev of pipes and host streams. */
export const ANONYMOUS_DEV = 12;
