/** What an emulated container's first process is doing now. */
import type { Status } from '../backend.ts';
import type { EmulationHandle } from './handle.ts';
import { statusIn } from './supervisor/status-file.ts';

export function containerStatus({ stateDir, pid }: EmulationHandle): Status {
  return pid === 0 ? { status: 'stopped' } : statusIn(stateDir);
}
