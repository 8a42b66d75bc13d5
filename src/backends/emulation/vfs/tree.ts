import { totalmem } from 'node:os';
import { anonymousDevice, isDirectory } from './abstract-inode.ts';
import type { LayerNode } from './layers/layer.ts';
import { PAGE, Space, Stored } from './store.ts';
import { TreeInode } from './tree-inode.ts';
import type { FileSystem, Quota, StatFs } from './types.ts';

/** What a file system without a quota says it has: half of the machine's memory, as tmpfs(5). */
const MEMORY_PAGES = Math.floor(totalmem() / 2 / PAGE);

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
    this.space = new Space(options.quota?.bytes, options.quota?.inodes);
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
    const { maxBytes, maxInodes, pages, inodes } = this.space;
    const blocks = maxBytes === undefined ? MEMORY_PAGES : Math.floor(maxBytes / PAGE);
    const files = maxInodes ?? MEMORY_PAGES;
    const bfree = Math.max(blocks - pages, 0);
    return { type: this.#magic, bsize: PAGE, blocks, bfree, bavail: bfree, files, ffree: Math.max(files - inodes, 0), namelen: 255 };
  }
}
