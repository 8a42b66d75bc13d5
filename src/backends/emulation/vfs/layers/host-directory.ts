/**
 * A host directory as a read-only layer. Each level is read when it is first needed, attributes of an entry when it is first
 * looked at; symbolic links are read, never followed. A directory or file that is not any more what was indexed (another
 * inode is at its path, see ../host-place.ts) gives EIO: so a link that somebody puts in the way leads nowhere.
 */
import * as fs from 'node:fs';
import { resolve } from 'node:path';
import { errno } from '../../errno.ts';
import { onHost } from '../host-errors.ts';
import { type HostIds, SAME_IDS } from '../host-ids.ts';
import { HostPlace } from '../host-place.ts';
import { hostRdev } from '../host-rdev.ts';
import { S_IFDIR, S_IFLNK, S_IFMT, type Nanoseconds } from '../types.ts';
import { hostReader } from './host-reader.ts';
import { layerIno, NO_CHILDREN, NO_NAMES, type Layer, type LayerNode } from './layer.ts';
import { OPAQUE, WHITEOUT_PREFIX } from './whiteouts.ts';

export interface HostLayerOptions {
  /**
   * `.wh.NAME`, `.wh..wh..opq` and 0/0 character devices hide what is below (default). false for a directory that is no
   * unpacked layer but a whole root file system, where such names are names.
   */
  readonly whiteouts?: boolean;
  /** Default: the host's own. */
  readonly ids?: HostIds;
}

/** Throws Errno ENOENT, ENOTDIR, EACCES. `path` itself may go through symbolic links: it is the configuration's. */
export function hostDirectoryLayer(path: string, options: HostLayerOptions = {}): Layer {
  const source = onHost(() => fs.realpathSync(resolve(path)));
  const layer = new HostLayer(source, options.whiteouts ?? true, options.ids ?? SAME_IDS);
  if ((layer.root.mode & S_IFMT) !== S_IFDIR) throw errno('ENOTDIR');
  return layer;
}

class HostLayer implements Layer {
  readonly source: string;
  readonly root: HostNode;
  readonly whiteouts: boolean;
  readonly ids: HostIds;
  /** First node of each file that has several names. */
  readonly #shared = new Map<string, HostNode>();

  constructor(source: string, whiteouts: boolean, ids: HostIds) {
    this.source = source;
    this.whiteouts = whiteouts;
    this.ids = ids;
    this.root = new HostNode(this, HostPlace.root(source, 'EIO'));
  }

  identityOf(node: HostNode, stats: fs.BigIntStats): HostNode {
    if (stats.nlink < 2n || stats.isDirectory()) return node;
    const key = `${stats.dev}:${stats.ino}`;
    const known = this.#shared.get(key);
    if (known !== undefined) return known;
    this.#shared.set(key, node);
    return node;
  }
}

class HostNode implements LayerNode {
  readonly ino = layerIno();
  readonly #layer: HostLayer;
  readonly #place: HostPlace;
  #target: string | undefined;
  #children: ReadonlyMap<string, HostNode> | undefined;
  #whiteouts: ReadonlySet<string> = NO_NAMES;
  #opaque = false;

  constructor(layer: HostLayer, place: HostPlace) {
    this.#layer = layer;
    this.#place = place;
  }

  get #known(): fs.BigIntStats {
    return this.#place.stats;
  }

  get identity(): HostNode {
    return this.#layer.identityOf(this, this.#known);
  }
  get mode(): number {
    return Number(this.#known.mode);
  }
  get uid(): number {
    return this.#layer.ids.uid(Number(this.#known.uid));
  }
  get gid(): number {
    return this.#layer.ids.gid(Number(this.#known.gid));
  }
  get rdev(): number {
    return hostRdev(this.#known.rdev);
  }
  get size(): number {
    return Number(this.#known.size);
  }
  get nlink(): number {
    return Number(this.#known.nlink);
  }
  get atime(): Nanoseconds {
    return this.#known.atimeNs;
  }
  get mtime(): Nanoseconds {
    return this.#known.mtimeNs;
  }
  get ctime(): Nanoseconds {
    return this.#known.ctimeNs;
  }
  get target(): string {
    if ((this.mode & S_IFMT) !== S_IFLNK) return '';
    this.#target ??= this.#place.readlink();
    return this.#target;
  }

  children(): ReadonlyMap<string, HostNode> {
    this.#children ??= this.#read();
    return this.#children;
  }
  whiteouts(): ReadonlySet<string> {
    this.children();
    return this.#whiteouts;
  }
  opaque(): boolean {
    this.children();
    return this.#opaque;
  }

  #read(): ReadonlyMap<string, HostNode> {
    if (!this.#known.isDirectory()) return NO_CHILDREN as ReadonlyMap<string, HostNode>;
    const children = new Map<string, HostNode>();
    const whiteouts = new Set<string>();
    for (const entry of this.#place.list().toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      const { name } = entry;
      const node = new HostNode(this.#layer, this.#place.child(name));
      if (this.#layer.whiteouts && name === OPAQUE) this.#opaque = true;
      else if (this.#layer.whiteouts && name.startsWith(WHITEOUT_PREFIX)) whiteouts.add(name.slice(WHITEOUT_PREFIX.length));
      else if (this.#layer.whiteouts && entry.isCharacterDevice() && node.#known.rdev === 0n) whiteouts.add(name);
      else if (!name.includes('\uFFFD') || this.#place.lstat(name) !== undefined) children.set(name, node);
    }
    this.#whiteouts = whiteouts;
    return children;
  }

  readAt(position: number, buffer: Uint8Array): number {
    return hostReader.readAt(this.identity, this.#place, position, buffer);
  }
}
