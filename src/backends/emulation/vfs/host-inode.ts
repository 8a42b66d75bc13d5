import * as fs from 'node:fs';
import { errno } from '../errno.ts';
import { AbstractInode, isDirectory, isRegular, isSymlink } from './abstract-inode.ts';
import { applyAttributes, makeNode } from './host-changes.ts';
import { onHost } from './host-errors.ts';
import type { HostFileSystem } from './host-bind.ts';
import { HostHandles } from './host-handles.ts';
import { hostRdev } from './host-rdev.ts';
import { O_ACCMODE, O_RDONLY, O_WRONLY, S_IFMT, type Attributes, type Inode, type NewNode, type Stat } from './types.ts';

/** One object of the host, known by the name under which it was last found. See host-bind.ts. */
export class HostInode extends AbstractInode {
  readonly fs: HostFileSystem;
  readonly ino: number;
  #stats: fs.BigIntStats;
  #parent: HostInode | undefined;
  #name: string;
  #opens = 0;
  #handles: HostHandles | undefined;

  constructor(fileSystem: HostFileSystem, parent: HostInode | undefined, name: string, stats: fs.BigIntStats) {
    super();
    this.fs = fileSystem;
    this.ino = Number(stats.ino);
    this.#parent = parent;
    this.#name = name;
    this.#stats = stats;
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
    return this.#name;
  }

  /** Was found again, perhaps elsewhere; false when the number was given to an object of another kind. */
  sees(directory: HostInode, name: string, stats: fs.BigIntStats): boolean {
    if (kindOf(stats) !== kindOf(this.#stats)) return false;
    this.#parent = directory;
    this.#name = name;
    this.#stats = stats;
    return true;
  }

  get #path(): string {
    return this.#parent === undefined ? this.fs.source : `${this.#parent.#path}/${this.#name}`;
  }

  /** The host path, which leads to this object at this moment. ENOENT when it does not any more. */
  #checked(): string {
    const path = this.#path;
    const now = onHost(() => fs.lstatSync(path, { bigint: true, throwIfNoEntry: false }));
    if (now === undefined || now.ino !== this.#stats.ino || now.dev !== this.#stats.dev || kindOf(now) !== kindOf(this.#stats))
      throw errno('ENOENT');
    this.#stats = now;
    return path;
  }

  #refresh(): void {
    if (this.#handles?.stat === undefined) this.#checked();
    else this.#stats = this.#handles.stat;
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
    applyAttributes(() => this.#checked(), this.#stats, this.#handles?.any, this.#forHost(attributes));
    this.#refresh();
  }

  #forHost({ uid, gid, ...rest }: Attributes): Attributes {
    const { ids } = this.fs;
    return { ...rest, ...(uid !== undefined && { uid: ids.hostUid(uid) }), ...(gid !== undefined && { gid: ids.hostGid(gid) }) };
  }

  // ---- directories

  #directory(): string {
    if (!isDirectory(this)) throw errno('ENOTDIR');
    return this.#checked();
  }

  override lookup(name: string): HostInode | undefined {
    return this.#entry(this.#directory(), name);
  }

  #entry(directory: string, name: string): HostInode | undefined {
    const stats = onHost(() => fs.lstatSync(`${directory}/${name}`, { bigint: true, throwIfNoEntry: false }));
    return stats === undefined ? undefined : this.fs.inodeOf(this, name, stats);
  }

  override *entries(): Generator<readonly [string, HostInode]> {
    const directory = this.#directory();
    for (const name of onHost(() => fs.readdirSync(directory)).toSorted()) {
      const inode = this.#entry(directory, name);
      if (inode !== undefined) yield [name, inode];
    }
  }

  override create(name: string, node: NewNode): HostInode {
    const directory = this.#directory();
    this.#changing();
    makeNode(`${directory}/${name}`, { ...node, uid: this.fs.ids.hostUid(node.uid), gid: this.fs.ids.hostGid(node.gid) });
    const inode = this.#entry(directory, name);
    if (inode === undefined) throw errno('EIO');
    return inode;
  }

  override link(name: string, inode: Inode): void {
    const directory = this.#directory();
    this.#changing();
    if (!(inode instanceof HostInode) || inode.fs !== this.fs) throw errno('EXDEV');
    // link(2) of macOS follows the link, and leaves the tree by it.
    if (isDirectory(inode) || (isSymlink(inode) && process.platform !== 'linux')) throw errno('EPERM');
    const path = inode.#checked();
    onHost(() => fs.linkSync(path, `${directory}/${name}`));
    inode.#refresh();
  }

  override unlink(name: string): void {
    const directory = this.#directory();
    this.#changing();
    const inode = this.#entry(directory, name);
    if (inode === undefined) throw errno('ENOENT');
    if (isDirectory(inode)) throw errno('EISDIR');
    inode.#keep();
    onHost(() => fs.unlinkSync(`${directory}/${name}`));
  }

  override rmdir(name: string): void {
    const directory = this.#directory();
    this.#changing();
    onHost(() => fs.rmdirSync(`${directory}/${name}`));
  }

  override rename(name: string, toDirectory: Inode, toName: string): void {
    const directory = this.#directory();
    this.#changing();
    if (!(toDirectory instanceof HostInode) || toDirectory.fs !== this.fs) throw errno('EXDEV');
    const source = this.#entry(directory, name);
    if (source === undefined) throw errno('ENOENT');
    const target = toDirectory.lookup(toName);
    if (target !== undefined && isRegular(target)) target.#keep();
    const to = toDirectory.#directory();
    onHost(() => fs.renameSync(`${directory}/${name}`, `${to}/${toName}`));
    source.#parent = toDirectory;
    source.#name = toName;
  }

  override readlink(): string {
    if (!isSymlink(this)) throw errno('EINVAL');
    const path = this.#checked();
    return onHost(() => fs.readlinkSync(path));
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

  /** The host has the last word on who may open: EACCES here, not at the first read. */
  checkOpen(flags: number): void {
    const access = flags & O_ACCMODE;
    if (access !== O_RDONLY) this.#changing();
    const path = this.#checked();
    const want = (access === O_WRONLY ? 0 : fs.constants.R_OK) | (access === O_RDONLY ? 0 : fs.constants.W_OK);
    if (isRegular(this) || isDirectory(this)) onHost(() => fs.accessSync(path, want));
  }

  #with<T>(use: (handles: HostHandles) => T): T {
    if (this.#handles !== undefined) return use(this.#handles);
    const handles = new HostHandles(() => this.#checked(), this.#stats);
    try {
      return use(handles);
    } finally {
      handles.close();
    }
  }

  /** Opened here, so that it stays readable when others remove its name. */
  override acquire(): void {
    if (this.#opens++ > 0 || !isRegular(this)) return;
    this.#handles = new HostHandles(() => this.#checked(), this.#stats);
    this.#handles.keep('read');
  }

  override release(): void {
    if (--this.#opens > 0) return;
    this.#handles?.close();
    this.#handles = undefined;
  }

  /** Before its name goes: descriptors for all that open file descriptions may still do. */
  #keep(): void {
    this.#handles?.keep('read');
    if (!this.fs.readonly) this.#handles?.keep('write');
  }
}

const kindOf = (stats: fs.BigIntStats): number => Number(stats.mode) & S_IFMT;
