/** File systems by the name that a config gives them, with their options. */
import { errno } from '../errno.ts';
import { createFileSystem } from '../kernel/filesystems/index.ts';
import { KernelState } from '../kernel/state.ts';
import { memoryFileSystem } from '../vfs/index.ts';
import type { FileSystem } from '../vfs/types.ts';
import type { World } from './world.ts';

/** Throws Errno: ENODEV for a type that there is not, EINVAL for a bad option. */
export function makeFileSystem({ kernel }: World, type: string, data: string): FileSystem {
  if (type === 'tmpfs' || type === 'ramfs') return memory(type, data);
  if (!(kernel instanceof KernelState)) throw errno('ENODEV');
  return createFileSystem(kernel, type === 'cgroup' ? 'cgroup2' : type, data);
}

/** tmpfs(5); what chooses huge pages and memory nodes changes nothing here. */
function memory(type: string, data: string): FileSystem {
  let mode = 0o1777;
  let uid = 0;
  let gid = 0;
  const quota: { bytes?: number; inodes?: number } = {};
  for (const option of data.split(',').filter((text) => text !== '')) {
    const [name = '', value = ''] = option.split('=', 2);
    if (name === 'mode') mode = number(value, 8);
    else if (name === 'uid') uid = number(value, 10);
    else if (name === 'gid') gid = number(value, 10);
    else if (name === 'size') limit(quota, 'bytes', value, 1);
    else if (name === 'nr_blocks') limit(quota, 'bytes', value, 4096);
    else if (name === 'nr_inodes') limit(quota, 'inodes', value, 1);
    else if (!['huge', 'mpol', 'noswap', 'inode32', 'inode64'].includes(name)) throw errno('EINVAL');
  }
  return memoryFileSystem({ type, mode, uid, gid, quota });
}

function number(text: string, radix: 8 | 10): number {
  if (!(radix === 8 ? /^[0-7]{1,5}$/ : /^[0-9]{1,10}$/).test(text)) throw errno('EINVAL');
  return Number.parseInt(text, radix);
}

/** 0: no limit. So is a share of the machine's memory, which the emulated kernel has not. */
function limit(quota: { bytes?: number; inodes?: number }, what: 'bytes' | 'inodes', text: string, unit: number): void {
  if (what === 'bytes' && /^[0-9]{1,3}%$/.test(text)) return;
  const [, digits, suffix = ''] = /^([0-9]{1,15})([kmg]?)$/i.exec(text) ?? [];
  if (digits === undefined) throw errno('EINVAL');
  const value = Number(digits) * unit * 1024 ** '_kmg'.indexOf(suffix === '' ? '_' : suffix.toLowerCase());
  if (value > 0) quota[what] = value;
}
