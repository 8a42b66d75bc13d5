import type { FileSystem, Inode, Location, Mount, Propagation } from './types.ts';

/**
 * One mount. What is mounted below it is kept by directory and name (as Linux keeps it by dentry): another hard link of a
 * covered file is not covered, and a renamed parent directory takes its mounts along.
 */
export class MountPoint implements Mount {
  readonly id: number;
  readonly parent: MountPoint | undefined;
  readonly fs: FileSystem;
  readonly root: Inode;
  readonly rootPath: string;
  readonly mountpoint: Location | undefined;
  flags: number;
  propagation: Propagation = 'private';
  readonly source: string;
  /** Mounted over this one's root. */
  cover: MountPoint | undefined;
  points: Map<Inode, Map<string, MountPoint>> | undefined;

  constructor(mount: Omit<Mount, 'parent' | 'propagation'> & { readonly parent: MountPoint | undefined }) {
    this.id = mount.id;
    this.parent = mount.parent;
    this.fs = mount.fs;
    this.root = mount.root;
    this.rootPath = mount.rootPath;
    this.mountpoint = mount.mountpoint;
    this.flags = mount.flags;
    this.source = mount.source;
  }

  /** The topmost mount on the entry `name` of `directory`. */
  mountedOn(directory: Inode, name: string): MountPoint | undefined {
    return this.points?.get(directory)?.get(name)?.top();
  }

  /** What is seen where this is mounted. */
  top(): MountPoint {
    return this.cover === undefined ? this : this.cover.top();
  }

  attach(directory: Inode, name: string, mount: MountPoint): void {
    this.points ??= new Map();
    let names = this.points.get(directory);
    if (names === undefined) this.points.set(directory, (names = new Map()));
    names.set(name, mount);
  }

  detach(directory: Inode, name: string): void {
    const names = this.points?.get(directory);
    names?.delete(name);
    if (names?.size === 0) this.points?.delete(directory);
    if (this.points?.size === 0) this.points = undefined;
  }
}
