/** maskedPaths and readonlyPaths. */
import type { OpOf } from '../../../plan/ops.ts';
import { memoryFileSystem } from '../vfs/memory.ts';
import { makedev, MS_NODEV, MS_NOEXEC, MS_NOSUID, MS_RDONLY, S_IFCHR } from '../vfs/types.ts';
import { change, descendants } from './mounts.ts';
import { isDirectory } from './nodes.ts';
import { find, type World } from './world.ts';

/** A directory disappears under an empty read-only one; anything else under a /dev/null of our own, never the rootfs's. */
export function maskPath(world: World, op: OpOf<'maskPath'>): void {
  const at = find(world, op.path);
  if (at === undefined) return;
  if (isDirectory(at)) {
    const fs = memoryFileSystem({ mode: 0o755 });
    world.vfs.mount(fs, at, { flags: MS_RDONLY | MS_NOSUID | MS_NODEV | MS_NOEXEC, source: 'tmpfs' });
    return;
  }
  const fs = memoryFileSystem({ mode: 0o755 });
  const root = fs.root.create('null', { mode: S_IFCHR | 0o666, uid: 0, gid: 0, rdev: makedev(1, 3) });
  world.vfs.mount(fs, at, { flags: MS_RDONLY | MS_NOSUID | MS_NOEXEC, source: 'tmpfs', root });
}

/** Bound onto itself with all that is mounted below, each mount read-only. */
export function readonlyPath(world: World, op: OpOf<'readonlyPath'>): void {
  const at = find(world, op.path);
  if (at === undefined) return;
  const mount = world.vfs.bind(at, at, { flags: at.mount.flags | MS_RDONLY, recursive: true });
  for (const each of [mount, ...descendants(world, mount)]) change(world, each, { set: MS_RDONLY, clear: 0 });
}
