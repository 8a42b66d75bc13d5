import { TsrunError } from '../../core/errors.ts';
import type { ProcessInfo } from '../backend.ts';
import { ask } from './ask.ts';
import type { EmulationHandle } from './handle.ts';

/** Pids as in the container: the host has none for them. None for a stopped container. */
export async function containerProcesses(handle: EmulationHandle): Promise<readonly ProcessInfo[]> {
  try {
    const lines = await ask(handle, 'processes', null);
    return lines.map(({ pid, ...shown }) => ({ pid, shown }));
  } catch (error) {
    if (error instanceof TsrunError && error.message === 'container not running') return [];
    throw error;
  }
}
