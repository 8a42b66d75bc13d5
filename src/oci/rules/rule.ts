import type { Problem } from '../problem.ts';

/** Where a rule puts what it found. */
export interface Report {
  error(pointer: string, message: string, more?: Pick<Problem, 'hint' | 'section'>): void;
  warn(pointer: string, message: string, more?: Pick<Problem, 'hint' | 'section'>): void;
}

/**
 * One cross-field rule over a value of the right shape. `base` is the pointer of `value` in its file, so that the
 * rules of process and resources serve config.json, `exec --process` and `update --resources`.
 */
export type Rule<T> = (value: T, report: Report, base: string) => void;
