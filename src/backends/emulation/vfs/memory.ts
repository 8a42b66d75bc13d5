import { TreeFileSystem } from './tree.ts';
import { S_IFDIR, type Quota } from './types.ts';

const TMPFS_MAGIC = 0x01021994;

export interface MemoryOptions {
  /** As it is to be called in /proc/mounts; default `tmpfs`. */
  readonly type?: string;
  /** Of the root directory: permission bits (default 01777), owner, group. */
  readonly mode?: number;
  readonly uid?: number;
  readonly gid?: number;
  readonly quota?: Quota;
  /** Last column of mountinfo; by default made of the others. */
  readonly superOptions?: string;
}

/** An empty file system in memory with the behaviour of tmpfs(5). */
export function memoryFileSystem(options: MemoryOptions = {}): TreeFileSystem {
  const { type = 'tmpfs', mode = 0o1777, uid = 0, gid = 0, quota } = options;
  const superOptions = options.superOptions ?? describe(mode, uid, gid, quota);
  return new TreeFileSystem({ type, magic: TMPFS_MAGIC, superOptions, quota }, { mode: S_IFDIR | (mode & 0o7777), uid, gid });
}

function describe(mode: number, uid: number, gid: number, quota: Quota | undefined): string {
  const parts = ['rw'];
  if (quota?.bytes !== undefined) parts.push(`size=${Math.floor(quota.bytes / 1024)}k`);
  if (quota?.inodes !== undefined) parts.push(`nr_inodes=${quota.inodes}`);
  if (mode !== 0o1777) parts.push(`mode=${mode.toString(8)}`);
  if (uid !== 0) parts.push(`uid=${uid}`);
  if (gid !== 0) parts.push(`gid=${gid}`);
  return parts.join(',');
}
