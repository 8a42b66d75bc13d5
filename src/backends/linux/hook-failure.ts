/** A FAILED event of a hook that ran inside the container → which hook, how it ended, what it said. */
import { type ErrorDetail, TsrunError } from '../../core/errors.ts';
import { errnoText } from './errno.ts';
import type { HelperEvent } from './events.ts';
import type { Step } from './handle.ts';

/** First word of the payload: how the hook ended (docs/plan-format.md). */
const HOW = { NOT_STARTED: 0, WAIT_STATUS: 1, TIMED_OUT: 2 } as const;

/** Payload: u32 how, i32 wait status, then the end of the hook's output. */
export function hookFailure(step: Step, event: HelperEvent, detail: ErrorDetail): TsrunError {
  const { payload } = event;
  const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
  const how = payload.length >= 8 ? view.getUint32(0, true) : HOW.NOT_STARTED;
  const output = payload.length > 8 ? new TextDecoder().decode(payload.subarray(8)).trim() : '';
  return new TsrunError(
    'HOOK_FAILED',
    `error ${step.text}: ${ending(how, how === HOW.NOT_STARTED ? 0 : view.getInt32(4, true), event.value)}, output: ${output}`,
    detail,
  );
}

function ending(how: number, status: number, errno: number): string {
  if (how === HOW.TIMED_OUT) return 'it ran longer than its timeout and was killed';
  if (how !== HOW.WAIT_STATUS) return errnoText(errno);
  const signal = status & 0x7f;
  return signal === 0 ? `exit status ${(status >> 8) & 0xff}` : `signal ${signal}`;
}
