/** A FAILED event of awaitStart or exec → why the user's program cannot run, in runc's words plus the true cause. */
import { type ErrorDetail, TsrunError } from '../../core/errors.ts';
import { execCause, type TriedFile } from '../../plan/exec-cause.ts';
import { errnoName } from './errno.ts';
import type { HelperEvent } from './events.ts';

/**
 * Payload (docs/plan-format.md): u32 st_mode (0: no file was found), the path that was tried with its NUL (empty: not
 * found in $PATH), the first bytes of the file.
 */
export function execFailure(program: string, event: HelperEvent, detail: ErrorDetail): TsrunError {
  const cause = execCause(program, errnoName(event.value), parse(event.payload));
  return new TsrunError('EXEC_FAILED', `unable to start container process: ${cause}`, {
    ...detail,
    pointer: detail.pointer ?? '/process/args',
  });
}

function parse(payload: Uint8Array): TriedFile {
  if (payload.length < 5) return { mode: 0, path: '', head: new Uint8Array(0) };
  const mode = new DataView(payload.buffer, payload.byteOffset).getUint32(0, true);
  const end = payload.indexOf(0, 4);
  const stop = end < 0 ? payload.length : end;
  return { mode, path: new TextDecoder().decode(payload.subarray(4, stop)), head: payload.subarray(Math.min(stop + 1, payload.length)) };
}
