/** Which directory of a container's cgroup a controller's files are in. */
import type { CgroupRecord } from '../../../plan/facts.ts';
import { TsrunError } from '../../../core/errors.ts';
import { readCgroupFile } from './files.ts';

export interface Place {
  readonly version: 1 | 2;
  readonly dir: string;
}

/** v1 first; on a hybrid host a controller may be on the v2 side instead. */
export function findPlace(record: CgroupRecord, controller: string): Place | undefined {
  for (const [key, dir] of Object.entries(record.dirs)) {
    if (key !== '' && key.split(',').includes(controller)) return { version: 1, dir };
  }
  const dir = record.dirs[''];
  if (dir === undefined) return undefined;
  const controllers = readCgroupFile(dir, 'cgroup.controllers')?.split(' ');
  return controllers?.includes(controller) ? { version: 2, dir } : undefined;
}

/** Throws in runc's words when the limit cannot be set because the controller is not there for this container. */
export function needPlace(record: CgroupRecord, controller: string, pointer: string): Place {
  const place = findPlace(record, controller);
  if (place !== undefined) return place;
  if (Object.keys(record.dirs).length === 0) {
    throw new TsrunError('CONFIG_UNSUPPORTED', `cannot set ${controller} limit: container could not join or create cgroup`, {
      pointer,
      hint: 'tsrun may not write to this host’s cgroups; run it as root or in a delegated cgroup, or leave the limit out',
    });
  }
  throw new TsrunError(
    'CONFIG_UNSUPPORTED',
    `cannot set ${controller} limit: the ${controller} controller is not available to ${record.path}`,
    {
      pointer,
      hint:
        record.dirs[''] === undefined
          ? `mount the ${controller} cgroup hierarchy`
          : `enable it in cgroup.subtree_control of every cgroup above, or mount the ${controller} cgroup hierarchy`,
    },
  );
}

/** A place to look for processes: the one hierarchy that is surest to hold them all. */
export function processDir(record: CgroupRecord): string | undefined {
  return record.dirs[''] ?? findV1(record, 'freezer') ?? findV1(record, 'pids') ?? Object.values(record.dirs)[0];
}

export function findV1(record: CgroupRecord, controller: string): string | undefined {
  return Object.entries(record.dirs).find(([key]) => key.split(',').includes(controller))?.[1];
}

/** Where OOM kills are announced: memory.oom_control with an eventfd (v1), memory.events (v2). */
export function oomDirectory(record: CgroupRecord): { readonly dir: string; readonly version: 'v1' | 'v2' } | undefined {
  const place = findPlace(record, 'memory');
  return place && { dir: place.dir, version: place.version === 1 ? 'v1' : 'v2' };
}
