/**
 * The imports that may wait. A guest built with Asyncify must name them when it is instrumented
 * (`--pass-arg=asyncify-imports@…`); modules that we instrument at load, and JSPI, use the same list.
 */
const preview1 = ['fd_read', 'fd_write', 'path_open', 'poll_oneoff', 'proc_raise', 'sched_yield', 'sock_accept', 'sock_recv', 'sock_send'];
const tsrun = [
  'proc_fork',
  'proc_execve',
  'proc_wait',
  'proc_signal',
  'signal_mask',
  'signal_suspend',
  'sched_preempt',
  'fd_ioctl',
  'fd_poll',
  'path_openat',
  'stack_checkpoint',
  'stack_restore',
];
const wasix = ['proc_fork', 'proc_exec', 'proc_exec2', 'proc_exec3', 'proc_join', 'proc_signal', 'thread_sleep'];

export const SUSPENDING: ReadonlySet<string> = new Set([
  ...preview1.map((name) => `wasi_snapshot_preview1.${name}`),
  ...tsrun.map((name) => `tsrun.${name}`),
  ...[...preview1, ...wasix].map((name) => `wasix_32v1.${name}`),
]);
