import { describe, expect, it } from 'vitest';
import type { Callable } from './imports.ts';
import { preview1 } from './preview1/index.ts';
import { hasSignature } from './signatures.ts';

/** Parameters as wasi_snapshot_preview1.witx lowers them, written down apart from what we bind. */
const WITX: Readonly<Record<string, string>> = {
  args_get: 'ii',
  args_sizes_get: 'ii',
  clock_res_get: 'ii',
  clock_time_get: 'iIi',
  environ_get: 'ii',
  environ_sizes_get: 'ii',
  fd_advise: 'iIIi',
  fd_allocate: 'iII',
  fd_close: 'i',
  fd_datasync: 'i',
  fd_fdstat_get: 'ii',
  fd_fdstat_set_flags: 'ii',
  fd_fdstat_set_rights: 'iII',
  fd_filestat_get: 'ii',
  fd_filestat_set_size: 'iI',
  fd_filestat_set_times: 'iIIi',
  fd_pread: 'iiiIi',
  fd_prestat_dir_name: 'iii',
  fd_prestat_get: 'ii',
  fd_pwrite: 'iiiIi',
  fd_read: 'iiii',
  fd_readdir: 'iiiIi',
  fd_renumber: 'ii',
  fd_seek: 'iIii',
  fd_sync: 'i',
  fd_tell: 'ii',
  fd_write: 'iiii',
  path_create_directory: 'iii',
  path_filestat_get: 'iiiii',
  path_filestat_set_times: 'iiiiIIi',
  path_link: 'iiiiiii',
  path_open: 'iiiiiIIii',
  path_readlink: 'iiiiii',
  path_remove_directory: 'iii',
  path_rename: 'iiiiii',
  path_symlink: 'iiiii',
  path_unlink_file: 'iii',
  poll_oneoff: 'iiii',
  proc_exit: 'i',
  proc_raise: 'i',
  random_get: 'ii',
  sched_yield: '',
  sock_accept: 'iii',
  sock_recv: 'iiiiii',
  sock_send: 'iiiii',
  sock_shutdown: 'ii',
};

describe('signatures of preview1', () => {
  it.each(Object.entries(WITX))('%s(%s)', (name, parameters) => {
    const call = preview1[name];
    expect(call).toBeDefined();
    expect(hasSignature(name, call as Callable, `${parameters}:${name === 'proc_exit' ? '' : 'i'}`)).toBe(true);
  });

  it('is not fulfilled by parameters of another kind', () => {
    expect(hasSignature('fd_seek', preview1['fd_seek'] as Callable, 'iiii:i')).toBe(false);
  });
});
