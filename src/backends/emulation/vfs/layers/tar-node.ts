import { NO_CHILDREN, NO_NAMES, layerIno, type LayerNode } from './layer.ts';
import { S_IFDIR, S_IFMT, type Nanoseconds } from '../types.ts';
import { OPAQUE, WHITEOUT_PREFIX } from './whiteouts.ts';

/** Where the bytes of a regular file are in the archive. */
export interface Span {
  readonly offset: number;
  readonly read: (position: number, buffer: Uint8Array) => number;
}

export interface TarAttributes {
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly rdev: number;
  readonly size: number;
  readonly mtime: Nanoseconds;
  readonly target?: string;
  readonly span?: Span;
}

/** One object of an archive; the tree is complete once the archive was indexed. */
export class TarNode implements LayerNode {
  readonly ino = layerIno();
  nlink: number;
  attributes: TarAttributes;
  readonly #children: Map<string, TarNode> | undefined;
  #whiteouts: Set<string> | undefined;
  #opaque = false;

  constructor(attributes: TarAttributes) {
    this.attributes = attributes;
    const directory = (attributes.mode & S_IFMT) === S_IFDIR;
    this.nlink = directory ? 2 : 1;
    if (directory) this.#children = new Map();
  }

  get mode(): number {
    return this.attributes.mode;
  }
  get uid(): number {
    return this.attributes.uid;
  }
  get gid(): number {
    return this.attributes.gid;
  }
  get rdev(): number {
    return this.attributes.rdev;
  }
  get size(): number {
    return this.attributes.size;
  }
  get atime(): Nanoseconds {
    return this.attributes.mtime;
  }
  get mtime(): Nanoseconds {
    return this.attributes.mtime;
  }
  get ctime(): Nanoseconds {
    return this.attributes.mtime;
  }
  get target(): string {
    return this.attributes.target ?? '';
  }

  children(): ReadonlyMap<string, TarNode> {
    return this.#children ?? (NO_CHILDREN as ReadonlyMap<string, TarNode>);
  }
  whiteouts(): ReadonlySet<string> {
    return this.#whiteouts ?? NO_NAMES;
  }
  opaque(): boolean {
    return this.#opaque;
  }

  /** Later entries of an archive replace earlier ones. A whiteout's name is taken for what it says. */
  set(name: string, node: TarNode): void {
    if (name === OPAQUE) this.#opaque = true;
    else if (name.startsWith(WHITEOUT_PREFIX)) {
      this.#whiteouts ??= new Set();
      this.#whiteouts.add(name.slice(WHITEOUT_PREFIX.length));
    } else {
      const replaced = this.#children!.get(name);
      this.#children!.set(name, node);
      if (isDirectoryNode(replaced)) this.nlink--;
      else if (replaced !== undefined) replaced.nlink--;
      if (isDirectoryNode(node)) this.nlink++;
    }
  }

  readAt(position: number, buffer: Uint8Array): number {
    const { span, size } = this.attributes;
    const length = Math.min(buffer.length, size - position);
    if (span === undefined || length <= 0) return 0;
    return span.read(span.offset + position, length === buffer.length ? buffer : buffer.subarray(0, length));
  }
}

export const isDirectoryNode = (node: TarNode | undefined): boolean => node !== undefined && (node.mode & S_IFMT) === S_IFDIR;
