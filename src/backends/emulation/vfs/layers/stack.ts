/** Several layers seen as one. The merged index is made lazily per directory and belongs to all containers that use it. */
import { isDirectory } from '../abstract-inode.ts';
import type { Nanoseconds } from '../types.ts';
import { NO_NAMES, type Layer, type LayerNode } from './layer.ts';

/** By the top layer: it is the one that goes when its bundle goes, lower ones are shared by many. */
const known = new WeakMap<Layer, { readonly layers: readonly Layer[]; readonly root: LayerNode }[]>();

/** `layers` from the bottom up, at least one. The same layers give the same index. */
export function stackLayers(layers: readonly Layer[]): LayerNode {
  const top = layers.at(-1);
  if (top === undefined) throw new RangeError('a stack needs a layer');
  if (layers.length === 1) return top.root;
  const stacks = known.get(top) ?? [];
  const found = stacks.find((stack) => stack.layers.length === layers.length && stack.layers.every((layer, i) => layer === layers[i]));
  if (found !== undefined) return found.root;
  const root = merged(layers.map((layer) => layer.root).toReversed());
  known.set(top, [...stacks, { layers: [...layers], root }]);
  return root;
}

/** Directories of one name, from the top down. */
function merged(nodes: readonly LayerNode[]): LayerNode {
  const [top, ...rest] = nodes as [LayerNode, ...LayerNode[]];
  return rest.length === 0 || top.opaque() ? top : new MergedDirectory(top, rest);
}

class MergedDirectory implements LayerNode {
  readonly nlink = 1;
  readonly #top: LayerNode;
  readonly #below: readonly LayerNode[];
  #children: ReadonlyMap<string, LayerNode> | undefined;

  constructor(top: LayerNode, below: readonly LayerNode[]) {
    this.#top = top;
    this.#below = below;
  }

  get ino(): number {
    return this.#top.ino;
  }
  get mode(): number {
    return this.#top.mode;
  }
  get uid(): number {
    return this.#top.uid;
  }
  get gid(): number {
    return this.#top.gid;
  }
  get rdev(): number {
    return this.#top.rdev;
  }
  get size(): number {
    return this.#top.size;
  }
  get atime(): Nanoseconds {
    return this.#top.atime;
  }
  get mtime(): Nanoseconds {
    return this.#top.mtime;
  }
  get ctime(): Nanoseconds {
    return this.#top.ctime;
  }
  whiteouts(): ReadonlySet<string> {
    return NO_NAMES;
  }
  opaque(): boolean {
    return false;
  }
  readAt(position: number, buffer: Uint8Array): number {
    return this.#top.readAt(position, buffer);
  }

  children(): ReadonlyMap<string, LayerNode> {
    this.#children ??= this.#merge();
    return this.#children;
  }

  #merge(): ReadonlyMap<string, LayerNode> {
    const found = new Map<string, LayerNode[]>();
    // Names whose lower objects are not seen: something that is no directory is above, or a whiteout.
    const closed = new Set<string>();
    for (const layer of [this.#top, ...this.#below]) {
      for (const [name, node] of layer.children()) {
        if (closed.has(name)) continue;
        const above = found.get(name);
        if (above === undefined) found.set(name, [node]);
        else if (isDirectory(node)) above.push(node);
        if (!isDirectory(node)) closed.add(name);
      }
      for (const name of layer.whiteouts()) closed.add(name);
      if (layer.opaque()) break;
    }
    return new Map([...found].map(([name, nodes]) => [name, merged(nodes)]));
  }
}
