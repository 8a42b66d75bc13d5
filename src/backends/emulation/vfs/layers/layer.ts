/**
 * Read-only content below an overlay. A layer is an index that is made once, lazily, and shared by all containers that use
 * it: nothing in it belongs to a container.
 */
import type { Nanoseconds } from '../types.ts';

/** One entry of a layer. Attributes may be read from the host when they are first asked for: Errno EIO, EACCES. */
export interface LayerNode {
  /** Where two nodes can be names of one file (hard links): the same object for both. Absent: the node itself is. */
  readonly identity?: object;
  /** Even and unique in this process: odd ones belong to the writable part of a file system. */
  readonly ino: number;
  /** S_IFMT and permission bits. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly rdev: number;
  readonly size: number;
  /** Directories: 1 when it is not known (as on btrfs and overlayfs). */
  readonly nlink: number;
  readonly atime: Nanoseconds;
  readonly mtime: Nanoseconds;
  readonly ctime: Nanoseconds;
  /** Symbolic links. */
  readonly target?: string;
  /** Directories: content by name, in a stable order; without whiteouts. Throws Errno EIO. */
  children(): ReadonlyMap<string, LayerNode>;
  /** Directories: names that this layer removes from those below it; `opaque`: all of them. */
  whiteouts(): ReadonlySet<string>;
  opaque(): boolean;
  /** Regular files: bytes read, 0 at the end. Throws Errno: EIO also when the source was replaced. */
  readAt(position: number, buffer: Uint8Array): number;
}

export interface Layer {
  readonly root: LayerNode;
  /** Where it comes from, for messages; no container sees it. */
  readonly source: string;
}

let inos = 0;
/** A number for a new layer node. */
export function layerIno(): number {
  inos += 2;
  return inos;
}

export const NO_CHILDREN: ReadonlyMap<string, LayerNode> = new Map();
export const NO_NAMES: ReadonlySet<string> = new Set();
