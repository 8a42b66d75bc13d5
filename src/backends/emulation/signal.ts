/** Signals to the first process of a container, or to all. */
import { TsrunError } from '../../core/errors.ts';
import { ask } from './ask.ts';
import type { EmulationHandle } from './handle.ts';
import { isAlive } from './supervisor/identity.ts';

const SIGKILL = 9;
/** How long a SIGKILL may take before it is sent to the process that runs the container. */
const PATIENCE_MS = 500;

/** Nobody left to signal is what `kill --all` of a stopped container finds. */
export async function signalAll(handle: EmulationHandle, signal: number): Promise<void> {
  try {
    await signalContainer(handle, signal, true);
  } catch (error) {
    if (!(error instanceof TsrunError && error.message === 'container not running')) throw error;
  }
}

/** Rejects with STATE_CONFLICT `container not running` when there is nobody to get it. SIGKILL always works. */
export async function signalContainer(handle: EmulationHandle, signal: number, all = false): Promise<void> {
  if (signal !== SIGKILL) {
    await ask(handle, 'signal', { signal, all });
    return;
  }
  try {
    await ask(handle, 'signal', { signal, all }, PATIENCE_MS);
  } catch (error) {
    if (!isAlive(handle) || handle.pid === process.pid) throw error;
    if (error instanceof TsrunError && error.message === 'container not running' && !(await stillThere(handle))) throw error;
    process.kill(handle.pid, 'SIGKILL');
  }
}

/** The container has ended, and its process is about to follow. */
async function stillThere(handle: EmulationHandle): Promise<boolean> {
  for (let waited = 0; waited < PATIENCE_MS; waited += 10) {
    if (!isAlive(handle)) return false;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return true;
}
