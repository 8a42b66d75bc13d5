/**
 * File systems whose content is computed: /proc, /sys, devpts, cgroup trees. They are described by entries (plain objects);
 * an attribute or method is asked when it is needed, so getters make it follow the kernel's state.
 *
 *   pseudoFileSystem({ type: 'proc', magic: 0x9fa0, root: {
 *     kind: 'directory',
 *     entries: { uptime: { kind: 'file', read: () => '1.00 1.00\n' }, self: { kind: 'link', target: () => '1' } },
 *     list: () => pids(), lookup: (name) => processDirectory(name),
 *   } })
 */
import { anonymousDevice } from './abstract-inode.ts';
import { PseudoDirectory } from './pseudo-inodes.ts';
import type { FileSystem, Location, SpecialFile, StatFs } from './types.ts';

interface Common {
  /** Permission bits; by default 0555 for directories, 0444 for files (0644 when writable), 0777 for links. */
  readonly mode?: number;
  readonly uid?: number;
  readonly gid?: number;
  /**
   * Entries of `lookup`: what it is about (a process, a terminal). While a name gives the same key (`===`), it is the same
   * inode, with the same number and the same mounts on it; with another key it is a new one.
   */
  readonly key?: unknown;
  /** chmod, chown, utimens; absent: EPERM. What it stores must show in mode, uid and gid. */
  setAttributes?(attributes: { readonly mode?: number; readonly uid?: number; readonly gid?: number }): void;
}

export interface PseudoDirectoryEntry extends Common {
  readonly kind: 'directory';
  /** Fixed entries, listed first. */
  readonly entries?: Readonly<Record<string, PseudoEntry>>;
  /** Entries that come and go: one by name, and the names of all. */
  lookup?(name: string): PseudoEntry | undefined;
  list?(): Iterable<string>;
  /** mkdir and rmdir (cgroups); absent: EPERM. The entry must be found by `lookup` afterwards. */
  mkdir?(name: string, mode: number): void;
  rmdir?(name: string): void;
}

export interface PseudoFileEntry extends Common {
  readonly kind: 'file';
  /** The whole content; made at the first read of an open file description and again at each read at position 0. */
  read?(): string | Uint8Array;
  /** What one write(2) wrote. Absent: EACCES when it is opened for writing. */
  write?(bytes: Uint8Array): void;
  /** Instead of read and write: a handler of its own for each open file description. */
  open?(flags: number): SpecialFile;
  /** As stat shows it; default 0, as in /proc. */
  readonly size?: number;
}

export interface PseudoLinkEntry extends Common {
  readonly kind: 'link';
  target(): string;
  /** A magic link: it leads here, whatever its text says. Throws Errno (ENOENT, EACCES). */
  magic?(): Location;
}

/** A device, fifo or socket that the kernel opens; mode with its S_IFMT bits. */
export interface PseudoDeviceEntry extends Common {
  readonly kind: 'device';
  readonly mode: number;
  readonly rdev: number;
}

export type PseudoEntry = PseudoDirectoryEntry | PseudoFileEntry | PseudoLinkEntry | PseudoDeviceEntry;

export interface PseudoOptions {
  /** As in /proc/mounts. */
  readonly type: string;
  /** statfs(2) f_type. */
  readonly magic: number;
  readonly superOptions?: string;
  readonly root: PseudoDirectoryEntry;
}

export class PseudoFileSystem implements FileSystem {
  readonly type: string;
  readonly dev = anonymousDevice();
  readonly superOptions: string;
  readonly root: PseudoDirectory;
  readonly #magic: number;
  #lastIno = 0;

  constructor(options: PseudoOptions) {
    this.type = options.type;
    this.superOptions = options.superOptions ?? 'rw';
    this.#magic = options.magic;
    this.root = new PseudoDirectory(this, options.root, undefined, '');
  }

  newIno(): number {
    return ++this.#lastIno;
  }

  statfs(): StatFs {
    return { type: this.#magic, bsize: 4096, blocks: 0, bfree: 0, bavail: 0, files: 0, ffree: 0, namelen: 255 };
  }
}

export function pseudoFileSystem(options: PseudoOptions): PseudoFileSystem {
  return new PseudoFileSystem(options);
}
