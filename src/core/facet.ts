import type { Container } from './context.ts';
import { TsrunError } from './errors.ts';

/** NOT_SUPPORTED where the backend lacks the command. */
export function facet<F extends 'exec' | 'attach' | 'freezer' | 'resources' | 'processes' | 'events'>(
  { backend }: Pick<Container, 'backend'>,
  name: F,
  command: string,
): NonNullable<Container['backend'][F]> {
  const found = backend[name];
  if (found === undefined) throw new TsrunError('NOT_SUPPORTED', `${command}: the ${backend.name} backend does not support it`);
  return found;
}
