/** What a Linux container's first process is doing now. */
import type { Status } from '../backend.ts';
import { isCgroupFrozen } from './cgroup/freezer.ts';
import type { LinuxHandle } from './handle.ts';
import { readProcessStat } from './proc.ts';

/** A dying, dead or zombie first process is `stopped`: who reaps it may do so late. */
export function containerStatus(handle: LinuxHandle): Status {
  const stat = handle.pid === 0 ? undefined : readProcessStat(handle.pid);
  if (stat === undefined || stat.startTime !== handle.startTime || stat.exiting || stat.state === 'Z' || stat.state === 'X')
    return { status: 'stopped' };
  const { pid } = handle;
  if (isCgroupFrozen(handle.cgroup)) return { status: 'paused', pid };
  return { status: stat.executed ? 'running' : 'created', pid };
}
