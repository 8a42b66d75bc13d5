/**
 * The OCI lifecycle (runtime-spec runtime.md), for any backend. Every function is one command: it reads the state,
 * checks that the command is legal, lets the backend act, runs hooks, writes the state.
 */
import type { Attached, Json, ReadyListener } from '../backends/backend.ts';
import type { LinuxResources } from '../oci/spec.ts';
import { buildState } from '../oci/state.ts';
import { CANCELLING, catchSignals, type SignalRelay, waitFor } from './relay.ts';
import { type Container, findContainer, hookFields, pidOf, type RuntimeContext, statusOf } from './context.ts';
import { type CreatedContainer, createContainer, type CreateOptions } from './create.ts';
import { destroy } from './delete.ts';
import { TsrunError } from './errors.ts';
import { exitCodeOf } from './exit-code.ts';
import { facet } from './facet.ts';
import { runHooks } from './hooks.ts';
import { allow, type Command } from './lifecycle.ts';
import { withLock } from './lock.ts';
import { listenForReady } from './notify.ts';
import { writeRecord } from './store.ts';

export { deleteContainer as remove } from './delete.ts';
export { exec, type ExecOptions } from './exec.ts';
export { list, processes, state } from './inspect.ts';
export { kill, stop } from './kill.ts';

/** Brings a container to `created`. */
export async function create(context: RuntimeContext, options: CreateOptions): Promise<void> {
  const relay = catchSignals(CANCELLING);
  try {
    await createContainer(context, options, { detached: true, startNow: false, subreaper: false, cancelled: relay.cancelled });
  } finally {
    relay.stop();
  }
}

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

function requireProcess({ record }: Container): void {
  if (!record.startable) throw new TsrunError('CONFIG_INVALID', 'process property must not be empty', { pointer: '/process' });
}

/** A failing poststart hook ends the container (Lifecycle, step 10): destroyed, poststop hooks run. */
async function runPoststartHooks(context: RuntimeContext, container: Container, pid: number): Promise<void> {
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

export interface RunOptions extends CreateOptions {
  readonly detach: boolean;
  /** Leave the stopped container for `delete`. */
  readonly keep: boolean;
  readonly subreaper: boolean;
}

/** create, start and, unless detached, wait and delete. Gives the exit code for the caller: 0 when detached, 128+n after signal n. */
export async function run(context: RuntimeContext, options: RunOptions): Promise<number> {
  const relay = catchSignals(options.detach ? CANCELLING : undefined);
  let ready: ReadyListener | undefined;
  try {
    const container = await createContainer(context, options, {
      detached: options.detach,
      startNow: true,
      subreaper: options.subreaper,
      cancelled: relay.cancelled,
    });
    container.process?.exited.catch(() => undefined); // awaited below, unless something fails before
    try {
      ready = await listenForReady(context, container, options.notifySocket, options.detach ? undefined : process.pid);
      requireProcess(container);
      if (container.created.start === undefined) throw new Error(`the ${container.backend.name} backend ignored startNow`);
      await container.created.start();
      context.log.debug(`container ${options.id}: started`);
    } catch (error) {
      await destroy(context, container, true);
      throw error;
    }
    await runPoststartHooks(context, container, container.created.pid);
    if (container.process !== undefined) return await finish(context, options, container, container.process, relay);
    if (ready !== undefined) await untilReady(context, container, ready, relay);
    return 0;
  } finally {
    await ready?.stop();
    relay.stop();
  }
}

/** Cancelled meanwhile, `run --detach` has not happened. */
async function untilReady(context: RuntimeContext, container: Container, ready: ReadyListener, relay: SignalRelay): Promise<void> {
  try {
    await Promise.race([ready.done, relay.cancelled]);
  } catch (error) {
    await destroy(context, container, true);
    throw error;
  }
}

async function finish(
  context: RuntimeContext,
  options: RunOptions,
  container: CreatedContainer,
  process: Attached,
  relay: SignalRelay,
): Promise<number> {
  const exit = await waitFor(process, relay);
  context.log.debug(`container ${options.id}: ended by ${'code' in exit ? `exit code ${exit.code}` : `signal ${exit.signal}`}`);
  if (options.keep) writeRecord(container.dir, { ...container.record, exit });
  else await deleteAfterRun(context, container);
  return exitCodeOf(exit);
}

/** Somebody may have deleted it meanwhile. */
async function deleteAfterRun(context: RuntimeContext, container: CreatedContainer): Promise<void> {
  try {
    await withLock(container.dir, () => destroy(context, container, true));
  } catch (error) {
    if (!(error instanceof TsrunError && error.code === 'NOT_FOUND')) throw error;
  }
}

export async function pause(context: RuntimeContext, id: string): Promise<void> {
  await whenAllowed(context, id, 'pause', (container, handle) => facet(container, 'freezer', 'pause').pause(handle));
}

export async function resume(context: RuntimeContext, id: string): Promise<void> {
  await whenAllowed(context, id, 'resume', (container, handle) => facet(container, 'freezer', 'resume').resume(handle));
}

/** Changes only what `resources` has. */
export async function update(context: RuntimeContext, id: string, resources: LinuxResources): Promise<void> {
  await whenAllowed(context, id, 'update', (container, handle) => facet(container, 'resources', 'update').update(handle, resources));
}

async function whenAllowed(
  context: RuntimeContext,
  id: string,
  command: Command,
  act: (container: Container, handle: Json) => Promise<void>,
): Promise<void> {
  const { dir } = await findContainer(context, id);
  await withLock(dir, async () => {
    const container = await findContainer(context, id);
    allow(command, statusOf(container).status, id);
    await act(container, container.backend.parseHandle(container.record.handle));
  });
}
