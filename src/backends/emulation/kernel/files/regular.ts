import { errno } from '../../errno.ts';
import { type Inode, type Location, O_APPEND, type SpecialFile } from '../../vfs/types.ts';
import { dropPrivilegesOnWrite } from '../../vfs/permissions.ts';
import type { Proc } from '../process.ts';
import { raise } from '../signal-actions.ts';
import { SIGXFSZ } from '../signal-numbers.ts';
import { type OpenFile, POLLIN, POLLOUT } from '../types.ts';
import { BaseFile } from './base.ts';

/** A regular file. Its reads and writes are the hottest calls of the kernel: no closure and no object a call. */
export class RegularFile extends BaseFile {
  readonly kind: OpenFile['kind'] = 'file';
  private readonly inode: Inode;

  constructor(flags: number, location: Location) {
    super(flags, location);
    this.inode = location.inode;
  }

  override read(_process: Proc, buffer: Uint8Array): number {
    const count = this.inode.readAt(this.position, buffer);
    this.position += count;
    return count;
  }

  override write(process: Proc, bytes: Uint8Array): number {
    if ((this.flags & O_APPEND) !== 0) this.position = this.inode.size;
    const count = this.put(process, this.position, bytes);
    this.position += count;
    return count;
  }

  readAt(_process: Proc, position: number, buffer: Uint8Array): number {
    return this.inode.readAt(position, buffer);
  }

  /** Linux: O_APPEND wins over the position of pwrite(2). */
  writeAt(process: Proc, position: number, bytes: Uint8Array): number {
    return this.put(process, (this.flags & O_APPEND) === 0 ? position : this.inode.size, bytes);
  }

  override poll(_process: Proc, events: number): number {
    return events & (POLLIN | POLLOUT);
  }

  private put(process: Proc, position: number, bytes: Uint8Array): number {
    if (bytes.length === 0) return 0;
    const { inode } = this;
    if ((inode.mode & 0o6000) !== 0) dropPrivilegesOnWrite(process.credentials, inode);
    if (position + bytes.length <= process.maxFileSize) return inode.writeAt(position, bytes);
    return inode.writeAt(position, bytes.subarray(0, roomBelowLimit(process, position)));
  }
}

/** RLIMIT_FSIZE: a write that crosses it is short, one that begins beyond it is SIGXFSZ and EFBIG. */
function roomBelowLimit(process: Proc, position: number): number {
  const room = process.maxFileSize - position;
  if (room > 0) return room;
  raise(process, SIGXFSZ);
  throw errno('EFBIG');
}

/** A file whose content is made when it is opened (/proc, /sys). */
export class SpecialOpenFile extends BaseFile {
  readonly kind: OpenFile['kind'] = 'special';
  private readonly special: SpecialFile;

  constructor(flags: number, location: Location, special: SpecialFile) {
    super(flags, location);
    this.special = special;
  }

  override read(process: Proc, buffer: Uint8Array): number {
    process.kernel.caller = process;
    const count = this.special.readAt(this.position, buffer);
    this.position += count;
    return count;
  }

  override write(process: Proc, bytes: Uint8Array): number {
    process.kernel.caller = process;
    const count = this.special.writeAt(this.position, bytes);
    this.position += count;
    return count;
  }

  readAt(process: Proc, position: number, buffer: Uint8Array): number {
    process.kernel.caller = process;
    return this.special.readAt(position, buffer);
  }

  writeAt(process: Proc, position: number, bytes: Uint8Array): number {
    process.kernel.caller = process;
    return this.special.writeAt(position, bytes);
  }

  override poll(_process: Proc, events: number): number {
    return events & (POLLIN | POLLOUT);
  }
}
