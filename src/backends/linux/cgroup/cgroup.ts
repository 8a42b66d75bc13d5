/**
 * Cgroups of a container, one interface over v1, hybrid and v2. A CgroupRecord, kept in the container's state, says
 * where the directories are; every function works from it alone, since each command is another process.
 *
 *   resolveCgroup → (record is written down) → createCgroup → applyResources → … → removeCgroup
 */
import type { CgroupRecord } from '../../../plan/facts.ts';
import { findPlace } from './place.ts';

export { createCgroup } from './create.ts';
export { freezeCgroup, isCgroupFrozen, thawCgroup } from './freezer.ts';
export { applyPidsLimit } from './pids.ts';
export { cgroupProcesses, isCgroupEmpty, killCgroup } from './processes.ts';
export { removeCgroup } from './remove.ts';
export { resolveCgroup } from './resolve.ts';
export { applyResources, updateResources } from './resources.ts';

/** Where OOM kills are announced: memory.oom_control with an eventfd (v1), memory.events (v2). */
export function oomDirectory(record: CgroupRecord): { readonly dir: string; readonly version: 'v1' | 'v2' } | undefined {
  const place = findPlace(record, 'memory');
  return place && { dir: place.dir, version: place.version === 1 ? 'v1' : 'v2' };
}
