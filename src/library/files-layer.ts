/** A read-only layer of an overlay made of a `Files` object: in memory, shared by all containers of a bundle. */
import { type Layer, layerIno, type LayerNode, NO_CHILDREN, NO_NAMES } from '../backends/emulation/vfs/layers/layer.ts';
import { S_IFDIR, S_IFLNK, S_IFREG } from '../backends/emulation/vfs/types.ts';
import { TsrunError } from '../core/errors.ts';
import { type Files, orderedPaths, plainFile } from './files.ts';

const NOTHING = new Uint8Array(0);

class Node implements LayerNode {
  readonly ino: number = layerIno();
  readonly uid = 0;
  readonly gid = 0;
  readonly rdev = 0;
  readonly nlink = 1;
  readonly mode: number;
  readonly atime: bigint;
  readonly mtime: bigint;
  readonly ctime: bigint;
  readonly target?: string;
  readonly #bytes: Uint8Array;
  readonly entries: Map<string, Node> | undefined;

  constructor(mode: number, time: bigint, content: { readonly bytes?: Uint8Array; readonly target?: string }) {
    this.mode = mode;
    this.atime = this.mtime = this.ctime = time;
    this.#bytes = content.bytes ?? NOTHING;
    if (content.target !== undefined) this.target = content.target;
    if ((mode & S_IFDIR) === S_IFDIR) this.entries = new Map();
  }

  get size(): number {
    return this.target === undefined ? this.#bytes.length : Buffer.byteLength(this.target);
  }
  children(): ReadonlyMap<string, LayerNode> {
    return this.entries ?? NO_CHILDREN;
  }
  whiteouts(): ReadonlySet<string> {
    return NO_NAMES;
  }
  opaque(): boolean {
    return false;
  }
  readAt(position: number, buffer: Uint8Array): number {
    const part = this.#bytes.subarray(position, position + buffer.length);
    buffer.set(part);
    return part.length;
  }
}

/** USAGE for paths that are not absolute, or below something that is no directory. */
export function filesLayer(files: Files, source = 'memory'): Layer {
  const now = BigInt(Date.now()) * 1_000_000n;
  const root = new Node(S_IFDIR | 0o755, now, {});
  for (const path of orderedPaths(files)) {
    const names = path.slice(1).split('/');
    const name = names.pop() as string;
    const parent = names.reduce((at, part) => directoryIn(at, part, path, now), root);
    const entry = plainFile(files[path] as Files[string]);
    const existing = parent.entries?.get(name);
    if (existing?.entries !== undefined && entry.kind !== 'directory') throw new TsrunError('USAGE', `${path} is a file and a directory`);
    if (entry.kind === 'symlink') parent.entries?.set(name, new Node(S_IFLNK | 0o777, now, { target: entry.target }));
    else if (entry.kind === 'file') parent.entries?.set(name, new Node(S_IFREG | entry.mode, now, { bytes: entry.bytes }));
    else parent.entries?.set(name, new Node(S_IFDIR | entry.mode, now, {}));
  }
  return { root, source };
}

function directoryIn(at: Node, name: string, path: string, now: bigint): Node {
  const existing = at.entries?.get(name);
  if (existing === undefined) {
    const made = new Node(S_IFDIR | 0o755, now, {});
    at.entries?.set(name, made);
    return made;
  }
  if (existing.entries === undefined) throw new TsrunError('USAGE', `${path}: ${name} is no directory`);
  return existing;
}
