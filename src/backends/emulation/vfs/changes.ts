import { isDirectory } from './abstract-inode.ts';
import { NO_CHILDREN, type LayerNode } from './layers/layer.ts';
import type { TreeInode } from './tree-inode.ts';

/** As `docker diff` says it: added, changed (content, metadata, or an entry in a directory), deleted (the whole tree). */
export interface Change {
  readonly kind: 'A' | 'C' | 'D';
  readonly path: string;
}

/** `lower`: the directory that the layers have at the path of `inode`. */
interface Pair {
  readonly inode: TreeInode;
  readonly lower: LayerNode | undefined;
  readonly path: string;
}

/** Parts that no one touched are not visited. Not recursive: a guest decides how deep a tree is. */
export function changesOf(root: TreeInode): Change[] {
  const changes: Change[] = [];
  if (root.stored !== undefined) changes.push({ kind: 'C', path: '/' });
  const rest: Pair[] = [{ inode: root, lower: root.lower, path: '' }];
  for (let pair = rest.pop(); pair !== undefined; pair = rest.pop()) {
    const below = pair.lower?.children() ?? NO_CHILDREN;
    for (const [name, child] of entriesOf(pair, below)) {
      const path = `${pair.path}/${name}`;
      const lower = below.get(name);
      if (child === null) changes.push({ kind: 'D', path });
      else {
        if (lower === undefined) changes.push({ kind: 'A', path });
        else if (child.stored !== undefined || !sameFile(child.lower, lower)) changes.push({ kind: 'C', path });
        if (isDirectory(child)) rest.push({ inode: child, lower: lower !== undefined && isDirectory(lower) ? lower : undefined, path });
      }
    }
  }
  return changes.toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

/** What may differ: the entries that were looked at, or all of a directory that is new or was moved here. null: not there. */
function entriesOf({ inode, lower }: Pair, below: ReadonlyMap<string, LayerNode>): Iterable<readonly [string, TreeInode | null]> {
  if (lower !== undefined && inode.lower === lower) return inode.children ?? [];
  const all = new Map<string, TreeInode | null>(inode.entries());
  for (const name of below.keys()) if (!all.has(name)) all.set(name, null);
  return all;
}

const sameFile = (a: LayerNode | undefined, b: LayerNode): boolean => a === b || (a?.identity !== undefined && a.identity === b.identity);
