/**
 * Cgroups of a container, one interface over v1, hybrid and v2. A CgroupRecord, kept in the container's state, says
 * where the directories are; every function works from it alone, since each command is another process.
 *
 *   resolveCgroup → (record is written down) → createCgroup → applyResources → … → removeCgroup
 */
export { createCgroup } from './create.ts';
export { freezeCgroup, isCgroupFrozen, thawCgroup } from './freezer.ts';
export { applyPidsLimit } from './pids.ts';
export { oomDirectory } from './place.ts';
export { cgroupProcesses, isCgroupEmpty, killCgroup } from './processes.ts';
export { removeCgroup } from './remove.ts';
export { resolveCgroup } from './resolve.ts';
export { applyResources, updateResources } from './resources.ts';
