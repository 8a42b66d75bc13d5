import { buildState } from '../oci/state.ts';
import { type Container, findContainer, hookFields, pidOf, type RuntimeContext, statusOf } from './context.ts';
import { destroy } from './delete.ts';
import { TsrunError } from './errors.ts';
import { runHooks } from './hooks.ts';
import { allow } from './lifecycle.ts';
import { withLock } from './lock.ts';
import { listenForReady } from './notify.ts';

/** Runs the program of a created container, and where a service manager waits for its READY=1 at `notifySocket`, waits for that too. */
export async function start(context: RuntimeContext, id: string, notifySocket?: string): Promise<void> {
  const { dir } = await findContainer(context, id);
  const ready = await withLock(dir, async () => {
    const container = await findContainer(context, id);
    const status = statusOf(container);
    allow('start', status.status, id);
    requireProcess(container);
    const listener = await listenForReady(context, container, notifySocket);
    try {
      await container.backend.start(container.backend.parseHandle(container.record.handle), dir);
      context.log.debug(`container ${id}: started`);
      await runPoststartHooks(context, container, pidOf(status));
    } catch (error) {
      await listener?.stop();
      throw error;
    }
    return listener;
  });
  await ready?.done; // others may work on the container meanwhile
}

export function requireProcess({ record }: Container): void {
  if (!record.startable) throw new TsrunError('CONFIG_INVALID', 'process property must not be empty', { pointer: '/process' });
}

/** A failing poststart hook ends the container (Lifecycle, step 10): destroyed, poststop hooks run. */
export async function runPoststartHooks(context: RuntimeContext, container: Container, pid: number): Promise<void> {
  const { record, dir } = container;
  if (!record.hooks?.poststart?.length) return;
  try {
    const document = buildState({ ...hookFields(record, 'running'), pid });
    await runHooks('poststart', { hooks: record.hooks, state: document, stateDir: dir });
  } catch (error) {
    await destroy(context, container, true);
    throw error;
  }
}
