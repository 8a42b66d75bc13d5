/** The import module `wasi_snapshot_preview1`: all 46 functions. */
import * as argsEnv from './args-env.ts';
import * as clock from './clock.ts';
import * as fd from './fd.ts';
import * as io from './io.ts';
import * as path from './path.ts';
import { poll_oneoff } from './poll.ts';
import * as proc from './proc.ts';
import { random_get } from './random.ts';
import { fd_readdir } from './readdir.ts';
import * as sock from './sock.ts';
import type { ImportTable } from '../imports.ts';

export const preview1: ImportTable = {
  args_get: argsEnv.args_get,
  args_sizes_get: argsEnv.args_sizes_get,
  environ_get: argsEnv.environ_get,
  environ_sizes_get: argsEnv.environ_sizes_get,
  clock_res_get: clock.clock_res_get,
  clock_time_get: clock.clock_time_get,
  fd_advise: fd.fd_advise,
  fd_allocate: fd.fd_allocate,
  fd_close: fd.fd_close,
  fd_datasync: fd.fd_datasync,
  fd_fdstat_get: fd.fd_fdstat_get,
  fd_fdstat_set_flags: fd.fd_fdstat_set_flags,
  fd_fdstat_set_rights: fd.fd_fdstat_set_rights,
  fd_filestat_get: fd.fd_filestat_get,
  fd_filestat_set_size: fd.fd_filestat_set_size,
  fd_filestat_set_times: fd.fd_filestat_set_times,
  fd_pread: io.fd_pread,
  fd_prestat_get: fd.fd_prestat_get,
  fd_prestat_dir_name: fd.fd_prestat_dir_name,
  fd_pwrite: io.fd_pwrite,
  fd_read: io.fd_read,
  fd_readdir,
  fd_renumber: fd.fd_renumber,
  fd_seek: fd.fd_seek,
  fd_sync: fd.fd_sync,
  fd_tell: fd.fd_tell,
  fd_write: io.fd_write,
  path_create_directory: path.path_create_directory,
  path_filestat_get: path.path_filestat_get,
  path_filestat_set_times: path.path_filestat_set_times,
  path_link: path.path_link,
  path_open: path.path_open,
  path_readlink: path.path_readlink,
  path_remove_directory: path.path_remove_directory,
  path_rename: path.path_rename,
  path_symlink: path.path_symlink,
  path_unlink_file: path.path_unlink_file,
  poll_oneoff,
  proc_exit: proc.proc_exit,
  proc_raise: proc.proc_raise,
  random_get,
  sched_yield: proc.sched_yield,
  sock_accept: sock.sock_accept,
  sock_recv: sock.sock_recv,
  sock_send: sock.sock_send,
  sock_shutdown: sock.sock_shutdown,
};
