import { anonymousDevice, isDirectory } from './abstract-inode.ts';
import type { LayerNode } from './layers/layer.ts';
import type { ContainerMemory } from './container-memory.ts';
import { PAGE, Space } from './space.ts';
import { Stored } from './store.ts';
import { TreeInode } from './tree-inode.ts';
import type { FileSystem, Quota, StatFs } from './types.ts';

export interface TreeOptions {
  readonly type: string;
  /** statfs(2) f_type. */
  readonly magic: number;
  readonly superOptions: string;
  readonly quota: Quota | undefined;
}

/** A writable tree in memory over a read-only one, or over nothing. */
export class TreeFileSystem implements FileSystem {
  readonly type: string;
  readonly dev = anonymousDevice();
  readonly superOptions: string;
  readonly space: Space;
  readonly root: TreeInode;
  /** The last number given to a new inode; odd, as layers give even ones. */
  lastIno = -1;
  readonly #magic: number;
  /** Files of the layer with several names, so that all their names lead to one inode. */
  #shared: Map<object, TreeInode> | undefined;

  constructor(options: TreeOptions, root: LayerNode | { readonly mode: number; readonly uid: number; readonly gid: number }) {
    this.type = options.type;
    this.superOptions = options.superOptions;
    this.#magic = options.magic;
    this.space = new Space(options.quota);
    if ('ino' in root) this.root = this.adopt(root);
    else {
      this.space.addInode();
      const stored = new Stored(this.newIno(), root.mode, root.uid, root.gid);
      this.root = new TreeInode(this, this.lastIno, stored, undefined, 2);
    }
  }

  newIno(): number {
    this.lastIno += 2;
    return this.lastIno;
  }

  adopt(node: LayerNode): TreeInode {
    if (node.nlink < 2 || isDirectory(node)) return new TreeInode(this, node.ino, undefined, node, node.nlink);
    const identity = node.identity ?? node;
    const known = this.#shared?.get(identity);
    if (known !== undefined) return known;
    const inode = new TreeInode(this, node.ino, undefined, node, node.nlink);
    this.#shared ??= new Map();
    this.#shared.set(identity, inode);
    return inode;
  }

  statfs(): StatFs {
    const { maxPages, freePages, maxInodes, inodes } = this.space;
    return {
      type: this.#magic,
      bsize: PAGE,
      blocks: maxPages,
      bfree: freePages,
      bavail: freePages,
      files: maxInodes,
      ffree: maxInodes - inodes,
      namelen: 255,
    };
  }

  chargeTo(memory: ContainerMemory): void {
    this.space.chargeTo(memory);
  }

  release(): void {
    this.space.release();
  }
}
