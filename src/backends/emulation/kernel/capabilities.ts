import type { Proc } from './process.ts';
import type { CapabilitySets, UserIds } from './types.ts';

export const CAP_KILL = 5;
export const CAP_SETGID = 6;
export const CAP_SETUID = 7;
export const CAP_SYS_CHROOT = 18;
export const CAP_SYS_PTRACE = 19;
export const CAP_SYS_ADMIN = 21;
export const CAP_SYS_RESOURCE = 24;
/** CAP_CHECKPOINT_RESTORE. */
export const CAP_LAST = 40;
const ALL = (1n << BigInt(CAP_LAST + 1)) - 1n;

export function hasCapability(process: Proc, capability: number): boolean {
  return ((process.capabilities.effective >> BigInt(capability)) & 1n) === 1n;
}

/**
 * capabilities(7), "Effect of user ID changes on capabilities": the permitted set goes when the last of the three ids leaves
 * 0, the effective one follows the effective id.
 */
export function afterUidChange(before: UserIds, after: UserIds, sets: CapabilitySets, keep: boolean): CapabilitySets {
  const root = (ids: UserIds): boolean => ids.ruid === 0 || ids.euid === 0 || ids.suid === 0;
  let { effective, permitted, ambient } = sets;
  if (root(before) && !root(after)) {
    if (!keep) permitted = 0n;
    effective = 0n;
    ambient = 0n;
  }
  if (before.euid === 0 && after.euid !== 0) effective = 0n;
  if (before.euid !== 0 && after.euid === 0) effective = permitted;
  return { ...sets, effective, permitted, ambient };
}

/**
 * capabilities(7), "Transformation of capabilities during execve()", for files without capabilities of their own: root gets
 * all that the bounding set allows, others keep the ambient set. privileged: the file was set-user-ID or set-group-ID.
 */
export function afterExec(ids: UserIds, sets: CapabilitySets, privileged: boolean): CapabilitySets {
  const ambient = privileged ? 0n : sets.ambient;
  const root = ids.ruid === 0 || ids.euid === 0;
  const permitted = root ? (sets.inheritable & ALL) | sets.bounding : ambient;
  const effective = ids.euid === 0 ? permitted : ambient;
  return { ...sets, permitted, effective, ambient };
}
