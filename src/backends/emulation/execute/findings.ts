/** What is known only when a program is loaded, or of one that is exec'd; all else is said by ../check.ts. */
import type { Op } from '../../../plan/ops.ts';
import type { Finding } from '../../backend.ts';
import type { Program } from '../kernel/types.ts';
import { APPLIED_BY_EMULATION } from './applied.ts';

/** Of a module that was not built for tsrun, in an engine that cannot make up for it. */
export function programFindings(abilities: Program['abilities'] | undefined): readonly Finding[] {
  if (abilities === undefined || (abilities.suspends && abilities.preempts)) return [];
  return [{ level: 'recorded', pointer: '/process/args', message: messageOf(abilities) }];
}

function messageOf({ suspends, parallel }: Program['abilities']): string {
  if (parallel === true) return 'the module cannot be interrupted while it computes: pause and CPU limits reach it at its next system call';
  if (suspends)
    return 'this JavaScript engine cannot interrupt the module while it computes: then nothing else of the container runs, and only SIGKILL ends it';
  return 'this JavaScript engine cannot suspend the module: until it ends nothing else of the container runs, and only SIGKILL ends it';
}

/** Of the plan of an exec: what its process asks for. The rest is the container's and was said when that was created. */
export function processFindings(ops: readonly Op[]): readonly Finding[] {
  return ops.flatMap(({ op, origin }): Finding[] => {
    const { level, reason = op } = APPLIED_BY_EMULATION[op];
    return origin.startsWith('/process/') && (level === 'recorded' || level === 'visible')
      ? [{ level, pointer: origin, message: reason }]
      : [];
  });
}
