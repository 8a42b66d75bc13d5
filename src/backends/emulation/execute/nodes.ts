/** Directories, devices, fifos and links in the container. */
import { dirname } from 'node:path/posix';
import { FLAGS, type OpOf } from '../../../plan/ops.ts';
import { errno } from '../errno.ts';
import { memoryFileSystem } from '../vfs/index.ts';
import { type Location, makedev, MS_NOEXEC, MS_NOSUID, S_IFDIR, S_IFIFO, S_IFLNK, S_IFMT, S_IFREG } from '../vfs/types.ts';
import { find, type World } from './world.ts';

const DIRECTORY_MODE = 0o755;

export function mkdir(world: World, op: OpOf<'mkdir'>): void {
  makeDirectory(world, op.path, Number(op.n ?? BigInt(DIRECTORY_MODE)));
}

/** With all its parents; one that is there is left alone. Gives what is at `path` in the end. */
export function makeDirectory(world: World, path: string, mode: number = DIRECTORY_MODE): Location {
  const { vfs, context } = world;
  const known = find(world, path);
  if (known !== undefined) return known;
  if (path !== '/') makeDirectory(world, dirname(path));
  try {
    vfs.mkdir(context, path, mode);
  } catch (error) {
    // A dangling link, whose target is made as mkdir -p would not.
    if ((error as { errno?: string }).errno !== 'EEXIST') throw error;
    makeDirectory(world, linkTarget(world, path), mode);
  }
  return vfs.resolve(context, path);
}

/** An empty file where there is none, as a mount point for a file. */
export function makeFile(world: World, path: string): Location {
  const { vfs, context } = world;
  const known = find(world, path);
  if (known !== undefined) return known;
  makeDirectory(world, dirname(path));
  try {
    vfs.mknod(context, path, S_IFREG | 0o644, 0);
  } catch (error) {
    if ((error as { errno?: string }).errno !== 'EEXIST') throw error;
    return makeFile(world, linkTarget(world, path));
  }
  return vfs.resolve(context, path);
}

function linkTarget({ vfs, context }: World, path: string): string {
  const target = vfs.readlink(context, path);
  return target.startsWith('/') ? target : `${dirname(path)}/${target}`;
}

/** An equal node is kept; any other file there is an error. */
export function mknod(world: World, op: OpOf<'mknod'>): void {
  const { vfs, context } = world;
  const device = op.n ?? 0n;
  const rdev = makedev(Number((device >> 8n) & 0xfffn), Number((device & 0xffn) | ((device >> 12n) & 0xfff00n)));
  const there = find(world, op.path);
  if (there !== undefined) {
    const { mode } = there.inode;
    const same = (mode & S_IFMT) === (op.mode & S_IFMT) && ((mode & S_IFMT) === S_IFIFO || there.inode.rdev === rdev);
    if (same) return;
    // An empty file is what a bind of a device leaves in a rootfs.
    if ((mode & S_IFMT) !== S_IFREG || there.inode.size > 0) throw errno('EEXIST');
    return mountNode(world, there, op, rdev);
  }
  makeDirectory(world, dirname(op.path));
  try {
    vfs.mknod(context, op.path, op.mode, rdev);
  } catch (error) {
    // The directory is one of the host (`--rootfs-writes through`, a bind): no devices are made there.
    if ((error as { errno?: string }).errno !== 'EPERM') throw error;
    return mountNode(world, makeFile(world, op.path), op, rdev);
  }
  if (op.uid !== 0 || op.gid !== 0) {
    vfs.setAttributes(context, vfs.resolve(context, op.path, { follow: false }), { uid: op.uid, gid: op.gid });
  }
}

/** A node of its own file system over a file, as rootless runtimes bind the host's. */
function mountNode({ vfs }: World, at: Location, { mode, uid, gid }: OpOf<'mknod'>, rdev: number): void {
  const fs = memoryFileSystem({ mode: 0o755 });
  const root = fs.root.create('node', { mode, uid, gid, rdev });
  vfs.mount(fs, at, { flags: MS_NOSUID | MS_NOEXEC, source: 'devtmpfs', root });
}

export function symlink(world: World, op: OpOf<'symlink'>): void {
  const { vfs, context } = world;
  const flags = op.flags ?? 0;
  if ((flags & FLAGS.LINK_IF_TARGET) !== 0 && !targetExists(world, op)) return;
  const there = findLink(world, op.path);
  if (there !== undefined) {
    if ((flags & FLAGS.LINK_KEEP) !== 0) return;
    if ((flags & FLAGS.LINK_REPLACE) === 0) throw errno('EEXIST');
    if ((there.inode.mode & S_IFMT) === S_IFLNK && vfs.readlink(context, op.path) === op.target) return;
    vfs.unlink(context, op.path);
  }
  makeDirectory(world, dirname(op.path));
  vfs.symlink(context, op.target, op.path);
}

/** The set-up is no process: `/proc/self` leads nowhere for it, but will for the container's. */
function targetExists(world: World, op: OpOf<'symlink'>): boolean {
  const path = op.target.startsWith('/') ? op.target : `${dirname(op.path)}/${op.target}`;
  if (path.startsWith('/proc/self/')) return find(world, '/proc')?.mount.fs.type === 'proc';
  return find(world, path) !== undefined;
}

function findLink({ vfs, context }: World, path: string): Location | undefined {
  try {
    return vfs.lookup(context, path, { follow: false });
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as { errno?: string }).errno ?? '')) return undefined;
    throw error;
  }
}

export const isDirectory = ({ inode }: Location): boolean => (inode.mode & S_IFMT) === S_IFDIR;
