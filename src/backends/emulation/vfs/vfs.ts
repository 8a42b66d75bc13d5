import { errno } from '../errno.ts';
import { isSymlink } from './abstract-inode.ts';
import { access, setAttributes } from './attributes.ts';
import { ContainerMemory } from './container-memory.ts';
import { link, mkdir, mknod, symlink } from './create.ts';
import type { MountPoint } from './mount-point.ts';
import { MountTable } from './mount-table.ts';
import { open } from './open.ts';
import { pathInFileSystem, pathOf, type Moves } from './path-of.ts';
import { rmdir, unlink } from './remove.ts';
import { rename } from './rename.ts';
import type { Attributes, FileSystem, Inode, Location, Mount, Opened, PathContext, Propagation, Vfs } from './types.ts';
import { Walk } from './walk.ts';

/** A mount namespace; the operations are in the files named after them. */
export class VirtualFileSystem implements Vfs {
  readonly root: Location;
  readonly memory = new ContainerMemory();
  readonly #table: MountTable;
  readonly #moves: Moves = new WeakMap();

  constructor(root: FileSystem) {
    root.chargeTo?.(this.memory);
    this.#table = new MountTable(root);
    this.root = { mount: this.#table.first, inode: root.root };
  }

  get mounts(): readonly Mount[] {
    return this.#table.list;
  }

  resolve(context: PathContext, path: string, options?: { readonly follow?: boolean }): Location {
    return new Walk(context, path).resolve(options?.follow ?? true);
  }
  lookup(context: PathContext, path: string, options?: { readonly follow?: boolean }): Location | undefined {
    return new Walk(context, path).lookup(options?.follow ?? true);
  }
  open(context: PathContext, path: string, flags: number, mode: number): Opened {
    return open(context, path, flags, mode);
  }
  mkdir(context: PathContext, path: string, mode: number): void {
    mkdir(context, path, mode);
  }
  mknod(context: PathContext, path: string, mode: number, rdev: number): void {
    mknod(context, path, mode, rdev);
  }
  symlink(context: PathContext, target: string, path: string): void {
    symlink(context, target, path);
  }
  link(from: PathContext, oldPath: string, to: PathContext, newPath: string, options?: { readonly follow?: boolean }): void {
    link(this.resolve(from, oldPath, { follow: options?.follow ?? false }), from, to, newPath);
  }
  rename(from: PathContext, oldPath: string, to: PathContext, newPath: string): void {
    rename(from, oldPath, to, newPath, this.#moves);
  }
  unlink(context: PathContext, path: string): void {
    unlink(context, path);
  }
  rmdir(context: PathContext, path: string): void {
    rmdir(context, path);
  }
  readlink(context: PathContext, path: string): string {
    const { inode } = this.resolve(context, path, { follow: false });
    if (!isSymlink(inode)) throw errno('EINVAL');
    return inode.readlink();
  }
  access(context: PathContext, location: Location, want: number): void {
    access(context.credentials, location, want);
  }
  setAttributes(context: PathContext, location: Location, attributes: Attributes): void {
    setAttributes(context.credentials, location, attributes);
  }
  pathOf(location: Location, root: Location = this.root): string {
    return pathOf(location, root, this.#moves);
  }

  mount(fs: FileSystem, at: Location, options: { readonly flags: number; readonly source: string; readonly root?: Inode }): Mount {
    const { flags, source, root = fs.root } = options;
    const rootPath = pathInFileSystem(root);
    fs.chargeTo?.(this.memory);
    return this.#table.attach({ fs, root, rootPath, flags, source }, at);
  }
  bind(source: Location, at: Location, options: { readonly flags: number; readonly recursive: boolean }): Mount {
    return this.#table.bind(source, at, options.flags, options.recursive);
  }
  remount(mount: Mount, flags: number): void {
    if (!this.mounts.includes(mount)) throw errno('EINVAL');
    (mount as MountPoint).flags = flags;
  }
  setPropagation(mount: Mount, propagation: Propagation): void {
    if (!this.mounts.includes(mount)) throw errno('EINVAL');
    (mount as MountPoint).propagation = propagation;
  }
  unmount(mount: Mount): void {
    this.#table.detach(mount as MountPoint);
  }
  mountAt(location: Location): Mount | undefined {
    return this.#table.at(location);
  }
}
