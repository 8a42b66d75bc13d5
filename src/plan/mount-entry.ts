/** What the planners of mounts share. */
import type { MountOptions } from '../oci/mount-options.ts';
import type { Mount } from '../oci/spec.ts';
import { u64s } from './bytes.ts';
import type { Op } from './ops.ts';

/** One entry of `mounts`, read. */
export interface MountEntry {
  readonly mount: Mount;
  /** Absolute in the container. */
  readonly target: string;
  readonly options: MountOptions;
  /** JSON pointer. */
  readonly origin: string;
  /** Number of the entry; also the slot of its `openTree`. */
  readonly index: number;
}

/**
 * `host`: trees that the host stage must open. `setup`: the mounts. `late`: what turns tmpfs and /dev read-only
 * once nothing is to be made in them any more.
 */
export interface MountPlan {
  readonly host: readonly Op[];
  readonly setup: readonly Op[];
  readonly late: readonly Op[];
}

export function planPropagation({ options, target, origin }: MountEntry): Op[] {
  return options.propagation.map((flags) => ({ op: 'propagation', stage: 'setup', origin, target, flags }));
}

/** A MountAttrs record (ops.ts). Propagation is set by an instruction of its own, after the mount. */
export function mountAttrs(attrs: { set?: number; clear?: number; recursiveSet?: number; recursiveClear?: number }): Uint8Array {
  return u64s(BigInt(attrs.set ?? 0), BigInt(attrs.clear ?? 0), BigInt(attrs.recursiveSet ?? 0), BigInt(attrs.recursiveClear ?? 0), 0n);
}
