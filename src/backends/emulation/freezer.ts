import { ask } from './ask.ts';
import type { EmulationHandle } from './handle.ts';

/** No process of the container runs when this resolves. */
export async function pauseContainer(handle: EmulationHandle): Promise<void> {
  await ask(handle, 'pause', null);
}

export async function resumeContainer(handle: EmulationHandle): Promise<void> {
  await ask(handle, 'resume', null);
}
