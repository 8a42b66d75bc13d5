import { errno } from '../errno.ts';
import { S_IFDIR, S_IFLNK, S_IFMT, S_IFREG, type Attributes, type FileSystem, type Inode, type NewNode, type Stat } from './types.ts';

export const isDirectory = (inode: { readonly mode: number }): boolean => (inode.mode & S_IFMT) === S_IFDIR;
export const isRegular = (inode: { readonly mode: number }): boolean => (inode.mode & S_IFMT) === S_IFREG;
export const isSymlink = (inode: { readonly mode: number }): boolean => (inode.mode & S_IFMT) === S_IFLNK;

/** The answers of an inode that is not what was asked: the classes of the file systems override what they have. */
export abstract class AbstractInode implements Inode {
  abstract readonly fs: FileSystem;
  abstract readonly ino: number;
  abstract readonly mode: number;
  abstract readonly uid: number;
  abstract readonly gid: number;
  abstract readonly rdev: number;
  abstract readonly size: number;
  abstract stat(): Stat;
  abstract setAttributes(attributes: Attributes): void;

  lookup(_name: string): Inode | undefined {
    throw errno('ENOTDIR');
  }
  entries(): Iterable<readonly [name: string, inode: Inode]> {
    throw errno('ENOTDIR');
  }
  create(_name: string, _node: NewNode): Inode {
    throw this.#unchangeable();
  }
  link(_name: string, _inode: Inode): void {
    throw this.#unchangeable();
  }
  unlink(_name: string): void {
    throw this.#unchangeable();
  }
  rmdir(_name: string): void {
    throw this.#unchangeable();
  }
  rename(_name: string, _toDirectory: Inode, _toName: string): void {
    throw this.#unchangeable();
  }
  get parent(): Inode {
    throw errno('ENOTDIR');
  }
  get name(): string {
    throw errno('ENOTDIR');
  }
  readAt(_position: number, _buffer: Uint8Array): number {
    throw errno(isDirectory(this) ? 'EISDIR' : 'EINVAL');
  }
  writeAt(_position: number, _bytes: Uint8Array): number {
    throw errno(isDirectory(this) ? 'EISDIR' : 'EINVAL');
  }
  readlink(): string {
    throw errno('EINVAL');
  }
  acquire(): void {}
  release(): void {}

  /** EPERM is what Linux's proc and sysfs give to mkdir and unlink. */
  #unchangeable() {
    return errno(isDirectory(this) ? 'EPERM' : 'ENOTDIR');
  }
}

let devices = 0x20;

/** An anonymous device number (major 0), one for each file system of this process. */
export function anonymousDevice(): number {
  devices++;
  return (devices & 0xff) + (devices >> 8) * 2 ** 20;
}
