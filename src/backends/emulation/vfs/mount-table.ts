import { errno } from '../errno.ts';
import { isDirectory } from './abstract-inode.ts';
import { MountPoint } from './mount-point.ts';
import { entryOf, sourcePath } from './path-of.ts';
import type { FileSystem, Inode, Location } from './types.ts';
import { isWithin } from './walk.ts';

interface NewMount {
  readonly fs: FileSystem;
  readonly root: Inode;
  readonly rootPath: string;
  readonly flags: number;
  readonly source: string;
}

/** The mounts of one namespace. */
export class MountTable {
  readonly list: MountPoint[] = [];
  readonly first: MountPoint;
  #lastId = 0;

  constructor(root: FileSystem) {
    this.first = new MountPoint({
      id: this.#newId(),
      parent: undefined,
      fs: root,
      root: root.root,
      rootPath: '/',
      mountpoint: undefined,
      flags: 0,
      source: root.type,
    });
    this.list.push(this.first);
  }

  #newId(): number {
    return ++this.#lastId;
  }

  attach(mount: NewMount, at: Location): MountPoint {
    if (isDirectory(mount.root) !== isDirectory(at.inode)) throw errno('ENOTDIR');
    const below = this.at(at);
    const mountpoint: Location = below === undefined ? at : { mount: below, inode: below.root };
    const parent = mountpoint.mount as MountPoint;
    const { fs, root, rootPath, flags, source } = mount;
    const made = new MountPoint({ id: this.#newId(), parent, fs, root, rootPath, mountpoint, flags, source });
    if (below !== undefined) below.cover = made;
    else {
      const entry = entryOf(at);
      if (entry === undefined) throw errno('EINVAL');
      parent.attach(entry.directory.inode, entry.entry, made);
    }
    this.list.push(made);
    return made;
  }

  /** The topmost mount whose root is at this location, or that lies on it. */
  at(location: Location): MountPoint | undefined {
    const mount = location.mount as MountPoint;
    if (location.inode === mount.root) return mount.top();
    if (mount.points === undefined) return undefined;
    const entry = entryOf(location);
    return entry === undefined ? undefined : mount.mountedOn(entry.directory.inode, entry.entry);
  }

  bind(source: Location, at: Location, flags: number, recursive: boolean): MountPoint {
    const from = source.mount as MountPoint;
    const { inode } = source;
    if (from.propagation === 'unbindable') throw errno('EINVAL');
    // Listed before anything is attached: a bind of a directory below itself must not find itself.
    const below = recursive && isDirectory(inode) ? this.#below(from, inode) : [];
    const rootPath = sourcePath(source);
    const made = this.attach({ fs: inode.fs, root: inode, rootPath, flags, source: from.source }, at);
    const copies = new Map([[from, made]]);
    for (const mount of below) {
      const parent = copies.get(mount.parent!)!;
      const point = mount.mountpoint!;
      copies.set(
        mount,
        this.attach(mount, { ...point, mount: parent, ...(point.directory && { directory: { ...point.directory, mount: parent } }) }),
      );
    }
    return made;
  }

  /** Mounts that lie below `inode` in `from`, parents first. */
  #below(from: MountPoint, inode: Inode): MountPoint[] {
    const found = new Set<MountPoint>();
    for (const mount of this.list) {
      const { parent, mountpoint } = mount;
      if (parent === undefined || mountpoint === undefined) continue;
      if (mount.propagation === 'unbindable') continue; // left out with all below it, as Linux prunes a recursive bind
      if (found.has(parent)) found.add(mount);
      else if (parent === from && mountpoint.inode !== from.root) {
        const directory = mountpoint.directory?.inode ?? mountpoint.inode;
        if (isWithin(directory, inode)) found.add(mount);
      }
    }
    return [...found];
  }

  detach(mount: MountPoint): void {
    const { parent, mountpoint } = mount;
    if (parent === undefined || mountpoint === undefined || !this.list.includes(mount)) throw errno('EINVAL');
    if (mount.cover !== undefined || mount.points !== undefined) throw errno('EBUSY');
    if (parent.cover === mount) parent.cover = undefined;
    else {
      const entry = entryOf(mountpoint);
      if (entry !== undefined) parent.detach(entry.directory.inode, entry.entry);
    }
    this.list.splice(this.list.indexOf(mount), 1);
  }
}
