import { isDirectory } from './abstract-inode.ts';
import { NO_CHILDREN, type LayerNode } from './layers/layer.ts';
import type { TreeInode } from './tree-inode.ts';

/** As `docker diff` says it: added, changed (content, metadata, or an entry in a directory), deleted (the whole tree). */
export interface Change {
  readonly kind: 'A' | 'C' | 'D';
  readonly path: string;
}

/** Parts that no one touched are not visited. */
export function changesOf(root: TreeInode): Change[] {
  const changes: Change[] = [];
  if (root.stored !== undefined) changes.push({ kind: 'C', path: '/' });
  compareDirectory(root, root.lower, '', changes);
  return changes.toSorted((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

function compare(inode: TreeInode, lower: LayerNode | undefined, path: string, changes: Change[]): void {
  if (lower === undefined) changes.push({ kind: 'A', path });
  else if (inode.stored !== undefined || !sameFile(inode.lower, lower)) changes.push({ kind: 'C', path });
  if (isDirectory(inode)) compareDirectory(inode, lower !== undefined && isDirectory(lower) ? lower : undefined, path, changes);
}

/** `lower`: the directory that the layers have at this path. */
function compareDirectory(inode: TreeInode, lower: LayerNode | undefined, path: string, changes: Change[]): void {
  const below = lower?.children() ?? NO_CHILDREN;
  if (inode.lower === lower && lower !== undefined) {
    for (const [name, child] of inode.children ?? []) {
      if (child === null) changes.push({ kind: 'D', path: `${path}/${name}` });
      else compare(child, below.get(name), `${path}/${name}`, changes);
    }
    return;
  }
  // New, or moved here from elsewhere: everything counts.
  const names = new Set<string>();
  for (const [name, child] of inode.entries()) {
    names.add(name);
    compare(child, below.get(name), `${path}/${name}`, changes);
  }
  for (const name of below.keys()) if (!names.has(name)) changes.push({ kind: 'D', path: `${path}/${name}` });
}

const sameFile = (a: LayerNode | undefined, b: LayerNode): boolean => a === b || (a?.identity !== undefined && a.identity === b.identity);
