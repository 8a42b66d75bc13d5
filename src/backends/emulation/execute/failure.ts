/** A failed instruction → one line, in the words of the Linux backend (../../linux/failure.ts). */
import { type ErrorDetail, TsrunError } from '../../../core/errors.ts';
import { errnoWords } from '../../../oci/errno-text.ts';
import { describe } from '../../../plan/describe.ts';
import type { Op } from '../../../plan/ops.ts';
import { PlanProblem } from '../../../plan/problem.ts';
import { Errno } from '../errno.ts';

export function stepDetail(op: Op, index: number, errno: string): ErrorDetail {
  return { ...(op.origin !== '' && { pointer: op.origin }), step: { op: op.op, index, errno } };
}

/** Anything but an Errno is no answer of the emulated kernel and goes on as it is. */
export function stepFailure(op: Op, index: number, error: unknown): unknown {
  if (!(error instanceof Errno)) return error;
  const where = op.origin === '' ? '' : ` (config.json ${op.origin})`;
  return new TsrunError('STEP_FAILED', `unable to start container process: ${describe(op)}${where}: ${errnoWords(error.errno)}`, {
    ...stepDetail(op, index, error.errno),
    ...(op.op === 'mount' && error.errno === 'ENODEV' && { hint: 'the emulated kernel does not know the file system type' }),
  });
}

/** The planner knows no TsrunError: its problems become ours here. */
export function planned<T>(plan: () => T): T {
  try {
    return plan();
  } catch (error) {
    if (!(error instanceof PlanProblem)) throw error;
    const { message, pointer, hint } = error;
    throw new TsrunError('CONFIG_UNSUPPORTED', message, { pointer, ...(hint !== undefined && { hint }), cause: error });
  }
}
