/** Gives the cgroup directories back. */
import { rmdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { TsrunError } from '../../../core/errors.ts';
import type { CgroupRecord } from '../../../plan/facts.ts';
import { systemErrorCode, systemErrorText } from './files.ts';
import { cgroupsBelow } from './processes.ts';
import { DEFAULT_PARENT } from './place.ts';

/** A killed process keeps its cgroup busy until it is reaped and its last reference is dropped. */
const PATIENCE_MS = 5_000;

/**
 * Removes the directories that create made, and whatever the container made below them. Those that were there before
 * stay (runtime.md: delete only what create made). Idempotent.
 */
export async function removeCgroup(record: CgroupRecord): Promise<void> {
  for (const [key, dir] of Object.entries(record.dirs)) {
    if (!record.existing?.includes(key)) await removeTree(dir);
  }
  removeDefaultParents(record);
}

/**
 * The parent that containers without cgroupsPath share (resolve.ts) goes with the last of them. It is known by its name:
 * whose create made it says nothing, since others came to use it. That others do is no error, nor that it went with
 * theirs, nor that somebody with more rights made it; a create that loses it makes it again.
 */
export function removeDefaultParents({ path, dirs, existing }: CgroupRecord): void {
  if (dirname(path) !== DEFAULT_PARENT) return;
  for (const [key, dir] of Object.entries(dirs)) {
    if (existing?.includes(key)) continue;
    try {
      rmdirSync(dirname(dir));
    } catch (error) {
      if (!['EBUSY', 'ENOTEMPTY', 'ENOENT', 'EACCES', 'EPERM'].includes(systemErrorCode(error) ?? '')) {
        throw new TsrunError('SYSTEM', `unable to remove cgroup ${dirname(dir)}: ${systemErrorText(error)}`, { cause: error });
      }
    }
  }
}

async function removeTree(dir: string): Promise<void> {
  for (let [pause, end] = [1, Date.now() + PATIENCE_MS]; ; pause = Math.min(pause * 2, 50)) {
    // Most have nothing below. Listed anew for each try: until its last process is gone the container may still make some.
    const error = removeOnce([dir]) && removeOnce([...cgroupsBelow(dir).toReversed(), dir]);
    if (error === undefined) return;
    if (systemErrorCode(error) !== 'EBUSY' || Date.now() > end) {
      throw new TsrunError('SYSTEM', `unable to remove cgroup ${dir}: ${systemErrorText(error)}`, { cause: error });
    }
    await sleep(pause);
  }
}

function removeOnce(dirs: readonly string[]): unknown {
  for (const dir of dirs) {
    try {
      rmdirSync(dir);
    } catch (error) {
      if (systemErrorCode(error) !== 'ENOENT') return error;
    }
  }
  return undefined;
}
