/** The mounts of a container: instructions of the setup stage that attach and change file systems. */
import { MS_REC } from '../../../oci/mount-flags.ts';
import { FLAGS, type OpOf } from '../../../plan/ops.ts';
import { errno } from '../errno.ts';
import { type Location, type Mount, MS_RDONLY } from '../vfs/types.ts';
import { apply, flagChanges, type FlagChange, knownFlags, propagationOf } from './attributes.ts';
import { copyUp } from './copy-up.ts';
import { makeFileSystem } from './file-systems.ts';
import { openSource } from './host-source.ts';
import { isDirectory, makeDirectory, makeFile } from './nodes.ts';
import type { World } from './world.ts';

export function mountNew(world: World, op: OpOf<'mount'>): void {
  const { vfs } = world;
  const flags = knownFlags(op.flags ?? 0);
  const modes = Number(op.n ?? 0n);
  if ((modes & FLAGS.MOUNT_NOSYMLINK) !== 0) refuseLink(world, op.target);
  const data = (modes & FLAGS.MOUNT_INHERIT_MODE) !== 0 ? withModeOf(world, op) : op.data;
  const fs = makeFileSystem(world, op.fstype, data);
  const at = makeDirectory(world, op.target);
  if (!isDirectory(at)) throw errno('ENOTDIR');
  if ((modes & FLAGS.MOUNT_TMPCOPYUP) !== 0) copyUp(at.inode, fs.root);
  vfs.mount(fs, at, { flags, source: op.source });
}

/** The options of a tmpfs with the mode of the directory that it covers, where there is one. */
function withModeOf({ vfs, context }: World, { target, data }: OpOf<'mount'>): string {
  try {
    const mode = vfs.resolve(context, target).inode.mode & 0o7777;
    return [...(data === '' ? [] : [data]), `mode=${mode.toString(8)}`].join(',');
  } catch {
    return data; // nothing is there yet
  }
}

/** Where procfs, sysfs and /dev are to be, no link may lead elsewhere (src/plan/mounts.ts). */
function refuseLink({ vfs, context }: World, target: string): void {
  let there: Location;
  try {
    there = vfs.resolve(context, target, { follow: false });
  } catch {
    return; // nothing is there yet
  }
  if ((there.inode.mode & 0o170000) === 0o120000) throw errno('ELOOP');
}

/** A host file or directory seen in the container; also of `openTree`, by way of its slot. */
export function bind(world: World, op: OpOf<'bind'>): void {
  bindHost(world, op.source, op.target, op.attrs);
}

export function openTree(world: World, op: OpOf<'openTree'>): void {
  world.trees.set(Number(op.n ?? 0n), op.source);
}

export function attachTree(world: World, op: OpOf<'attachTree'>): void {
  const source = world.trees.get(Number(op.n ?? 0n));
  if (source === undefined) throw errno('EBADF');
  bindHost(world, source, op.target, op.attrs);
}

function bindHost(world: World, source: string, target: string, attrs: Uint8Array): void {
  const { own, recursive } = flagChanges(attrs);
  const flags = apply(apply(knownFlags(0), recursive), own);
  // Read-only in the file system too: no remount from inside may write to the host.
  const { fs, root, directory } = openSource(world, source, (flags & MS_RDONLY) !== 0);
  const at = directory ? makeDirectory(world, target) : makeFile(world, target);
  world.vfs.mount(fs, at, { flags, source, root });
}

export function mountAttr(world: World, op: OpOf<'mountAttr'>): void {
  const top = mountOf(world, op.target);
  const { own, recursive } = flagChanges(op.attrs);
  change(world, top, own);
  if (recursive.set === 0 && recursive.clear === 0) return;
  for (const below of [top, ...descendants(world, top)]) change(world, below, recursive);
}

export function remount(world: World, op: OpOf<'remount'>): void {
  world.vfs.remount(mountOf(world, op.target), knownFlags(op.flags ?? 0));
}

export function propagation(world: World, op: OpOf<'propagation'>): void {
  propagate(world, mountOf(world, op.target), op.flags ?? 0);
}

export function rootPropagation(world: World, op: OpOf<'rootPropagation'>): void {
  propagate(world, world.vfs.root.mount, op.flags ?? 0);
}

function propagate(world: World, top: Mount, flags: number): void {
  const mounts = (flags & MS_REC) === 0 ? [top] : [top, ...descendants(world, top)];
  for (const mount of mounts) world.vfs.setPropagation(mount, propagationOf(flags));
}

/** What is mounted at `target` itself: EINVAL where nothing is, as mount(2) says. */
function mountOf(world: World, target: string): Mount {
  const { vfs, context } = world;
  const at = vfs.resolve(context, target);
  const found = target === '/' ? vfs.root.mount : vfs.mountAt(at);
  if (found === undefined) throw errno('EINVAL');
  return found;
}

export function change({ vfs }: World, mount: Mount, flags: FlagChange): void {
  vfs.remount(mount, apply(mount.flags, flags));
}

export function descendants({ vfs }: World, top: Mount): readonly Mount[] {
  const below = (mount: Mount): boolean => mount.parent !== undefined && (mount.parent === top || below(mount.parent));
  return vfs.mounts.filter((mount) => mount !== top && below(mount));
}
