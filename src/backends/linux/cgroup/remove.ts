/** Gives the cgroup directories back. */
import { rmdirSync } from 'node:fs';
import { TsrunError } from '../../../core/errors.ts';
import type { CgroupRecord } from '../../../plan/facts.ts';
import { sleep } from '../sleep.ts';
import { systemErrorCode, systemErrorText } from './files.ts';
import { cgroupsBelow } from './processes.ts';

/** A killed process keeps its cgroup busy until it is reaped and its last reference is dropped. */
const PATIENCE_MS = 5_000;

/**
 * Removes the directories that create made, and whatever the container made below them. Those that were there before
 * stay (runtime.md: delete only what create made), and so do parents: others may use them by now. Idempotent.
 */
export async function removeCgroup(record: CgroupRecord): Promise<void> {
  for (const [key, dir] of Object.entries(record.dirs)) {
    if (!record.existing?.includes(key)) await removeTree(dir);
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
