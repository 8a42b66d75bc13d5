/**
 * A host directory or file mounted into a container: reads and writes go to the host. The host's kernel is never asked to
 * follow a symbolic link of the tree: links are read and resolved by our walk, in the container. An inode has a place on the
 * host (host-place.ts); what is at it must still be the very object that the walk found, since it may have been replaced from
 * outside, or through another bind of the same directory.
 */
import * as fs from 'node:fs';
import { resolve } from 'node:path';
import { anonymousDevice } from './abstract-inode.ts';
import { onHost } from './host-errors.ts';
import { type HostIds, SAME_IDS } from './host-ids.ts';
import { HostInode } from './host-inode.ts';
import { HostPlace } from './host-place.ts';
import type { FileSystem, StatFs } from './types.ts';

export interface HostBindOptions {
  /** EROFS for every change, whatever the mount's flags are. */
  readonly readonly?: boolean;
  /** Default: the host's own. */
  readonly ids?: HostIds;
}

export class HostFileSystem implements FileSystem {
  readonly type = 'hostfs';
  readonly dev = anonymousDevice();
  readonly superOptions: string;
  readonly root: HostInode;
  readonly #place: HostPlace;
  readonly readonly: boolean;
  readonly ids: HostIds;
  /** So that one file is one object while anyone holds it. */
  readonly #inodes = new Map<string, WeakRef<HostInode>>();
  readonly #forget = new FinalizationRegistry<string>((key) => {
    if (this.#inodes.get(key)?.deref() === undefined) this.#inodes.delete(key);
  });

  constructor(path: string, options: HostBindOptions) {
    const source = onHost(() => fs.realpathSync(resolve(path)));
    this.readonly = options.readonly ?? false;
    this.ids = options.ids ?? SAME_IDS;
    this.superOptions = this.readonly ? 'ro' : 'rw';
    this.#place = HostPlace.root(source, 'ENOENT');
    this.root = new HostInode(this, undefined, this.#place);
    this.#remember(this.root, this.#place.stats);
  }

  /** The inode of an entry as lstat has just shown it. */
  inodeOf(directory: HostInode, name: string, stats: fs.BigIntStats): HostInode {
    const known = this.#inodes.get(keyOf(stats))?.deref();
    if (known !== undefined && known !== this.root && known.sees(directory, name, stats)) return known;
    const inode = new HostInode(this, directory, directory.place.child(name, stats));
    this.#remember(inode, stats);
    return inode;
  }

  #remember(inode: HostInode, stats: fs.BigIntStats): void {
    const key = keyOf(stats);
    this.#inodes.set(key, new WeakRef(inode));
    this.#forget.register(inode, key);
  }

  statfs(): StatFs {
    const { type, bsize, blocks, bfree, bavail, files, ffree } = onHost(() => fs.statfsSync(this.#place.entry()));
    return { type, bsize, blocks, bfree, bavail, files, ffree, namelen: 255 };
  }
}

const keyOf = ({ dev, ino }: fs.BigIntStats): string => `${dev}:${ino}`;

/**
 * Throws Errno ENOENT, EACCES … `path` itself may go through symbolic links of the host: it is the configuration's. A
 * read-write bind of a root file system is what `--rootfs-writes through` mounts at `/`.
 */
export function hostBind(path: string, options: HostBindOptions = {}): HostFileSystem {
  return new HostFileSystem(path, options);
}
