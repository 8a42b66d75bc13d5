/** What the tests of this folder share. */
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ERRNO, Errno } from '../errno.ts';
import { createVfs } from './index.ts';
import { O_CREAT, O_TRUNC, O_WRONLY, type Credentials, type FileSystem, type PathContext, type Vfs } from './types.ts';

export const ALL_CAPABILITIES = (1n << 41n) - 1n;
export const ROOT: Credentials = { uid: 0, gid: 0, groups: [], capabilities: ALL_CAPABILITIES };
export const user = (uid: number, gid = uid, groups: readonly number[] = [], capabilities = 0n): Credentials => ({
  uid,
  gid,
  groups,
  capabilities,
});

/** A namespace with a process in it, and short forms of what tests do most. */
export class Box {
  readonly vfs: Vfs;
  readonly context: PathContext;

  constructor(rootFs: FileSystem, context: Partial<PathContext> = {}, vfs: Vfs = createVfs(rootFs)) {
    this.vfs = vfs;
    this.context = { root: this.vfs.root, cwd: this.vfs.root, credentials: ROOT, umask: 0, ...context };
  }

  /** The same namespace as another user, from another directory … */
  as(context: Partial<PathContext>): Box {
    return new Box(this.vfs.root.inode.fs, { ...this.context, ...context }, this.vfs);
  }
  in(path: string): Box {
    return this.as({ cwd: this.at(path) });
  }

  at(path: string, follow = true) {
    return this.vfs.resolve(this.context, path, { follow });
  }
  stat(path: string, follow = true) {
    return this.at(path, follow).inode.stat();
  }
  open(path: string, flags = 0, mode = 0o644) {
    return this.vfs.open(this.context, path, flags, mode).location;
  }
  write(path: string, text: string, position = 0, flags = position === 0 ? O_TRUNC : 0): void {
    this.open(path, O_CREAT | O_WRONLY | flags).inode.writeAt(position, Buffer.from(text, 'latin1'));
  }
  read(path: string): string {
    const { inode } = this.open(path);
    const buffer = Buffer.alloc(inode.size + 1);
    return buffer.toString('latin1', 0, inode.readAt(0, buffer));
  }
  list(path: string): string[] {
    return [...this.at(path).inode.entries()].map(([name]) => name).toSorted();
  }
  mkdir(path: string, mode = 0o755): void {
    this.vfs.mkdir(this.context, path, mode);
  }
  symlink(target: string, path: string): void {
    this.vfs.symlink(this.context, target, path);
  }
  link(from: string, to: string, follow = false): void {
    this.vfs.link(this.context, from, this.context, to, { follow });
  }
  rename(from: string, to: string): void {
    this.vfs.rename(this.context, from, this.context, to);
  }
  unlink(path: string): void {
    this.vfs.unlink(this.context, path);
  }
  rmdir(path: string): void {
    this.vfs.rmdir(this.context, path);
  }
  chmod(path: string, mode: number): void {
    this.vfs.setAttributes(this.context, this.at(path), { mode });
  }
  chown(path: string, uid: number, gid: number): void {
    this.vfs.setAttributes(this.context, this.at(path, false), { uid, gid });
  }
  pathOf(path: string): string {
    return this.vfs.pathOf(this.at(path));
  }
}

/** The name of the error number that `operation` fails with, or `ok`. Anything else than Errno is thrown on. */
export function outcome(operation: () => unknown): string {
  try {
    operation();
    return 'ok';
  } catch (error) {
    if (error instanceof Errno && Object.hasOwn(ERRNO, error.errno)) return error.errno;
    throw error;
  }
}

/** A file system made as where descriptors cannot stand in paths: other systems than Linux, Node's permission model. */
export function byPaths<T>(make: () => T): T {
  const real = Object.getOwnPropertyDescriptor(process, 'platform')!;
  Object.defineProperty(process, 'platform', { ...real, value: 'other' });
  try {
    return make();
  } finally {
    Object.defineProperty(process, 'platform', real);
  }
}

const made: string[] = [];

export function temporaryDirectory(): string {
  const path = fs.realpathSync(fs.mkdtempSync(join(tmpdir(), 'tsrun-vfs-')));
  made.push(path);
  return path;
}

/** For afterAll. */
export function removeTemporaryDirectories(): void {
  for (const path of made.splice(0)) fs.rmSync(path, { recursive: true, force: true });
}

/** A host directory: names ending in `/` are directories, texts starting with `->` links, with `=` hard links. */
export function hostTree(files: Readonly<Record<string, string>>, root = temporaryDirectory()): string {
  for (const [path, text] of Object.entries(files)) {
    const host = join(root, path);
    fs.mkdirSync(path.endsWith('/') ? host : join(host, '..'), { recursive: true });
    if (path.endsWith('/')) continue;
    if (text.startsWith('->')) fs.symlinkSync(text.slice(2), host);
    else if (text.startsWith('=')) fs.linkSync(join(root, text.slice(1)), host);
    else fs.writeFileSync(host, text);
  }
  return root;
}

/** Every path below a host directory. (readdirSync's `recursive` follows links: Node 20.) */
export function hostPaths(root: string, prefix = ''): string[] {
  return fs
    .readdirSync(join(root, prefix), { withFileTypes: true })
    .flatMap((entry) => [prefix + entry.name, ...(entry.isDirectory() ? hostPaths(root, `${prefix}${entry.name}/`) : [])])
    .toSorted();
}

/** All that can be seen of a host directory but access times. */
export function hostSnapshot(root: string): string[] {
  return hostPaths(root).map((name) => {
    const path = join(root, name);
    const stats = fs.lstatSync(path);
    const content = stats.isFile() ? fs.readFileSync(path, 'latin1') : stats.isSymbolicLink() ? fs.readlinkSync(path) : '';
    return `${name} ${stats.mode.toString(8)} ${stats.uid} ${stats.ino} ${stats.mtimeMs} ${content}`;
  });
}
