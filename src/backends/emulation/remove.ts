/** End what is left of a container. Works on an intent too: then there is perhaps a process that has just been started. */
import { setTimeout as sleep } from 'node:timers/promises';
import { TsrunError } from '../../core/errors.ts';
import { ask } from './ask.ts';
import type { EmulationHandle } from './handle.ts';
import { isAlive, type ProcessIdentity } from './supervisor/identity.ts';
import { readStatus } from './supervisor/status-file.ts';

const POLL_MS = 5;
/** For a container to end by itself: its output may still have to go out. */
const NICELY_MS = 1000;
/** As runc: 10 s after SIGKILL. */
const PATIENCE_MS = 10_000;

export async function removeContainer(handle: EmulationHandle): Promise<void> {
  const record = readStatus(handle.stateDir);
  const supervisor: ProcessIdentity = handle.pid === 0 ? (record?.supervisor ?? handle) : handle;
  const ended = (): boolean => !isAlive(supervisor) || (isOurs(supervisor) && isOver(handle.stateDir));
  if (ended()) return;
  if (handle.pid !== 0 && (await endsByItself(handle, ended))) return;
  if (isOurs(supervisor)) throw new TsrunError('STATE_CONFLICT', 'container init still running');
  kill(supervisor.pid);
  if (!(await comesTrue(ended, PATIENCE_MS))) throw new TsrunError('STATE_CONFLICT', 'container init still running');
}

async function endsByItself(handle: EmulationHandle, ended: () => boolean): Promise<boolean> {
  try {
    await ask(handle, 'shutdown', null, NICELY_MS);
  } catch {
    return ended(); // it listens no more, or does not answer: a signal does not ask
  }
  return comesTrue(ended, NICELY_MS);
}

/** A create that is given up in this process has nothing that outlives it. */
function isOver(stateDir: string): boolean {
  const status = readStatus(stateDir)?.status;
  return status === 'stopped' || status === 'creating';
}

/** Of `run` in the foreground, or the library: the process lives on. */
const isOurs = ({ pid }: ProcessIdentity): boolean => pid === process.pid;

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') {
      throw new TsrunError('SYSTEM', `cannot end process ${pid}: ${(error as Error).message}`, { cause: error });
    }
  }
}

async function comesTrue(condition: () => boolean, limitMs: number): Promise<boolean> {
  for (const end = Date.now() + limitMs; Date.now() < end;) {
    if (condition()) return true;
    await sleep(POLL_MS);
  }
  return condition();
}
