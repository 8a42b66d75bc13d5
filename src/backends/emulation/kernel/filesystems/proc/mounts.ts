import { mountinfoText, mountsText } from '../../../vfs/mountinfo.ts';
import type { Proc } from '../../process.ts';

/** /proc/PID/mounts. */
export function mountsOf({ kernel, root }: Proc): string {
  return mountsText(kernel.vfs, root);
}

/** /proc/PID/mountinfo. */
export function mountInfoOf({ kernel, root }: Proc): string {
  return mountinfoText(kernel.vfs, root);
}
