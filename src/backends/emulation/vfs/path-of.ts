import { Errno, errno } from '../errno.ts';
import { isDirectory } from './abstract-inode.ts';
import type { Inode, Location } from './types.ts';

/** Where files went that were renamed after a location was made of them; that location cannot know. */
export type Moves = WeakMap<Inode, { readonly directory: Location; readonly entry: string }>;

/** d_path(9): the path of `location` seen from `root`. */
export function pathOf(location: Location, root: Location, moves: Moves): string {
  const names: string[] = [];
  const deleted = isDeleted(location, moves) ? ' (deleted)' : '';
  let at = location;
  while (at.inode !== root.inode || at.mount !== root.mount) {
    if (at.inode === at.mount.root) {
      if (at.mount.mountpoint === undefined) return unreachable(names) + deleted;
      at = at.mount.mountpoint;
      continue;
    }
    const entry = entryOf(at, moves);
    if (entry === undefined || entry.directory.inode === at.inode) return unreachable(names) + deleted;
    names.push(entry.entry);
    at = entry.directory;
  }
  return `/${names.toReversed().join('/')}${deleted}`;
}

const unreachable = (names: readonly string[]): string => `(unreachable)/${names.toReversed().join('/')}`;

/** The directory entry by which a location that is not a mount's root is known. */
export function entryOf(location: Location, moves?: Moves): { readonly directory: Location; readonly entry: string } | undefined {
  const { mount, inode } = location;
  if (isDirectory(inode)) return { directory: { mount, inode: inode.parent }, entry: inode.name };
  const { directory, entry } = location;
  if (directory === undefined || entry === undefined) return undefined;
  const moved = moves?.get(inode);
  if (moved !== undefined && !leadsTo(directory.inode, entry, inode)) return moved;
  return { directory, entry };
}

/**
 * Inode numbers are compared, since a pseudo file system may make its objects at each lookup. A directory of a bind that the
 * host has taken away leads nowhere.
 */
function leadsTo(directory: Inode, entry: string, inode: Inode): boolean {
  try {
    const found = directory.lookup(entry);
    return found !== undefined && (found === inode || (found.ino === inode.ino && found.fs === inode.fs));
  } catch (error) {
    if (error instanceof Errno) return false;
    throw error;
  }
}

export function isDeleted(location: Location, moves?: Moves): boolean {
  const { inode, mount } = location;
  if (inode === mount.fs.root) return false;
  const known = inode === mount.root && mount.mountpoint !== undefined && !isDirectory(inode) ? undefined : entryOf(location, moves);
  return known !== undefined && !leadsTo(known.directory.inode, known.entry, inode);
}

/** The path of a directory inside its file system; `/` for a file system that is one file. */
export function pathInFileSystem(inode: Inode): string {
  const names: string[] = [];
  for (let at = inode; at !== at.fs.root && isDirectory(at) && at.parent !== at; at = at.parent) names.push(at.name);
  return `/${names.toReversed().join('/')}`;
}

/** The same for what a bind is made of: the root column of mountinfo. */
export function sourcePath(location: Location): string {
  const { inode, mount, directory, entry } = location;
  if (inode === mount.root) return mount.rootPath;
  if (isDirectory(inode)) return pathInFileSystem(inode);
  if (directory === undefined || entry === undefined) throw errno('EINVAL');
  return `${pathInFileSystem(directory.inode).replace(/\/$/, '')}/${entry}`;
}
