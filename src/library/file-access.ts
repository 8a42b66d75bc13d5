/** The file system of a container as its owner sees it: every path, no permissions in the way. */
import { dirname } from 'node:path';
import { Errno } from '../backends/emulation/errno.ts';
import { setUpContext } from '../backends/emulation/execute/world.ts';
import {
  O_CREAT,
  O_RDONLY,
  O_TRUNC,
  O_WRONLY,
  type PathContext,
  S_IFDIR,
  S_IFLNK,
  S_IFMT,
  S_IFREG,
  type Stat,
  type Vfs,
} from '../backends/emulation/vfs/types.ts';
import { TsrunError } from '../core/errors.ts';
import { errnoWords } from '../oci/errno-text.ts';

export interface DirectoryItem {
  readonly name: string;
  readonly kind: 'file' | 'directory' | 'symlink' | 'other';
}

/**
 * Paths are absolute container paths; symlinks are followed inside the container. Throws TsrunError `SYSTEM` whose
 * `cause` has the `errno` ('ENOENT' …).
 */
export class FileAccess {
  readonly #vfs: Vfs;
  readonly #context: PathContext;

  constructor(vfs: Vfs) {
    this.#vfs = vfs;
    this.#context = { ...setUpContext(vfs), umask: 0o022 };
  }

  /** Files that a kernel makes (/proc) have a size only once they are read. */
  readFile(path: string): Uint8Array {
    return this.#do('reading', path, () => {
      const { inode } = this.#vfs.open(this.#context, path, O_RDONLY, 0).location;
      const from = inode.openSpecial?.(O_RDONLY) ?? inode;
      if (from === inode && (inode.mode & S_IFMT) !== S_IFREG)
        throw new TsrunError('SYSTEM', `${path} in the container is no regular file`);
      return readAll((position, buffer) => from.readAt(position, buffer));
    });
  }

  readText(path: string): string {
    return new TextDecoder().decode(this.readFile(path));
  }

  /** Made, with its parents, or replaced. mode: of a new file. */
  writeFile(path: string, content: string | Uint8Array, mode = 0o644): void {
    this.#do('writing', path, () => {
      this.#makeParents(dirname(path));
      const { inode } = this.#vfs.open(this.#context, path, O_WRONLY | O_CREAT | O_TRUNC, mode).location;
      inode.writeAt(0, typeof content === 'string' ? new TextEncoder().encode(content) : content);
    });
  }

  mkdir(path: string): void {
    this.#do('making', path, () => this.#makeParents(path));
  }

  /** A file, a link, or an empty directory. */
  remove(path: string): void {
    this.#do('removing', path, () => {
      const { inode } = this.#vfs.resolve(this.#context, path, { follow: false });
      if ((inode.mode & S_IFMT) === S_IFDIR) this.#vfs.rmdir(this.#context, path);
      else this.#vfs.unlink(this.#context, path);
    });
  }

  readdir(path: string): DirectoryItem[] {
    return this.#do('listing', path, () =>
      [...this.#vfs.resolve(this.#context, path).inode.entries()].map(([name, { mode }]) => ({ name, kind: kindOf(mode) })),
    );
  }

  /** follow: of a symlink in the last component; default true. */
  stat(path: string, follow = true): Stat {
    return this.#do('looking at', path, () => this.#vfs.resolve(this.#context, path, { follow }).inode.stat());
  }

  readlink(path: string): string {
    return this.#do('reading the link', path, () => this.#vfs.readlink(this.#context, path));
  }

  exists(path: string): boolean {
    try {
      this.#vfs.resolve(this.#context, path);
      return true;
    } catch (error) {
      if (error instanceof Errno && ['ENOENT', 'ENOTDIR', 'ELOOP'].includes(error.errno)) return false;
      throw error;
    }
  }

  #makeParents(path: string): void {
    if (path === '/' || path === '.' || this.exists(path)) return;
    this.#makeParents(dirname(path));
    this.#vfs.mkdir(this.#context, path, 0o755);
  }

  #do<T>(doing: string, path: string, what: () => T): T {
    try {
      return what();
    } catch (error) {
      if (!(error instanceof Errno)) throw error;
      throw new TsrunError('SYSTEM', `${doing} ${path} in the container: ${errnoWords(error.errno)}`, { cause: error });
    }
  }
}

function kindOf(mode: number): DirectoryItem['kind'] {
  const type = mode & S_IFMT;
  return type === S_IFREG ? 'file' : type === S_IFDIR ? 'directory' : type === S_IFLNK ? 'symlink' : 'other';
}

function readAll(readAt: (position: number, buffer: Uint8Array) => number): Uint8Array {
  const pieces: Uint8Array[] = [];
  let position = 0;
  for (;;) {
    const buffer = new Uint8Array(65536);
    const count = readAt(position, buffer);
    if (count === 0) return Buffer.concat(pieces);
    pieces.push(buffer.subarray(0, count));
    position += count;
  }
}
