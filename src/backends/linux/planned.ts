/** The planner is pure and knows no TsrunError: its problems become ours here. */
import { TsrunError } from '../../core/errors.ts';
import { PlanProblem } from '../../plan/problem.ts';

/** Rejects a config that this host cannot apply with CONFIG_UNSUPPORTED, before anything was made. */
export function planned<T>(plan: () => T): T {
  try {
    return plan();
  } catch (error) {
    if (!(error instanceof PlanProblem)) throw error;
    const { message, pointer, hint } = error;
    throw new TsrunError('CONFIG_UNSUPPORTED', message, { pointer, ...(hint !== undefined && { hint }), cause: error });
  }
}
