import type { LinuxResources } from '../../oci/spec.ts';
import { ask } from './ask.ts';
import type { EmulationHandle } from './handle.ts';

/** All or nothing: CONFIG_UNSUPPORTED names the first entry that the emulated kernel has no limit for. */
export async function updateResources(handle: EmulationHandle, resources: LinuxResources): Promise<void> {
  await ask(handle, 'update', resources);
}
