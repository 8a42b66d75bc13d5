/** Discretionary access control of Linux (path_resolution(7), capabilities(7)). Nothing here looks at the host's user. */
import { errno } from '../errno.ts';
import { isDirectory } from './abstract-inode.ts';
import type { Credentials, Inode } from './types.ts';

export const R_OK = 4;
export const W_OK = 2;
export const X_OK = 1;

export const S_ISUID = 0o4000;
export const S_ISGID = 0o2000;
export const S_ISVTX = 0o1000;

export const CAP_CHOWN = 1n << 0n;
export const CAP_DAC_OVERRIDE = 1n << 1n;
export const CAP_DAC_READ_SEARCH = 1n << 2n;
export const CAP_FOWNER = 1n << 3n;
export const CAP_FSETID = 1n << 4n;
export const CAP_MKNOD = 1n << 27n;

export const capable = (who: Credentials, capability: bigint): boolean => (who.capabilities & capability) !== 0n;
export const inGroup = (who: Credentials, gid: number): boolean => who.gid === gid || who.groups.includes(gid);
export const owns = (who: Credentials, inode: Inode): boolean => who.uid === inode.uid || capable(who, CAP_FOWNER);

/** Exactly one class decides: the owner's bits do not help when the group's are missing, nor the other way round. */
export function permits(who: Credentials, inode: Inode, want: number): boolean {
  const { mode } = inode;
  const bits = who.uid === inode.uid ? mode >> 6 : (mode & 0o70) >> 3 !== (mode & 7) && inGroup(who, inode.gid) ? mode >> 3 : mode;
  if ((bits & want) === want) return true;
  if (isDirectory(inode)) return capable(who, CAP_DAC_OVERRIDE) || ((want & W_OK) === 0 && capable(who, CAP_DAC_READ_SEARCH));
  if (((want & X_OK) === 0 || (mode & 0o111) !== 0) && capable(who, CAP_DAC_OVERRIDE)) return true;
  return want === R_OK && capable(who, CAP_DAC_READ_SEARCH);
}

export function demand(who: Credentials, inode: Inode, want: number): void {
  if (!permits(who, inode, want)) throw errno('EACCES');
}

/** In a sticky directory only the owner of the entry, of the directory, or CAP_FOWNER may remove or rename it. */
export function demandSticky(who: Credentials, directory: Inode, entry: Inode): void {
  if ((directory.mode & S_ISVTX) === 0 || who.uid === entry.uid || who.uid === directory.uid || capable(who, CAP_FOWNER)) return;
  throw errno('EPERM');
}

/** Mode without the bits that a change of owner or content by `who` takes away; the same number when none falls. */
export function withoutPrivileges(mode: number): number {
  const kept = mode & ~S_ISUID;
  return (kept & 0o10) === 0 ? kept : kept & ~S_ISGID;
}

/**
 * To be called after a write to a regular file (the kernel: once an open file description's first write, or each; it is
 * cheap): set-user-id and set-group-id bits fall unless the writer has CAP_FSETID.
 */
export function dropPrivilegesOnWrite(who: Credentials, inode: Inode): void {
  const { mode } = inode;
  if ((mode & (S_ISUID | S_ISGID)) === 0 || capable(who, CAP_FSETID)) return;
  const kept = withoutPrivileges(mode);
  if (kept !== mode) inode.setAttributes({ mode: kept & 0o7777 });
}
