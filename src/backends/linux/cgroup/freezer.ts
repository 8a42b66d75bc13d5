/** Pause and resume: freezer.state (v1), cgroup.freeze (v2). On hybrid hosts the v1 freezer is the one in use. */
import { TsrunError } from '../../../core/errors.ts';
import type { CgroupRecord } from '../../../plan/facts.ts';
import { sleep } from '../sleep.ts';
import { hasFile, readCgroupFile, writeCgroupFile } from './files.ts';
import { findV1, type Place } from './place.ts';

const PATIENCE_MS = 10_000;
/** v1: a task that forks while freezing can keep the cgroup FREEZING for ever; thawing for a moment lets it go on. */
const THAW_EVERY = 50;

function freezerPlace(record: CgroupRecord): Place | undefined {
  const v1 = findV1(record, 'freezer');
  if (v1 !== undefined) return { version: 1, dir: v1 };
  const dir = record.dirs[''];
  return dir === undefined ? undefined : { version: 2, dir };
}

/** Its own state alone: v1 FREEZING counts as frozen, as in runc. */
export function isCgroupFrozen(record: CgroupRecord): boolean {
  const place = freezerPlace(record);
  if (place === undefined) return false;
  if (place.version === 2) return readCgroupFile(place.dir, 'cgroup.freeze') === '1';
  const state = readCgroupFile(place.dir, 'freezer.state');
  // A frozen parent makes FROZEN here too, and cannot be thawed from here.
  return state !== undefined && state !== 'THAWED' && readCgroupFile(place.dir, 'freezer.self_freezing') !== '0';
}

/** Resolves once every process stands still. */
export async function freezeCgroup(record: CgroupRecord): Promise<void> {
  const { version, dir } = usablePlace(record);
  if (version === 2) {
    write(dir, 'cgroup.freeze', '1');
    for (const end = Date.now() + PATIENCE_MS; ; await sleep(1)) {
      if (/^frozen 1$/m.test(readCgroupFile(dir, 'cgroup.events') ?? '')) return;
      if (Date.now() > end) return await giveUp(record);
    }
  }
  for (let [tries, end] = [1, Date.now() + PATIENCE_MS]; ; tries++) {
    // Written anew each time: the kernel then looks again at the tasks that were not freezable.
    write(dir, 'freezer.state', 'FROZEN');
    if (readCgroupFile(dir, 'freezer.state') === 'FROZEN') return;
    if (Date.now() > end) return await giveUp(record);
    await sleep(1);
    if (readCgroupFile(dir, 'freezer.state') === 'FROZEN') return;
    if (tries % THAW_EVERY === 0) {
      write(dir, 'freezer.state', 'THAWED');
      await sleep(1);
    }
  }
}

async function giveUp(record: CgroupRecord): Promise<never> {
  await thawCgroup(record);
  throw new TsrunError('SYSTEM', 'unable to freeze: a process of the container does not stop');
}

/** No freezer or no cgroup any more: nothing is frozen. */
export async function thawCgroup(record: CgroupRecord): Promise<void> {
  const place = freezerPlace(record);
  if (place === undefined) return;
  const [file, value] = place.version === 2 ? ['cgroup.freeze', '0'] : ['freezer.state', 'THAWED'];
  if (!hasFile(place.dir, file)) return;
  write(place.dir, file, value);
  if (place.version === 1) return;
  for (const end = Date.now() + PATIENCE_MS; /^frozen 1$/m.test(readCgroupFile(place.dir, 'cgroup.events') ?? ''); await sleep(1)) {
    if (Date.now() > end) throw new TsrunError('SYSTEM', 'unable to thaw: a cgroup above the container is frozen');
  }
}

function usablePlace(record: CgroupRecord): Place {
  const place = freezerPlace(record);
  if (place === undefined) throw new TsrunError('CONFIG_UNSUPPORTED', 'unable to freeze: the container has no cgroup with a freezer');
  if (!hasFile(place.dir, place.version === 2 ? 'cgroup.freeze' : 'freezer.state')) {
    throw new TsrunError('SYSTEM', `unable to freeze: cgroup not exist: ${place.dir}`);
  }
  return place;
}

function write(dir: string, file: string, value: string): void {
  writeCgroupFile({ dir, file, value, pointer: '' });
}
