import { type FileSystem } from '../../../vfs/types.ts';
import { type PseudoDirectoryEntry, type PseudoEntry, pseudoFileSystem } from '../../../vfs/pseudo.ts';
import { errno } from '../../../errno.ts';
import type { KernelState } from '../../state.ts';
import { callerOf } from '../caller.ts';
import { processDirectory } from './process-directory.ts';
import { sysctlTree } from './sysctl.ts';
import { SYSTEM_FILES } from './system.ts';

const PROC_SUPER_MAGIC = 0x9fa0;

/** proc(5). superOptions: as the mount gave them; nothing in them changes what is shown. */
export function procFileSystem(kernel: KernelState, superOptions: string): FileSystem {
  return pseudoFileSystem({ type: 'proc', magic: PROC_SUPER_MAGIC, superOptions, root: rootOf(kernel) });
}

function rootOf(kernel: KernelState): PseudoDirectoryEntry {
  return { kind: 'directory', lookup: (name) => lookup(kernel, name), list: () => names(kernel) };
}

function* names(kernel: KernelState): Generator<string> {
  yield* ['self', 'thread-self', 'mounts', 'sys', ...Object.keys(SYSTEM_FILES)];
  for (const pid of kernel.processes.keys()) yield String(pid);
}

function lookup(kernel: KernelState, name: string): PseudoEntry | undefined {
  if (/^[1-9][0-9]*$/.test(name)) {
    const process = kernel.processes.get(Number(name));
    return process === undefined ? undefined : processDirectory(process);
  }
  if (name === 'self') return { kind: 'link', target: () => String(callerPid(kernel)) };
  if (name === 'thread-self') return { kind: 'link', target: () => `${callerPid(kernel)}/task/${callerPid(kernel)}` };
  if (name === 'mounts') return { kind: 'link', target: () => 'self/mounts' };
  if (name === 'sys') return sysctlTree(kernel);
  const read = Object.hasOwn(SYSTEM_FILES, name) ? SYSTEM_FILES[name] : undefined;
  return read === undefined ? undefined : { kind: 'file', read: () => read(kernel) };
}

/** The host is no process of this pid namespace. */
function callerPid(kernel: KernelState): number {
  const caller = callerOf(kernel);
  if (caller === undefined) throw errno('ENOENT');
  return caller.pid;
}
