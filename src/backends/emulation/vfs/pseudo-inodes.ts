import { errno } from '../errno.ts';
import { AbstractInode, isDirectory } from './abstract-inode.ts';
import { toNanoseconds } from './clock.ts';
import type { PseudoDirectoryEntry, PseudoDeviceEntry, PseudoEntry, PseudoFileEntry, PseudoFileSystem, PseudoLinkEntry } from './pseudo.ts';
import {
  O_ACCMODE,
  O_RDONLY,
  S_IFDIR,
  S_IFLNK,
  S_IFMT,
  S_IFREG,
  type Attributes,
  type Inode,
  type Location,
  type NewNode,
  type SpecialFile,
  type Stat,
} from './types.ts';

abstract class PseudoInode<Entry extends PseudoEntry = PseudoEntry> extends AbstractInode {
  readonly fs: PseudoFileSystem;
  readonly ino: number;
  /** Replaced at each lookup that gives the same key. */
  entry: Entry;
  readonly #made = toNanoseconds(Date.now(), 0);

  constructor(fs: PseudoFileSystem, entry: Entry) {
    super();
    this.fs = fs;
    this.ino = fs.newIno();
    this.entry = entry;
  }

  get uid(): number {
    return this.entry.uid ?? 0;
  }
  get gid(): number {
    return this.entry.gid ?? 0;
  }
  get rdev(): number {
    return 0;
  }
  get size(): number {
    return 0;
  }

  stat(): Stat {
    const { fs, ino, mode, uid, gid, rdev, size } = this;
    const times = { atime: this.#made, mtime: this.#made, ctime: this.#made };
    return { dev: fs.dev, ino, mode, nlink: isDirectory(this) ? 2 : 1, uid, gid, rdev, size, blksize: 4096, blocks: 0, ...times };
  }

  setAttributes(attributes: Attributes): void {
    const { mode, uid, gid, size } = attributes;
    if (size !== undefined && isDirectory(this)) throw errno('EISDIR');
    // A truncation (`> /proc/sys/…`) has no meaning and succeeds, as in Linux; so do times.
    if (mode === undefined && uid === undefined && gid === undefined) return;
    if (this.entry.setAttributes === undefined) throw errno('EPERM');
    this.entry.setAttributes({
      ...(mode !== undefined && { mode }),
      ...(uid !== undefined && { uid }),
      ...(gid !== undefined && { gid }),
    });
  }
}

export class PseudoDirectory extends PseudoInode<PseudoDirectoryEntry> {
  readonly #parent: PseudoDirectory | undefined;
  readonly #name: string;
  /** Entries that were looked up. Those of `lookup` may be gone since: see #sweep. */
  readonly #children = new Map<string, AnyPseudo>();
  #sweepAt = 64;

  constructor(fs: PseudoFileSystem, entry: PseudoDirectoryEntry, parent: PseudoDirectory | undefined, name: string) {
    super(fs, entry);
    this.#parent = parent;
    this.#name = name;
  }

  get mode(): number {
    return S_IFDIR | (this.entry.mode ?? 0o555);
  }
  override get parent(): PseudoDirectory {
    return this.#parent ?? this;
  }
  override get name(): string {
    return this.#name;
  }

  override lookup(name: string): AnyPseudo | undefined {
    const fixed = this.entry.entries;
    const entry = fixed !== undefined && Object.hasOwn(fixed, name) ? fixed[name] : this.entry.lookup?.(name);
    if (entry === undefined) {
      this.#children.delete(name);
      return undefined;
    }
    const known = this.#children.get(name);
    if (known !== undefined && known.entry.kind === entry.kind && known.entry.key === entry.key) {
      known.entry = entry;
      return known;
    }
    const made = this.#make(entry, name);
    this.#children.set(name, made);
    if (this.#children.size > this.#sweepAt) this.#sweep();
    return made;
  }

  /** Processes come and go, and most are never asked for again: what is kept is at most twice of what there is. */
  #sweep(): void {
    for (const name of this.#children.keys())
      if (this.entry.lookup?.(name) === undefined && this.entry.entries?.[name] === undefined) this.#children.delete(name);
    this.#sweepAt = Math.max(64, this.#children.size * 2);
  }

  #make(entry: PseudoEntry, name: string): AnyPseudo {
    switch (entry.kind) {
      case 'directory':
        return new PseudoDirectory(this.fs, entry, this, name);
      case 'file':
        return new PseudoFile(this.fs, entry);
      case 'link':
        return entry.magic === undefined ? new PseudoLink(this.fs, entry) : new PseudoMagicLink(this.fs, entry);
      default:
        return new PseudoDevice(this.fs, entry);
    }
  }

  override *entries(): Generator<readonly [string, Inode]> {
    const names = new Set([...Object.keys(this.entry.entries ?? {}), ...(this.entry.list?.() ?? [])]);
    for (const name of names) {
      const inode = this.lookup(name);
      if (inode !== undefined) yield [name, inode];
    }
  }

  override create(name: string, node: NewNode): Inode {
    if (this.lookup(name) !== undefined) throw errno('EEXIST');
    if ((node.mode & S_IFMT) !== S_IFDIR || this.entry.mkdir === undefined) throw errno('EPERM');
    this.entry.mkdir(name, node.mode & 0o7777);
    const made = this.lookup(name);
    if (made === undefined) throw errno('EIO');
    return made;
  }

  override rmdir(name: string): void {
    if (this.entry.rmdir === undefined) throw errno('EPERM');
    this.entry.rmdir(name);
    this.lookup(name);
  }
}

class PseudoFile extends PseudoInode<PseudoFileEntry> {
  get mode(): number {
    return S_IFREG | (this.entry.mode ?? (this.entry.write === undefined ? 0o444 : 0o644));
  }
  override get size(): number {
    return this.entry.size ?? 0;
  }

  openSpecial(flags: number): SpecialFile {
    const { entry } = this;
    if (entry.open !== undefined) return entry.open(flags);
    if ((flags & O_ACCMODE) !== O_RDONLY && entry.write === undefined) throw errno('EACCES');
    return new Snapshot(entry);
  }
  override readAt(position: number, buffer: Uint8Array): number {
    return this.openSpecial(O_RDONLY).readAt(position, buffer);
  }
  override writeAt(position: number, bytes: Uint8Array): number {
    return this.openSpecial(1).writeAt(position, bytes);
  }
}

/** An open file description of a file with `read` and `write`. */
class Snapshot implements SpecialFile {
  readonly #entry: PseudoFileEntry;
  #content: Uint8Array | undefined;

  constructor(entry: PseudoFileEntry) {
    this.#entry = entry;
  }

  readAt(position: number, buffer: Uint8Array): number {
    if (this.#content === undefined || position === 0) {
      const made = this.#entry.read?.();
      if (made === undefined) throw errno('EINVAL');
      this.#content = typeof made === 'string' ? Buffer.from(made) : made;
    }
    const part = this.#content.subarray(position, position + buffer.length);
    buffer.set(part);
    return part.length;
  }

  writeAt(_position: number, bytes: Uint8Array): number {
    if (this.#entry.write === undefined) throw errno('EACCES');
    this.#entry.write(bytes);
    return bytes.length;
  }
}

class PseudoLink extends PseudoInode<PseudoLinkEntry> {
  get mode(): number {
    return S_IFLNK | (this.entry.mode ?? 0o777);
  }
  override readlink(): string {
    return this.entry.target();
  }
}

class PseudoMagicLink extends PseudoLink {
  magicTarget(): Location {
    if (this.entry.magic === undefined) throw errno('ENOENT');
    return this.entry.magic();
  }
}

class PseudoDevice extends PseudoInode<PseudoDeviceEntry> {
  get mode(): number {
    return this.entry.mode;
  }
  override get rdev(): number {
    return this.entry.rdev;
  }
}

type AnyPseudo = PseudoDirectory | PseudoFile | PseudoLink | PseudoDevice;
