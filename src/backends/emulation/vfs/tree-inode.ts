/**
 * The inode of memory and overlay file systems; a memory file system is an overlay over nothing. It is what is stored
 * (`stored`: metadata, bytes), or else what the layer has (`lower`); the first change of metadata makes `stored`, the
 * first change of content copies the bytes. A directory's `children` are its own entries, `null` a whiteout; names that
 * are not there are asked of `lower`. Since a directory carries `lower` along, renaming it costs nothing.
 */
import { errno } from '../errno.ts';
import { AbstractInode, isDirectory } from './abstract-inode.ts';
import { NO_CHILDREN, type LayerNode } from './layers/layer.ts';
import { PAGE } from './space.ts';
import { Stored } from './store.ts';
import type { TreeFileSystem } from './tree.ts';
import { S_IFDIR, S_IFLNK, S_IFMT, S_IFREG, type Attributes, type Inode, type NewNode, type Stat } from './types.ts';

const DIRECTORY_SIZE = 4096;
const MAX_FILE_SIZE = Number.MAX_SAFE_INTEGER;

export class TreeInode extends AbstractInode {
  readonly fs: TreeFileSystem;
  readonly ino: number;
  readonly lower: LayerNode | undefined;
  stored: Stored | undefined;
  readonly #regular: boolean;
  /** The bytes of a regular file are still those of `lower`. */
  #lowerBytes: boolean;
  /** Directories over one of unknown count stay at 1. */
  #nlink: number;
  /** Names that were counted beside the first. */
  #countedLinks = 0;
  #removed = false;
  #freed = false;
  #opens = 0;
  /** Directories: made when first needed. */
  children: Map<string, TreeInode | null> | undefined;
  #parent: TreeInode | undefined;
  #name = '';

  constructor(fs: TreeFileSystem, ino: number, stored: Stored | undefined, lower: LayerNode | undefined, nlink: number) {
    super();
    this.fs = fs;
    this.ino = ino;
    this.stored = stored;
    this.lower = lower;
    this.#regular = ((stored ?? lower!).mode & S_IFMT) === S_IFREG;
    this.#lowerBytes = lower !== undefined && this.#regular;
    this.#nlink = nlink;
  }

  get mode(): number {
    return this.stored !== undefined ? this.stored.mode : this.lower!.mode;
  }
  get uid(): number {
    return this.stored !== undefined ? this.stored.uid : this.lower!.uid;
  }
  get gid(): number {
    return this.stored !== undefined ? this.stored.gid : this.lower!.gid;
  }
  get rdev(): number {
    return this.stored !== undefined ? this.stored.rdev : this.lower!.rdev;
  }
  get layerFile(): LayerNode | undefined {
    return this.#lowerBytes ? this.lower : undefined;
  }
  get size(): number {
    if (isDirectory(this)) return DIRECTORY_SIZE;
    return this.stored === undefined || this.#lowerBytes ? this.lower!.size : this.stored.size;
  }
  override get parent(): TreeInode {
    if (!isDirectory(this)) throw errno('ENOTDIR');
    return this.#parent ?? this;
  }
  override get name(): string {
    if (!isDirectory(this)) throw errno('ENOTDIR');
    return this.#name;
  }

  stat(): Stat {
    const times = this.stored?.times ?? this.lower!;
    const { size } = this;
    const pages = isDirectory(this) || this.stored === undefined || this.#lowerBytes ? Math.ceil(size / PAGE) : this.stored.pages;
    return {
      dev: this.fs.dev,
      ino: this.ino,
      mode: this.mode,
      nlink: this.#removed ? 0 : this.#nlink,
      uid: this.uid,
      gid: this.gid,
      rdev: this.rdev,
      size,
      blksize: PAGE,
      blocks: pages * (PAGE / 512),
      atime: times.atime,
      mtime: times.mtime,
      ctime: times.ctime,
    };
  }

  setAttributes(attributes: Attributes): void {
    const { mode, uid, gid, atime, mtime, size } = attributes;
    if (size !== undefined) this.#resize(size);
    const stored = this.changeable();
    if (mode !== undefined) stored.mode = (stored.mode & S_IFMT) | (mode & 0o7777);
    if (uid !== undefined) stored.uid = uid;
    if (gid !== undefined) stored.gid = gid;
    stored.times.changed();
    if (size !== undefined) stored.times.modified();
    if (atime !== undefined) stored.times.atime = atime;
    if (mtime !== undefined) stored.times.mtime = mtime;
  }

  /** Metadata of its own; what was copied up is an inode that existed before, so no inode is counted. */
  changeable(): Stored {
    if (this.stored !== undefined) return this.stored;
    const lower = this.lower!;
    const stored = new Stored(this.ino, lower.mode, lower.uid, lower.gid, lower.rdev);
    if ((lower.mode & S_IFMT) === S_IFLNK) stored.target = lower.target ?? '';
    stored.times.atime = lower.atime;
    stored.times.mtime = lower.mtime;
    stored.times.ctime = lower.ctime;
    this.stored = stored;
    return stored;
  }

  /** `upTo`: how many of the layer's bytes are wanted (a truncation drops the rest). */
  #ownBytes(upTo = Infinity): Stored {
    const stored = this.changeable();
    if (!this.#lowerBytes) return stored;
    const lower = this.lower!;
    const size = Math.min(lower.size, upTo);
    const { space } = this.fs;
    try {
      const part = Buffer.allocUnsafeSlow(Math.min(size, 1 << 20));
      let position = 0;
      while (position < size) {
        const read = lower.readAt(position, part.subarray(0, Math.min(part.length, size - position)));
        if (read === 0) break;
        stored.write(position, part.subarray(0, read), space);
        position += read;
      }
      stored.resize(size, space);
    } catch (error) {
      stored.resize(0, space);
      throw error;
    }
    this.#lowerBytes = false;
    return stored;
  }

  // ---- regular files

  override readAt(position: number, buffer: Uint8Array): number {
    if (!this.#regular) return super.readAt(position, buffer);
    const { stored } = this;
    if (stored === undefined) return this.lower!.readAt(position, buffer);
    stored.times.accessed();
    return this.#lowerBytes ? this.lower!.readAt(position, buffer) : stored.read(position, buffer);
  }

  override writeAt(position: number, bytes: Uint8Array): number {
    if (!this.#regular) return super.writeAt(position, bytes);
    if (bytes.length === 0) return 0;
    const stored = this.stored === undefined || this.#lowerBytes ? this.#ownBytes() : this.stored;
    if (position + bytes.length > MAX_FILE_SIZE) throw errno('EFBIG');
    stored.write(position, bytes, this.fs.space);
    stored.times.modified();
    return bytes.length;
  }

  #resize(size: number): void {
    if (isDirectory(this)) throw errno('EISDIR');
    if (!this.#regular || size < 0) throw errno('EINVAL');
    if (size > MAX_FILE_SIZE) throw errno('EFBIG');
    const stored = this.#ownBytes(size);
    stored.resize(size, this.fs.space);
  }

  override readlink(): string {
    if ((this.mode & S_IFMT) !== S_IFLNK) throw errno('EINVAL');
    return this.stored?.target ?? this.lower?.target ?? '';
  }

  override acquire(): void {
    this.#opens++;
  }
  override release(): void {
    this.#opens--;
    this.#freeUnused();
  }

  #freeUnused(): void {
    if (!this.#removed || this.#opens > 0 || this.#freed) return;
    this.#freed = true;
    this.stored?.free(this.fs.space);
    if (this.lower === undefined) this.fs.space.removeInode();
  }

  // ---- directories

  override lookup(name: string): TreeInode | undefined {
    const child = this.children?.get(name);
    if (child !== undefined) return child ?? undefined;
    const node = this.#lowerChildren().get(name);
    return node === undefined ? undefined : this.#adopt(name, node);
  }

  override *entries(): Generator<readonly [string, TreeInode]> {
    const lower = this.#lowerChildren();
    this.stored?.times.accessed();
    for (const [name, node] of lower) {
      const own = this.children?.get(name);
      if (own !== null) yield [name, own ?? this.#adopt(name, node)];
    }
    if (this.children !== undefined) for (const [name, child] of this.children) if (child !== null && !lower.has(name)) yield [name, child];
  }

  #lowerChildren(): ReadonlyMap<string, LayerNode> {
    if (!isDirectory(this)) throw errno('ENOTDIR');
    return this.lower === undefined ? NO_CHILDREN : this.lower.children();
  }

  #adopt(name: string, node: LayerNode): TreeInode {
    const inode = this.fs.adopt(node);
    if (isDirectory(node)) inode.#attach(this, name);
    this.children ??= new Map();
    this.children.set(name, inode);
    return inode;
  }

  #attach(parent: TreeInode, name: string): void {
    this.#parent = parent;
    this.#name = name;
  }

  #isEmpty(): boolean {
    if (this.children !== undefined) for (const child of this.children.values()) if (child !== null) return false;
    for (const name of this.#lowerChildren().keys()) if (!this.children?.has(name)) return false;
    return true;
  }

  /** A removed directory takes no new entries. */
  #checkFree(name: string): void {
    if (this.#removed) throw errno('ENOENT');
    if (this.lookup(name) !== undefined) throw errno('EEXIST');
  }

  #set(name: string, child: TreeInode): void {
    this.children ??= new Map();
    this.children.set(name, child);
    if (isDirectory(child)) {
      child.#attach(this, name);
      if (this.#nlink >= 2) this.#nlink++;
    }
    this.changeable().times.modified();
  }

  #remove(name: string, child: TreeInode): void {
    if (this.lower?.children().has(name) === true) this.children!.set(name, null);
    else this.children!.delete(name);
    if (isDirectory(child) && this.#nlink > 2) this.#nlink--;
    this.changeable().times.modified();
  }

  override create(name: string, node: NewNode): TreeInode {
    this.#checkFree(name);
    const { space } = this.fs;
    const stored = new Stored(this.fs.newIno(), node.mode, node.uid, node.gid, node.rdev);
    space.addInode();
    try {
      if (node.target !== undefined) stored.pointTo(node.target, space);
    } catch (error) {
      space.removeInode();
      throw error;
    }
    const inode = new TreeInode(this.fs, this.fs.lastIno, stored, undefined, (node.mode & S_IFMT) === S_IFDIR ? 2 : 1);
    this.#set(name, inode);
    return inode;
  }

  override link(name: string, inode: Inode): void {
    if (!(inode instanceof TreeInode) || inode.fs !== this.fs) throw errno('EXDEV');
    if (isDirectory(inode)) throw errno('EPERM');
    this.#checkFree(name);
    if (inode.#removed) throw errno('ENOENT');
    this.fs.space.addInode();
    inode.#countedLinks++;
    inode.#nlink++;
    inode.changeable().times.changed();
    this.#set(name, inode);
  }

  override unlink(name: string): void {
    const child = this.lookup(name);
    if (child === undefined) throw errno('ENOENT');
    if (isDirectory(child)) throw errno('EISDIR');
    this.#remove(name, child);
    child.#dropLink();
  }

  override rmdir(name: string): void {
    const child = this.lookup(name);
    if (child === undefined) throw errno('ENOENT');
    if (!isDirectory(child)) throw errno('ENOTDIR');
    if (!child.#isEmpty()) throw errno('ENOTEMPTY');
    this.#remove(name, child);
    child.#dropLink();
  }

  #dropLink(): void {
    if (this.#countedLinks > 0) {
      this.#countedLinks--;
      this.fs.space.removeInode();
    }
    if (isDirectory(this) || this.#nlink <= 1) this.#removed = true;
    else this.#nlink--;
    this.stored?.times.changed();
    this.#freeUnused();
  }

  override rename(name: string, toDirectory: Inode, toName: string): void {
    if (!(toDirectory instanceof TreeInode) || toDirectory.fs !== this.fs) throw errno('EXDEV');
    const source = this.lookup(name);
    if (source === undefined || toDirectory.#removed) throw errno('ENOENT');
    const target = toDirectory.lookup(toName);
    if (source === target) return;
    if (target !== undefined) {
      if (isDirectory(target) && !target.#isEmpty()) throw errno('ENOTEMPTY');
      toDirectory.#remove(toName, target);
    }
    this.#remove(name, source);
    toDirectory.#set(toName, source);
    source.changeable().times.changed();
    if (target !== undefined) target.#dropLink();
  }
}
