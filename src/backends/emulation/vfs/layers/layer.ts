/**
 * Read-only content below an overlay. A layer is an index that is made once, lazily, and shared by all containers that use
 * it: nothing in it belongs to a container.
 */
import type { Nanoseconds } from '../types.ts';

/** One object of a layer; two names of a hard link are the same object. */
export interface LayerNode {
  /** Even and unique in this process: odd ones belong to the writable part of a file system. */
  readonly ino: number;
  /** S_IFMT and permission bits. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly rdev: number;
  readonly size: number;
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
  /** Regular files: bytes read, 0 at the end. Throws Errno EIO, ESTALE-like changes of the source included. */
  readAt(position: number, buffer: Uint8Array): number;
}

export interface Layer {
  readonly root: LayerNode;
  /** Where it comes from, for messages and mountinfo. */
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
