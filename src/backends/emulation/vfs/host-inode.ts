import * as fs from 'node:fs';
import { errno } from '../errno.ts';
import { AbstractInode, isDirectory, isRegular, isSymlink } from './abstract-inode.ts';
import { applyAttributes, makeNode } from './host-changes.ts';
import { onHost } from './host-errors.ts';
import type { HostFileSystem } from './host-bind.ts';
import { HostHandles } from './host-handles.ts';
import type { HostPlace } from './host-place.ts';
import { hostRdev } from './host-rdev.ts';
import { O_ACCMODE, O_RDONLY, S_IFMT, type Attributes, type Inode, type NewNode, type Stat } from './types.ts';

/** Whose file checkOpen opened, at most one, until acquire() takes it over; else the next checkOpen closes it. */
const ahead: HostInode[] = [];

/** One object of the host, known by the name under which it was last found. See host-bind.ts. */
export class HostInode extends AbstractInode {
  readonly fs: HostFileSystem;
  readonly ino: number;
  readonly place: HostPlace;
  #parent: HostInode | undefined;
  #opens = 0;
  #handles: HostHandles | undefined;

  constructor(fileSystem: HostFileSystem, parent: HostInode | undefined, place: HostPlace) {
    super();
    this.fs = fileSystem;
    this.place = place;
    this.#parent = parent;
    this.ino = Number(place.stats.ino);
  }

  get #stats(): fs.BigIntStats {
    return this.place.stats;
  }

  get mode(): number {
    return Number(this.#stats.mode);
  }
  get uid(): number {
    return this.fs.ids.uid(Number(this.#stats.uid));
  }
  get gid(): number {
    return this.fs.ids.gid(Number(this.#stats.gid));
  }
  get rdev(): number {
    return hostRdev(this.#stats.rdev);
  }
  /** Fresh, as the end of the file is where O_APPEND writes and others may write too. */
  get size(): number {
    this.#refresh();
    return Number(this.#stats.size);
  }
  override get parent(): HostInode {
    if (!isDirectory(this)) throw errno('ENOTDIR');
    return this.#parent ?? this;
  }
  override get name(): string {
    if (!isDirectory(this)) throw errno('ENOTDIR');
    return this.place.name;
  }

  /** Was found again, perhaps elsewhere; false when the number was given to an object of another kind. */
  sees(directory: HostInode, name: string, stats: fs.BigIntStats): boolean {
    if (kindOf(stats) !== this.kind) return false;
    this.#parent = directory;
    this.place.move(directory.place, name, stats);
    return true;
  }

  get kind(): number {
    return kindOf(this.#stats);
  }

  #refresh(): void {
    this.place.refresh(this.#handles?.stat);
  }

  #changing(): void {
    if (this.fs.readonly) throw errno('EROFS');
  }

  stat(): Stat {
    this.#refresh();
    const { nlink, size, blksize, blocks, atimeNs, mtimeNs, ctimeNs } = this.#stats;
    return {
      dev: this.fs.dev,
      ino: this.ino,
      mode: this.mode,
      nlink: Number(nlink),
      uid: this.uid,
      gid: this.gid,
      rdev: this.rdev,
      size: Number(size),
      blksize: Number(blksize),
      blocks: Number(blocks),
      atime: atimeNs,
      mtime: mtimeNs,
      ctime: ctimeNs,
    };
  }

  setAttributes(attributes: Attributes): void {
    this.#changing();
    const { size } = attributes;
    if (size !== undefined) {
      if (isDirectory(this)) throw errno('EISDIR');
      if (!isRegular(this) || size < 0) throw errno('EINVAL');
      this.#with((handles) => handles.truncate(size));
    }
    applyAttributes(this.place, this.#handles?.any, this.#forHost(attributes));
    this.#refresh();
  }

  #forHost({ uid, gid, ...rest }: Attributes): Attributes {
    const { ids } = this.fs;
    return { ...rest, ...(uid !== undefined && { uid: ids.hostUid(uid) }), ...(gid !== undefined && { gid: ids.hostGid(gid) }) };
  }

  // ---- directories

  /** What to put before the name of an entry, at once. */
  #directory(): string {
    if (!isDirectory(this)) throw errno('ENOTDIR');
    return this.place.directory();
  }

  revisit(): void {
    this.place.check();
  }

  override lookup(name: string): HostInode | undefined {
    if (!isDirectory(this)) throw errno('ENOTDIR');
    const stats = this.place.lstat(name);
    return stats === undefined ? undefined : this.fs.inodeOf(this, name, stats);
  }

  override *entries(): Generator<readonly [string, HostInode]> {
    if (!isDirectory(this)) throw errno('ENOTDIR');
    for (const name of this.place.names().toSorted()) {
      const inode = this.lookup(name);
      if (inode !== undefined) yield [name, inode];
    }
  }

  override create(name: string, node: NewNode): HostInode {
    if (!isDirectory(this)) throw errno('ENOTDIR');
    this.#changing();
    makeNode(this.place, name, { ...node, uid: this.fs.ids.hostUid(node.uid), gid: this.fs.ids.hostGid(node.gid) });
    const inode = this.lookup(name);
    if (inode === undefined) throw errno('EIO');
    return inode;
  }

  override link(name: string, inode: Inode): void {
    if (!isDirectory(this)) throw errno('ENOTDIR');
    this.#changing();
    if (!(inode instanceof HostInode) || inode.fs !== this.fs) throw errno('EXDEV');
    // link(2) of macOS follows the link, and leaves the tree by it.
    if (isDirectory(inode) || (isSymlink(inode) && process.platform !== 'linux')) throw errno('EPERM');
    inode.#refresh();
    onHost(() => fs.linkSync(inode.place.entry(), `${this.place.directory()}/${name}`));
    inode.#refresh();
  }

  override unlink(name: string): void {
    const inode = this.lookup(name);
    this.#changing();
    if (inode === undefined) throw errno('ENOENT');
    if (isDirectory(inode)) throw errno('EISDIR');
    inode.#keep();
    onHost(() => fs.unlinkSync(`${this.#directory()}/${name}`));
  }

  override rmdir(name: string): void {
    const directory = this.#directory();
    this.#changing();
    onHost(() => fs.rmdirSync(`${directory}/${name}`));
  }

  override rename(name: string, toDirectory: Inode, toName: string): void {
    const source = this.lookup(name);
    this.#changing();
    if (!(toDirectory instanceof HostInode) || toDirectory.fs !== this.fs) throw errno('EXDEV');
    if (source === undefined) throw errno('ENOENT');
    const target = toDirectory.lookup(toName);
    if (target !== undefined && isRegular(target)) target.#keep();
    onHost(() => fs.renameSync(`${this.#directory()}/${name}`, `${toDirectory.#directory()}/${toName}`));
    source.#parent = toDirectory;
    source.place.move(toDirectory.place, toName);
  }

  override readlink(): string {
    if (!isSymlink(this)) throw errno('EINVAL');
    this.place.refresh();
    return this.place.readlink();
  }

  // ---- regular files

  override readAt(position: number, buffer: Uint8Array): number {
    if (!isRegular(this)) return super.readAt(position, buffer);
    return this.#with((handles) => handles.readAt(position, buffer));
  }

  override writeAt(position: number, bytes: Uint8Array): number {
    if (!isRegular(this)) return super.writeAt(position, bytes);
    this.#changing();
    return this.#with((handles) => handles.writeAt(position, bytes));
  }

  /**
   * The host has the last word on who may open: EACCES here, not at the first read. It is asked by opening; acquire() takes
   * over what is open.
   */
  checkOpen(flags: number): void {
    const access = flags & O_ACCMODE;
    if (access !== O_RDONLY) this.#changing();
    if (isDirectory(this)) return this.place.object((path) => onHost(() => fs.accessSync(path ?? this.place.entry(), fs.constants.R_OK)));
    if (!isRegular(this)) return this.place.refresh();
    const waiting = ahead.splice(0);
    for (const other of waiting) if (other !== this) other.#abandon();
    this.#handles ??= new HostHandles(this.place);
    if (this.#opens === 0) ahead.push(this);
    this.#handles.open(access);
  }

  #abandon(): void {
    if (this.#opens > 0) return;
    this.#handles?.close();
    this.#handles = undefined;
  }

  #with<T>(use: (handles: HostHandles) => T): T {
    if (this.#handles !== undefined) return use(this.#handles);
    const handles = new HostHandles(this.place);
    try {
      return use(handles);
    } finally {
      handles.close();
    }
  }

  /** Opened here, so that it stays readable when others remove its name. */
  override acquire(): void {
    if (this.#opens++ > 0 || !isRegular(this)) return;
    if (ahead[0] === this) ahead.length = 0;
    this.#handles ??= new HostHandles(this.place);
    if (this.#handles.any === undefined) this.#handles.keep('read');
  }

  override release(): void {
    this.#opens--;
    this.#abandon();
  }

  /** Before its name goes: descriptors for all that open file descriptions may still do. */
  #keep(): void {
    this.#handles?.keep('read');
    if (!this.fs.readonly) this.#handles?.keep('write');
  }
}

const kindOf = (stats: fs.BigIntStats): number => Number(stats.mode) & S_IFMT;
