import { buildState } from '../oci/state.ts';
import { type Container, checkId, findContainer, hookFields, type RuntimeContext, statusOf } from './context.ts';
import { TsrunError } from './errors.ts';
import { runPoststopHooks } from './hooks.ts';
import { allow } from './lifecycle.ts';
import { withLock, withLockIfPossible } from './lock.ts';
import { isAlive } from './process-id.ts';
import { directoryOf, readRecord, removeDirectory, salvageRecords, sweep } from './store.ts';

/** A create that is still at work gets this long to end before `delete --force` gives up. */
const CREATOR_PATIENCE_MS = 10_000;

/**
 * Undo create (runtime-spec runtime.md#Delete). `created` may be deleted as in runc, which containerd relies on, but
 * not under `strict`. `force`: whatever runs is killed; damaged state is cleaned; an unknown id is no error.
 */
export async function deleteContainer(context: RuntimeContext, id: string, force: boolean = false): Promise<void> {
  checkId(id);
  sweep(context.store);
  if (force) return deleteByForce(context, id);
  const { dir } = await findContainer(context, id);
  await withLock(dir, async () => {
    const container = await findContainer(context, id);
    const { status } = statusOf(container);
    allow('delete', status, id);
    if (status === 'created' && context.options.strict) {
      throw new TsrunError('STATE_CONFLICT', `cannot delete container ${id} that is not stopped: created`, {
        hint: 'refused because of --strict',
      });
    }
    await destroy(context, container, status === 'created');
  });
}

async function deleteByForce(context: RuntimeContext, id: string): Promise<void> {
  const dir = directoryOf(context.store, id);
  const work = async (): Promise<void> => {
    await waitForCreator(context, id);
    const container = await salvage(context, id, dir);
    if (container !== undefined) return destroy(context, container, true);
    context.log.warn(
      `the state of container ${id} is damaged beyond use: it is removed, but processes and cgroups it may have are not known`,
    );
    removeDirectory(context.store, id);
  };
  try {
    await withLockIfPossible(dir, work);
  } catch (error) {
    if (error instanceof TsrunError && error.code === 'NOT_FOUND') return;
    throw error;
  }
}

/** The best record that a backend can work with. */
async function salvage(context: RuntimeContext, id: string, dir: string): Promise<Container | undefined> {
  for (const record of salvageRecords(context.store, id)) {
    try {
      const backend = await context.backends.named(record.backend);
      if (record.handle !== null) backend.parseHandle(record.handle);
      return { record, dir, backend };
    } catch (error) {
      if (!(error instanceof TsrunError) || error.code !== 'STATE_CORRUPT') throw error;
      context.log.debug(error.message);
    }
  }
  return undefined;
}

/** Until no living tsrun is creating the container any more. */
async function waitForCreator({ store }: RuntimeContext, id: string): Promise<void> {
  for (let waited = 0; ; waited += 20) {
    const record = readable(() => readRecord(store, id)); // the intent always says `creating`
    if (record?.phase !== 'creating' || !isAlive(record.creator)) return;
    if (waited >= CREATOR_PATIENCE_MS) {
      throw new TsrunError('STATE_CONFLICT', `container ${id} is being created by process ${record.creator.pid}`, {
        hint: 'end that process first',
      });
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function readable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof TsrunError && error.code === 'STATE_CORRUPT') return undefined;
    throw error;
  }
}

/** Processes and resources, then poststop hooks (only after a create that succeeded), then the state. */
export async function destroy(context: RuntimeContext, { record, dir, backend }: Container, force: boolean): Promise<void> {
  if (record.handle !== null) await backend.remove(backend.parseHandle(record.handle), force);
  if (record.phase === 'created') {
    await runPoststopHooks({ hooks: record.hooks, state: buildState(hookFields(record, 'stopped')), stateDir: dir }, (message, pointer) =>
      context.log.warn(message, pointer),
    );
  }
  removeDirectory(context.store, record.id);
  context.log.debug(`container ${record.id}: deleted`);
}
