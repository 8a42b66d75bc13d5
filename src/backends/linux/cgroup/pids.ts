/** linux.resources.pids */
import type { LinuxResources } from '../../../oci/spec.ts';
import type { CgroupRecord } from '../../../plan/facts.ts';
import { decimal, writeCgroupFile } from './files.ts';
import { needPlace } from './place.ts';

/** While create is going on, tsrun-helper and hooks are in the cgroup beside the container's own process. */
const ROOM_FOR_CREATE = 16;

/**
 * Negative: no limit; 0: no process may be forked. `creating` never goes below what create itself needs;
 * applyPidsLimit sets the exact number afterwards.
 */
export function applyPids(record: CgroupRecord, limit: number, creating: boolean): void {
  const pointer = '/linux/resources/pids/limit';
  const { dir } = needPlace(record, 'pids', pointer);
  const value = limit < 0 ? 'max' : decimal(creating ? Math.max(limit, ROOM_FOR_CREATE) : limit);
  writeCgroupFile({ dir, file: 'pids.max', value, pointer });
}

/** To be called once the container's first process waits for start: a limit smaller than create needed. */
export function applyPidsLimit(record: CgroupRecord, resources: LinuxResources): void {
  const limit = resources.pids?.limit;
  if (limit === undefined || limit < 0 || limit >= ROOM_FOR_CREATE || record.manager === 'disabled') return;
  applyPids(record, limit, false);
}
