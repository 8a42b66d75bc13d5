import { errno } from '../../errno.ts';
import { pseudoFileSystem } from '../../vfs/pseudo.ts';
import type { FileSystem } from '../../vfs/types.ts';
import type { KernelState } from '../state.ts';
import { cgroupFileSystem } from './cgroup.ts';
import { devptsFileSystem } from './devpts.ts';
import { procFileSystem } from './proc/index.ts';
import { sysFileSystem } from './sysfs.ts';

const MQUEUE_MAGIC = 0x19800202;

/**
 * A new file system of a type that the kernel provides: proc, sysfs, devpts, cgroup2, mqueue (tmpfs is the VFS's). data: mount
 * options, comma-separated. ENODEV for other types, EINVAL for options that the type does not have.
 */
export function createFileSystem(kernel: KernelState, type: string, data: string): FileSystem {
  switch (type) {
    case 'proc':
      return procFileSystem(kernel, data);
    case 'sysfs':
      return sysFileSystem(options(data, []));
    case 'cgroup2':
      return cgroupFileSystem(kernel, options(data, CGROUP_OPTIONS));
    case 'devpts':
      return devptsFileSystem(kernel, data);
    case 'mqueue':
      return pseudoFileSystem({ type, magic: MQUEUE_MAGIC, superOptions: options(data, []), root: { kind: 'directory', mode: 0o1777 } });
    default:
      throw errno('ENODEV');
  }
}

/** What changes the delegation of a cgroup tree, of which there is one node here. */
const CGROUP_OPTIONS = ['nsdelegate', 'favordynmods', 'memory_localevents', 'memory_recursiveprot'];

function options(data: string, known: readonly string[]): string {
  const given = data.split(',').filter((text) => text !== '' && text !== 'rw');
  if (given.some((option) => !known.includes(option))) throw errno('EINVAL');
  return ['rw', ...given].join(',');
}
