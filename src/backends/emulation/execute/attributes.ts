/** MountAttrs records of the plan (src/plan/ops.ts) ↔ flags of emulated mounts. */
import * as k from '../../../oci/mount-flags.ts';
import {
  MS_DIRSYNC,
  MS_LAZYTIME,
  MS_NOATIME,
  MS_NODEV,
  MS_NODIRATIME,
  MS_NOEXEC,
  MS_NOSUID,
  MS_NOSYMFOLLOW,
  MS_RDONLY,
  MS_RELATIME,
  MS_SYNCHRONOUS,
  type Propagation,
} from '../vfs/types.ts';

export interface FlagChange {
  readonly set: number;
  readonly clear: number;
}

/** What a record asks of the mount itself, and of the mounts below it. */
export function flagChanges(attrs: Uint8Array): { readonly own: FlagChange; readonly recursive: FlagChange } {
  const view = new DataView(attrs.buffer, attrs.byteOffset, attrs.byteLength);
  const word = (index: number): number => Number(view.getBigUint64(index * 8, true));
  return { own: change(word(0), word(1)), recursive: change(word(2), word(3)) };
}

const BITS: readonly (readonly [attribute: number, flag: number])[] = [
  [k.MOUNT_ATTR_RDONLY, MS_RDONLY],
  [k.MOUNT_ATTR_NOSUID, MS_NOSUID],
  [k.MOUNT_ATTR_NODEV, MS_NODEV],
  [k.MOUNT_ATTR_NOEXEC, MS_NOEXEC],
  [k.MOUNT_ATTR_NODIRATIME, MS_NODIRATIME],
  [k.MOUNT_ATTR_NOSYMFOLLOW, MS_NOSYMFOLLOW],
];

function change(set: number, clear: number): FlagChange {
  const bits = (word: number): number => BITS.reduce((flags, [attribute, flag]) => ((word & attribute) === 0 ? flags : flags | flag), 0);
  // The atime mode is a field: whoever sets it clears all of it.
  if ((clear & k.MOUNT_ATTR__ATIME) === 0) return { set: bits(set), clear: bits(clear) };
  const mode = set & k.MOUNT_ATTR__ATIME;
  const atime = mode === k.MOUNT_ATTR_NOATIME ? MS_NOATIME : mode === k.MOUNT_ATTR_RELATIME ? MS_RELATIME : 0;
  return { set: bits(set) | atime, clear: bits(clear) | MS_NOATIME | MS_RELATIME };
}

export function apply(flags: number, { set, clear }: FlagChange): number {
  return (flags & ~clear) | set;
}

const KNOWN =
  MS_RDONLY |
  MS_NOSUID |
  MS_NODEV |
  MS_NOEXEC |
  MS_NOSYMFOLLOW |
  MS_NOATIME |
  MS_NODIRATIME |
  MS_RELATIME |
  MS_SYNCHRONOUS |
  MS_DIRSYNC |
  MS_LAZYTIME;

/** Of MS_* as a config has them, those that the emulated kernel knows; relatime is Linux's default. */
export function knownFlags(flags: number): number {
  const kept = flags & KNOWN;
  return (flags & (k.MS_NOATIME | k.MS_STRICTATIME)) === 0 ? kept | MS_RELATIME : kept & ~MS_RELATIME;
}

/** Of MS_SHARED, MS_SLAVE, MS_PRIVATE, MS_UNBINDABLE, with or without MS_REC. */
export function propagationOf(flags: number): Propagation {
  if ((flags & k.MS_SHARED) !== 0) return 'shared';
  if ((flags & k.MS_SLAVE) !== 0) return 'slave';
  return (flags & k.MS_UNBINDABLE) !== 0 ? 'unbindable' : 'private';
}
