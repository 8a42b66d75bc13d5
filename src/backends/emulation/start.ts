import { ask } from './ask.ts';
import type { EmulationHandle } from './handle.ts';

/** Hooks inside the container run before its program does, and have timeouts of their own. */
const PATIENCE_MS = 2 ** 31 - 1;

/** Resolves once the program runs. */
export async function startContainer(handle: EmulationHandle): Promise<void> {
  await ask(handle, 'start', null, PATIENCE_MS);
}
