import type { Finding } from '../../backend.ts';
import type { Program } from '../kernel/types.ts';

/** Of a module that was not built for tsrun, in an engine that cannot make up for it. */
export function programFindings(abilities: Program['abilities'] | undefined): readonly Finding[] {
  if (abilities === undefined || (abilities.suspends && abilities.preempts)) return [];
  const message = abilities.suspends
    ? 'this JavaScript engine cannot interrupt the module while it computes: then nothing else of the container runs, and only SIGKILL ends it'
    : 'this JavaScript engine cannot suspend the module: until it ends nothing else of the container runs, and only SIGKILL ends it';
  return [{ level: 'recorded', pointer: '/process/args', message }];
}
