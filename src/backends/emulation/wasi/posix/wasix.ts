import type { ImportTable } from '../imports.ts';
import * as descriptors from './descriptors.ts';
import * as paths from './paths.ts';
import * as processes from './processes.ts';

/** The import module `wasix_32v1`: the calls that have the same signature as ours. */
export const wasix: ImportTable = {
  proc_fork: processes.proc_fork,
  proc_id: processes.proc_id,
  proc_parent: processes.proc_parent,
  fd_dup: descriptors.fd_dup,
  fd_pipe: descriptors.fd_pipe,
  chdir: paths.chdir,
  getcwd: paths.getcwd,
};
