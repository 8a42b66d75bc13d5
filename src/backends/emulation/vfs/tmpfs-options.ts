import { errno } from '../errno.ts';
import { MACHINE_MEMORY } from './container-memory.ts';
import type { MemoryOptions } from './memory.ts';
import { PAGE } from './space.ts';

const UNITS: Readonly<Record<string, number>> = { '': 1, k: 2 ** 10, m: 2 ** 20, g: 2 ** 30, t: 2 ** 40 };

/**
 * The options of tmpfs(5) in the data of mount(2): size, nr_blocks, nr_inodes, mode, uid, gid. A size may be a percentage
 * of the machine's memory. Throws EINVAL for what tmpfs does not know. What does not apply here (huge, mpol, inode64) is
 * accepted without an effect, as by a kernel without huge pages or NUMA.
 */
export function parseTmpfsOptions(data: string): MemoryOptions {
  let bytes: number | undefined;
  let inodes: number | undefined;
  const root: { mode?: number; uid?: number; gid?: number } = {};
  for (const option of data.split(',')) {
    const equals = option.indexOf('=');
    const name = equals < 0 ? option : option.slice(0, equals);
    const value = equals < 0 ? '' : option.slice(equals + 1);
    switch (name) {
      case '':
      case 'rw':
      case 'huge':
      case 'mpol':
      case 'inode32':
      case 'inode64':
        break;
      case 'size':
        bytes = value.endsWith('%') ? Math.floor((MACHINE_MEMORY * number(value.slice(0, -1), 10)) / 100) : units(value);
        bytes = bytes === 0 ? undefined : Math.ceil(bytes / PAGE) * PAGE;
        break;
      case 'nr_blocks':
        bytes = units(value) === 0 ? undefined : units(value) * PAGE;
        break;
      case 'nr_inodes':
        inodes = units(value) === 0 ? undefined : units(value);
        break;
      case 'mode':
        root.mode = number(value, 8) & 0o7777;
        break;
      case 'uid':
      case 'gid':
        root[name] = number(value, 10);
        break;
      default:
        throw errno('EINVAL');
    }
  }
  return { ...root, quota: { ...(bytes !== undefined && { bytes }), ...(inodes !== undefined && { inodes }) } };
}

function number(text: string, radix: 8 | 10): number {
  if (!(radix === 8 ? /^[0-7]+$/ : /^\d+$/).test(text)) throw errno('EINVAL');
  return Number.parseInt(text, radix);
}

function units(text: string): number {
  const match = /^(\d+)([kmgt]?)$/i.exec(text);
  if (match === null) throw errno('EINVAL');
  return Number(match[1]) * (UNITS[(match[2] ?? '').toLowerCase()] ?? 1);
}
