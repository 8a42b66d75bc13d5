import type { Attached, ReadyListener } from '../backends/backend.ts';
import type { Container, RuntimeContext } from './context.ts';
import { type CreatedContainer, createContainer, type CreateOptions } from './create.ts';
import { destroy } from './delete.ts';
import { TsrunError } from './errors.ts';
import { exitCodeOf } from './exit-code.ts';
import { withLock } from './lock.ts';
import { listenForReady } from './notify.ts';
import { CANCELLING, catchSignals, type SignalRelay, waitFor } from './relay.ts';
import { requireProcess, runPoststartHooks } from './start.ts';
import { writeRecord } from './store.ts';

/** Brings a container to `created`. */
export async function create(context: RuntimeContext, options: CreateOptions): Promise<void> {
  const relay = catchSignals(CANCELLING);
  try {
    await createContainer(context, options, { detached: true, startNow: false, subreaper: false, cancelled: relay.cancelled });
  } finally {
    relay.stop();
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
