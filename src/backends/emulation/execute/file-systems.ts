/** File systems by the name that a config gives them, with their options. */
import { errno } from '../errno.ts';
import { createFileSystem } from '../kernel/filesystems/index.ts';
import { KernelState } from '../kernel/state.ts';
import { memoryFileSystem, parseTmpfsOptions } from '../vfs/index.ts';
import type { FileSystem } from '../vfs/types.ts';
import type { World } from './world.ts';

/** Throws Errno: ENODEV for a type that there is not, EINVAL for a bad option. */
export function makeFileSystem({ kernel }: World, type: string, data: string): FileSystem {
  if (type === 'tmpfs' || type === 'ramfs') return memoryFileSystem({ type, ...parseTmpfsOptions(data) });
  // Files stand for its queues; there is no mq_open in WASI.
  if (type === 'mqueue') return memoryFileSystem({ type, mode: 0o1777 });
  if (!(kernel instanceof KernelState)) throw errno('ENODEV');
  return createFileSystem(kernel, type === 'cgroup' ? 'cgroup2' : type, data);
}
