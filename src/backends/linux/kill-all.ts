/** `kill --all`: every process of the container. */
import { TsrunError } from '../../core/errors.ts';
import { killCgroup } from './cgroup/processes.ts';
import type { LinuxHandle } from './handle.ts';
import { signalByPidfd } from './signal.ts';

/**
 * Without a cgroup (disabled, or rootless without delegation) only the first process is known; its pid namespace
 * ends the others with it, when it has one.
 */
export async function killAll(handle: LinuxHandle, signal: number): Promise<void> {
  if (Object.keys(handle.cgroup.dirs).length > 0) return killCgroup(handle.cgroup, signal);
  if (!handle.ownPidNamespace) {
    throw new TsrunError(
      'CONFIG_UNSUPPORTED',
      'cannot signal all processes: the container has neither a cgroup nor a pid namespace of its own',
    );
  }
  await signalByPidfd(handle.pid, handle.startTime, signal);
}
