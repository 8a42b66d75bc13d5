/** The imports that Asyncify must know: those at which a program can be suspended. */

const PREVIEW1 = [
  'fd_read',
  'fd_write',
  'fd_pread',
  'fd_pwrite',
  'path_open',
  'poll_oneoff',
  'sched_yield',
  'sock_accept',
  'sock_recv',
  'sock_send',
];

/** The calls that libc/include/tsrun/syscalls.h marks [suspends], and the one that never returns: `tsrun.NAME`. */
export function suspendingImports(header: string): string[] {
  const calls: string[] = [];
  // A comment belongs to the declaration right below it.
  for (const [, comment = '', name = ''] of header.matchAll(/(\/\*(?:[^*]|\*(?!\/))*\*\/)?\s*\nTSRUN_CALL\((\w+)\)/g))
    if (comment.includes('[suspends]')) calls.push(name);
  if (!calls.includes('proc_fork') || !calls.includes('stack_checkpoint'))
    throw new Error('syscalls.h: its [suspends] marks are not where they were');
  // stack_restore resumes elsewhere: its caller's stack is unwound too.
  calls.push('stack_restore');
  return [...PREVIEW1.map((name) => `wasi_snapshot_preview1.${name}`), ...calls.map((name) => `tsrun.${name}`)];
}
