/** Puts the entries of an archive in a tree. No name leaves it: `..` ends at its root, links are resolved in it. */
import { NAME_MAX } from '../names.ts';
import { heapInodes } from '../space.ts';
import { S_IFDIR, S_IFLNK, S_IFMT } from '../types.ts';
import { shown } from './tar-header.ts';
import { isDirectoryNode, TarNode, type TarAttributes } from './tar-node.ts';

const MAX_SYMLINKS = 40;
const IMPLIED: TarAttributes = { mode: S_IFDIR | 0o755, uid: 0, gid: 0, rdev: 0, size: 4096, mtime: 0n };

/** What a name takes beside itself; it is text that is kept. */
const NAME = 1024;
/** Steps on the way to an entry, for each of the names that there may be: a link on the way is a way of its own. */
const STEPS = 32;

export class TarTree {
  readonly root = new TarNode(IMPLIED);
  /** What may still be added, and walked. */
  #names: number;
  #steps: number;

  constructor(names: number = heapInodes()) {
    this.#names = names;
    this.#steps = names * STEPS;
  }

  /** Makes the directories on the way that the archive does not name. */
  add(path: string, attributes: TarAttributes): void {
    this.#count(path.length + (attributes.target?.length ?? 0));
    const { directory, name } = this.#place(path);
    const there = name === '' ? directory : directory.children().get(name);
    const isDirectory = (attributes.mode & S_IFMT) === S_IFDIR;
    if (there !== undefined && isDirectoryNode(there) && isDirectory) there.attributes = attributes;
    else if (name !== '') directory.set(name, new TarNode(attributes));
  }

  /** A hard link. Throws Error when the archive has no such file before it. */
  link(path: string, to: string): void {
    this.#count(path.length);
    const from = this.#place(to);
    const node = from.directory.children().get(from.name);
    if (node === undefined || isDirectoryNode(node))
      throw new Error(`hard link ${shown(path)}: the archive has no file ${shown(to)} before it`);
    const { directory, name } = this.#place(path);
    if (name === '') throw new Error(`hard link ${shown(path)}: this is the name of a directory`);
    if (directory.children().get(name) === node) return;
    directory.set(name, node);
    node.nlink++;
  }

  /** One name more: an entry, or a directory that it implies. */
  #count(bytes: number): void {
    this.#names -= 1 + Math.floor(bytes / NAME);
    if (this.#names < 0) throw new Error('it has more entries than the memory of this process can hold');
  }

  #place(path: string): { readonly directory: TarNode; readonly name: string } {
    const names = split(path);
    for (const name of names) checkLength(name, path);
    const last = names.pop();
    const way = this.#walk([this.root], names, path);
    if (last === undefined) return { directory: this.root, name: '' };
    if (last !== '..') return { directory: way.at(-1)!, name: last };
    return { directory: way.at(-2) ?? this.root, name: '' };
  }

  /** From the root to the directory that `names` lead to. */
  #walk(start: readonly TarNode[], names: readonly string[], path: string): TarNode[] {
    let way = [...start];
    const rest = names.toReversed();
    let links = 0;
    for (let name = rest.pop(); name !== undefined; name = rest.pop()) {
      if (--this.#steps < 0) throw new Error(`entry ${shown(path)}: the ways to the entries so far were too long`);
      const directory = way.at(-1)!;
      if (name === '..') {
        if (way.length > 1) way.pop();
        continue;
      }
      const node = directory.children().get(name);
      if (node !== undefined && isDirectoryNode(node)) way.push(node);
      else if (node !== undefined && (node.mode & S_IFMT) === S_IFLNK) {
        if (++links > MAX_SYMLINKS) throw new Error(`entry ${shown(path)}: too many symbolic links on the way`);
        if (node.target.startsWith('/')) way = [this.root];
        rest.push(...split(node.target).toReversed());
      } else {
        this.#count(0);
        checkLength(name, path);
        const made = new TarNode(IMPLIED);
        directory.set(name, made);
        way.push(made);
      }
    }
    return way;
  }
}

/** A longer name would be listed, but no path could name it. */
function checkLength(name: string, path: string): void {
  const length = Buffer.byteLength(name);
  if (length > NAME_MAX) throw new Error(`entry ${shown(path)}: a name of ${length} bytes; ${NAME_MAX} is the most`);
}

const split = (path: string): string[] => path.split('/').filter((name) => name !== '' && name !== '.');
