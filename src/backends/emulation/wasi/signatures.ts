/** Types that the imports have; all parameters are i32 and the result is one i32 where nothing is said here. */
import type { Signature } from './binary/types.ts';
import type { Callable } from './imports.ts';

/** Positions of i64 parameters. */
export const WIDE: Readonly<Record<string, readonly number[]>> = {
  clock_time_get: [1],
  fd_advise: [1, 2],
  fd_allocate: [1, 2],
  fd_fdstat_set_rights: [1, 2],
  fd_filestat_set_size: [1],
  fd_filestat_set_times: [1, 2],
  fd_pread: [3],
  fd_pwrite: [3],
  fd_readdir: [3],
  fd_seek: [1],
  path_filestat_set_times: [4, 5],
  path_open: [5, 6],
  signal_action: [3],
  timer_set: [0, 1],
  fd_poll: [2],
  path_mknod: [4],
  path_utimens: [3, 4],
  sys_mount: [3],
  thread_sleep: [0],
};
const NO_RESULT = new Set(['proc_exit', 'stack_restore', 'proc_exec', 'proc_exec2']);

/** A call with numbers of another kind would throw a TypeError in the host: such an import is not bound to the function. */
export function hasSignature(name: string, call: Callable, actual: Signature): boolean {
  const wide = WIDE[name] ?? [];
  const parameters = Array.from({ length: call.length - 1 }, (_, index) => (wide.includes(index) ? 'I' : 'i')).join('');
  return actual === `${parameters}:${NO_RESULT.has(name) ? '' : 'i'}`;
}
