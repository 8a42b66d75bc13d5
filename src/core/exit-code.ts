import type { Exit } from '../backends/backend.ts';

/** What a shell and runc make of it: the program's own code, 128+n after signal n. */
export function exitCodeOf(exit: Exit): number {
  return 'code' in exit ? exit.code : 128 + exit.signal;
}
