/** What state.json keeps of an emulated container: where to find the process that runs it. */
import { TsrunError } from '../../core/errors.ts';
import type { Json } from '../backend.ts';

export type EmulationHandle = {
  /** Absolute; the control socket and the status file are in it. */
  readonly stateDir: string;
  /** Of the process that runs the container; 0 in the intent. */
  readonly pid: number;
  /** Its start time, as supervisor/identity.ts has it: pids are reused, this pair is not. */
  readonly startTime: string;
};

/** Read a handle back; throws STATE_CORRUPT on anything this backend did not write. */
export function parseHandle(value: Json): EmulationHandle {
  const handle = value as { readonly [key: string]: Json } | null;
  const { stateDir, pid, startTime } = handle !== null && typeof handle === 'object' ? handle : {};
  if (typeof stateDir !== 'string' || !stateDir.startsWith('/') || !Number.isSafeInteger(pid) || typeof startTime !== 'string') {
    throw new TsrunError('STATE_CORRUPT', 'the saved state is not one of the emulation backend', {
      hint: 'remove it with: tsrun delete --force ID',
    });
  }
  return value as unknown as EmulationHandle;
}
