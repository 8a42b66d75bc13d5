import { lstatSync, mkdirSync, readdirSync, renameSync, rmSync, rmdirSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemError } from './atomic-file.ts';
import { TsrunError } from './errors.ts';
import { isAlive, ownProcessId } from './process-id.ts';

/**
 * One lock per container: the directory `lock` in its state directory, which holds one file named for the owner.
 *
 * It is taken by renaming a prepared directory onto it, which succeeds only where there is none or an empty one, so
 * a lock is never seen without its owner. A dead owner's lock is emptied by the *name* of that owner: whoever comes
 * second removes nothing, so two thieves cannot rob each other, and kill -9 at any moment blocks nobody.
 */
interface Lock {
  release(): void;
}

const WAIT_MS = 12_000; // longer than delete's wait for the first process
let serial = 0;

/** Does `work` as the container's only worker. Errors as lockContainer, and those of `work`. */
export async function withLock<T>(dir: string, work: () => Promise<T>, waitMs: number = WAIT_MS): Promise<T> {
  const lock = await lockContainer(dir, waitMs);
  try {
    return await work();
  } finally {
    lock.release();
  }
}

/** As withLock, but where the file system has no room for a lock, without one: a full disk must not keep a container alive. */
export async function withLockIfPossible<T>(dir: string, work: () => Promise<T>): Promise<T> {
  let locked = false;
  const noticed = (): Promise<T> => {
    locked = true;
    return work();
  };
  try {
    return await withLock(dir, noticed);
  } catch (error) {
    const { code } = ((error as Error).cause ?? {}) as NodeJS.ErrnoException;
    if (locked || !['ENOSPC', 'EDQUOT', 'EROFS'].includes(code ?? '')) throw error;
    return work();
  }
}

/** Waits for a live owner; STATE_CONFLICT after `waitMs`. NOT_FOUND if the container goes meanwhile. */
async function lockContainer(dir: string, waitMs: number): Promise<Lock> {
  const { pid, startTime } = ownProcessId();
  const me = `${pid}.${startTime}.${serial++}`;
  const lock = join(dir, 'lock');
  const prepared = join(dir, `lock.${me}`);
  const deadline = Date.now() + waitMs;
  // Planted in a root that others may write to: nothing is made where it leads.
  if (lstatSync(dir, { throwIfNoEntry: false })?.isSymbolicLink() === true)
    throw new TsrunError('STATE_CORRUPT', `${dir} is a symbolic link, not the state of a container`, { hint: 'remove it' });
  try {
    mkdirSync(prepared, 0o700);
    writeFileSync(join(prepared, me), '');
    for (let pause = 1; !tryRename(prepared, lock); pause = Math.min(pause * 2, 50)) {
      const owner = ownerOf(lock);
      if (owner === undefined) continue;
      if (!isAlive(owner)) {
        tolerate(() => unlinkSync(join(lock, owner.name)), 'ENOENT');
        continue;
      }
      if (Date.now() > deadline) {
        rmSync(prepared, { recursive: true, force: true });
        throw new TsrunError('STATE_CONFLICT', `container is locked by process ${owner.pid}`, { hint: 'another command is at work on it' });
      }
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw new TsrunError('NOT_FOUND', 'container does not exist', { cause: error });
    throw systemError(`locking ${dir}`, error);
  }
  return {
    release() {
      tolerate(() => unlinkSync(join(lock, me)), 'ENOENT'); // gone with the container
      tolerate(() => rmdirSync(lock), 'ENOENT', 'ENOTEMPTY', 'EEXIST'); // or already another's
    },
  };
}

function tryRename(from: string, to: string): boolean {
  return tolerate(() => renameSync(from, to), 'ENOTEMPTY', 'EEXIST');
}

function ownerOf(lock: string): { readonly name: string; readonly pid: number; readonly startTime: string } | undefined {
  let names: string[] = [];
  tolerate(() => (names = readdirSync(lock)), 'ENOENT');
  const name = names[0];
  if (name === undefined) return undefined;
  const [pid, startTime] = name.split('.');
  return { name, pid: Number(pid), startTime: startTime ?? '' };
}

/** False where `work` failed with one of these. */
function tolerate(work: () => void, ...codes: readonly string[]): boolean {
  try {
    work();
    return true;
  } catch (error) {
    if (codes.includes((error as NodeJS.ErrnoException).code ?? '')) return false;
    throw error;
  }
}
