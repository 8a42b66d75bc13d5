/** Which processes are in a cgroup, and signals to all of them. */
import { readdirSync } from 'node:fs';
import { TsrunError } from '../../../core/errors.ts';
import type { CgroupRecord } from '../../../plan/facts.ts';
import { isAlive } from '../proc.ts';
import { sleep } from '../sleep.ts';
import { hasFile, rawWrite, readCgroupFile, systemErrorCode, systemErrorText } from './files.ts';
import { freezeCgroup, isCgroupFrozen, thawCgroup } from './freezer.ts';
import { processDir } from './place.ts';

const SIGKILL = 9;
/** Rounds of killing without a freezer; each finds only what was forked since the one before. */
const KILL_ROUNDS = 100;

/** Pids of all processes in the container's cgroup and the cgroups below, as the caller's pid namespace sees them. */
export function cgroupProcesses(record: CgroupRecord): readonly number[] {
  const dir = processDir(record);
  return dir === undefined ? [] : processesBelow(dir);
}

export function isCgroupEmpty(record: CgroupRecord): boolean {
  return Object.values(record.dirs).every((dir) => processesBelow(dir).length === 0);
}

/** A cgroup that is gone has no processes. */
export function processesBelow(dir: string): readonly number[] {
  const found = new Set<number>();
  for (const each of [dir, ...cgroupsBelow(dir)]) {
    // 0 stands for a process outside our pid namespace: it cannot be signalled by number.
    for (const line of (readCgroupFile(each, 'cgroup.procs') ?? '').split('\n')) if (line !== '') found.add(Number(line));
  }
  return [...found];
}

/** Directories below a cgroup, parents first. */
export function cgroupsBelow(dir: string): readonly string[] {
  const found: string[] = [];
  for (const queue = [dir]; ;) {
    const next = queue.pop();
    if (next === undefined) return found;
    for (const name of directoriesIn(next)) {
      found.push(`${next}/${name}`);
      queue.push(`${next}/${name}`);
    }
  }
}

function directoriesIn(dir: string): readonly string[] {
  try {
    const entries = readdirSync(dir, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return [];
    throw error;
  }
}

/**
 * Sends `signal` to every process. SIGKILL uses cgroup.kill (v2, Linux 5.14), which no fork escapes. Otherwise the cgroup
 * is frozen first, so that the list is complete and no pid in it can be reused before the signal arrives; a container
 * that was paused stays paused unless it is being killed. Without a freezer the list is read again until it holds
 * nothing new; there a pid could in theory be reused between the read and the signal.
 */
export async function killCgroup(record: CgroupRecord, signal: number): Promise<void> {
  if (signal === SIGKILL && killByFile(record)) return;
  const wasFrozen = isCgroupFrozen(record);
  const frozen = wasFrozen || (await tryFreeze(record));
  try {
    const signalled = new Set<number>();
    for (let round = 0; round < KILL_ROUNDS; round++) {
      const pids = cgroupProcesses(record).filter((pid) => !signalled.has(pid));
      for (const pid of pids) {
        send(pid, signal);
        signalled.add(pid);
      }
      if (frozen || pids.length === 0) break;
    }
  } finally {
    if (!wasFrozen || signal === SIGKILL) await thawCgroup(record);
  }
}

/** True when it was done. */
function killByFile(record: CgroupRecord): boolean {
  const dir = record.dirs[''];
  if (dir === undefined || !hasFile(dir, 'cgroup.kill')) return false;
  // On a hybrid host a process may have been moved out of the v2 side alone.
  const others = cgroupProcesses({ ...record, dirs: Object.fromEntries(Object.entries(record.dirs).filter(([key]) => key !== '')) });
  const here = new Set(processesBelow(dir));
  if (others.some((pid) => !here.has(pid) && isAlive(pid))) return false;
  rawWrite(`${dir}/cgroup.kill`, '1');
  // A frozen v1 cgroup does not let its processes die.
  thawV1(record);
  return true;
}

function thawV1(record: CgroupRecord): void {
  const dir = Object.entries(record.dirs).find(([key]) => key.split(',').includes('freezer'))?.[1];
  if (dir !== undefined && hasFile(dir, 'freezer.state')) rawWrite(`${dir}/freezer.state`, 'THAWED');
}

async function tryFreeze(record: CgroupRecord): Promise<boolean> {
  try {
    await freezeCgroup(record);
    return true;
  } catch (error) {
    if (!(error instanceof TsrunError)) throw error;
    await sleep(1);
    return false; // no freezer, or a process that will not freeze (in a device driver): the rounds have to do
  }
}

function send(pid: number, signal: number): void {
  if (pid === 0) throw new TsrunError('SYSTEM', 'the container has a process outside of this pid namespace, which cannot be signalled');
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (systemErrorCode(error) === 'ESRCH') return; // ended meanwhile
    throw new TsrunError('SYSTEM', `cannot signal process ${pid}: ${systemErrorText(error)}`, { cause: error });
  }
}
