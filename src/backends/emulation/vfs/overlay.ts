import { changesOf, type Change } from './changes.ts';
import type { Layer } from './layers/layer.ts';
import { stackLayers } from './layers/stack.ts';
import { TreeFileSystem } from './tree.ts';
import type { Quota } from './types.ts';

const OVERLAYFS_MAGIC = 0x794c7630;

export interface OverlayOptions {
  /** From the bottom up, at least one; shared with other overlays and never changed. */
  readonly layers: readonly Layer[];
  /** Of what is written: bytes that were copied up count, inodes that existed below do not. */
  readonly quota?: Quota;
}

/** A writable tree in memory over read-only layers. */
export class OverlayFileSystem extends TreeFileSystem {
  constructor({ layers, quota }: OverlayOptions) {
    // No lowerdir=: paths of the host are not the container's business.
    super({ type: 'overlay', magic: OVERLAYFS_MAGIC, superOptions: 'rw', quota }, stackLayers(layers));
  }

  /** What differs from the layers, by path. */
  changes(): Change[] {
    return changesOf(this.root);
  }
}

export function overlayFileSystem(options: OverlayOptions): OverlayFileSystem {
  return new OverlayFileSystem(options);
}
