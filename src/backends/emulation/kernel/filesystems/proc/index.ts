import { type FileSystem } from '../../../vfs/types.ts';
import { type PseudoDirectoryEntry, type PseudoEntry, pseudoFileSystem } from '../../../vfs/pseudo.ts';
import { errno } from '../../../errno.ts';
import type { KernelState } from '../../state.ts';
import { callerOf } from '../caller.ts';
import { isVisible, mayEnter, parseProcOptions, type ProcOptions } from './options.ts';
import { processDirectory } from './process-directory.ts';
import { sysctlTree } from './sysctl.ts';
import { SYSTEM_FILES } from './system.ts';

const PROC_SUPER_MAGIC = 0x9fa0;

/** proc(5). data: mount options hidepid, gid, subset. */
export function procFileSystem(kernel: KernelState, data: string): FileSystem {
  const options = parseProcOptions(data);
  const root: PseudoDirectoryEntry = {
    kind: 'directory',
    lookup: (name) => lookup(kernel, options, name),
    list: () => names(kernel, options),
  };
  return pseudoFileSystem({ type: 'proc', magic: PROC_SUPER_MAGIC, superOptions: ['rw', ...options.given].join(','), root });
}

const LINKS = ['self', 'thread-self'];

function* names(kernel: KernelState, options: ProcOptions): Generator<string> {
  yield* LINKS;
  if (!options.pidsOnly) yield* ['mounts', 'sys', ...Object.keys(SYSTEM_FILES)];
  for (const process of kernel.processes.values()) if (isVisible(kernel, options, process)) yield String(process.pid);
}

function lookup(kernel: KernelState, options: ProcOptions, name: string): PseudoEntry | undefined {
  if (/^[1-9][0-9]*$/.test(name)) {
    const process = kernel.processes.get(Number(name));
    if (process === undefined || !isVisible(kernel, options, process)) return undefined;
    const directory = processDirectory(process);
    return mayEnter(kernel, options, process) ? directory : { ...directory, mode: 0o500 };
  }
  if (options.pidsOnly && !LINKS.includes(name)) return undefined;
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
