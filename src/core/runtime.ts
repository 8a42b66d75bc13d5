/**
 * The OCI lifecycle (runtime-spec runtime.md), for any backend. Every function is one command: it reads the state,
 * checks that the command is legal, lets the backend act, runs hooks, writes the state.
 */
import type { Attached, Exit, Json } from '../backends/backend.ts';
import type { LinuxResources } from '../oci/spec.ts';
import { buildState } from '../oci/state.ts';
import { attach, catchSignals, type SignalRelay } from './attach.ts';
import { type Container, findContainer, hookFields, pidOf, type RuntimeContext, statusOf } from './context.ts';
import { type CreatedContainer, createContainer, type CreateOptions } from './create.ts';
import { destroy } from './delete.ts';
import { TsrunError } from './errors.ts';
import { exitCodeOf } from './exit-code.ts';
import { facet } from './facet.ts';
import { runHooks } from './hooks.ts';
import { allow, type Command } from './lifecycle.ts';
import { withLock } from './lock.ts';
import { type StateDocument, stateDocument } from './state-json.ts';
import { listIds, readConfig, writeRecord } from './store.ts';

export { deleteContainer as remove } from './delete.ts';
export { exec, type ExecOptions } from './exec.ts';

const SIGTERM = 15;
const SIGKILL = 9;

/** Brings a container to `created`. */
export async function create(context: RuntimeContext, options: CreateOptions): Promise<void> {
  await createContainer(context, options, { detached: true, startNow: false, subreaper: false });
}

/** Runs the program of a created container. */
export async function start(context: RuntimeContext, id: string): Promise<void> {
  const { dir } = await findContainer(context, id);
  await withLock(dir, async () => {
    const container = await findContainer(context, id);
    allow('start', statusOf(container).status, id);
    requireProcess(container);
    await container.backend.start(container.backend.parseHandle(container.record.handle), dir);
    await runPoststartHooks(context, container);
  });
}

function requireProcess({ record }: Container): void {
  if (!record.startable) throw new TsrunError('CONFIG_INVALID', 'process property must not be empty', { pointer: '/process' });
}

/** A failing poststart hook ends the container (Lifecycle, step 10): destroyed, poststop hooks run. */
async function runPoststartHooks(context: RuntimeContext, container: Container): Promise<void> {
  const { record, dir } = container;
  if (!record.hooks?.poststart?.length) return;
  try {
    const document = buildState({ ...hookFields(record, 'running'), pid: pidOf(statusOf(container)) });
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
  const relay = options.detach ? undefined : catchSignals();
  try {
    const container = await createContainer(context, options, { detached: options.detach, startNow: true, subreaper: options.subreaper });
    try {
      requireProcess(container);
      if (container.created.start === undefined) throw new Error(`the ${container.backend.name} backend ignored startNow`);
      await container.created.start();
    } catch (error) {
      await destroy(context, container, true);
      throw error;
    }
    await runPoststartHooks(context, container);
    if (relay === undefined || container.process === undefined) return 0;
    return await finish(context, options, container, container.process, relay);
  } finally {
    relay?.stop();
  }
}

async function finish(
  context: RuntimeContext,
  options: RunOptions,
  container: CreatedContainer,
  process: Attached,
  relay: SignalRelay,
): Promise<number> {
  const exit = await attach(process, relay);
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

/** `owner` as `state` has it: ''. */
export async function state(context: RuntimeContext, id: string): Promise<StateDocument> {
  return describe(await findContainer(context, id), '');
}

function describe(container: Container, owner: string): StateDocument {
  const status = statusOf(container);
  const exit: Exit | undefined = 'exit' in status ? status.exit : undefined;
  return stateDocument(container.record, status.status, pidOf(status), exit === undefined ? undefined : exitCodeOf(exit), owner);
}

/** All containers of this root; undefined where the root is absent. Damaged ones are left out with a warning. */
export async function list(context: RuntimeContext, ownerName: (uid: number) => string): Promise<StateDocument[] | undefined> {
  const ids = listIds(context.store);
  if (ids === undefined) return undefined;
  const documents: StateDocument[] = [];
  for (const id of ids) {
    try {
      const container = await findContainer(context, id);
      documents.push(describe(container, ownerName(container.record.owner)));
    } catch (error) {
      if (!(error instanceof TsrunError)) throw error;
      if (error.code !== 'NOT_FOUND') context.log.warn(error.message); // else deleted since
    }
  }
  return documents;
}

/** Signals the first process, or with `all` every process. `all` of a stopped container signals what is left, perhaps nothing. */
export async function kill(context: RuntimeContext, id: string, signal: number = SIGTERM, all: boolean = false): Promise<void> {
  const container = await findContainer(context, id);
  const { record, dir, backend } = container;
  const { status } = statusOf(container);
  if (all && status === 'stopped') {
    if (record.phase === 'created') await backend.killAll(backend.parseHandle(record.handle), signal);
    return;
  }
  allow('kill', status, id);
  const handle = backend.parseHandle(record.handle);
  // Without a pid namespace of its own the death of the first process would leave the others running.
  if (all || (signal === SIGKILL && !ownPidNamespace(dir, id))) await backend.killAll(handle, signal);
  else await backend.kill(handle, signal);
}

function ownPidNamespace(dir: string, id: string): boolean {
  const { linux } = readConfig(dir, id);
  return linux?.namespaces?.some(({ type, path }) => type === 'pid' && !path) ?? false;
}

/** SIGTERM, then SIGKILL when it has not stopped after `timeoutMs`. A container that is not running is left alone. */
export async function stop(context: RuntimeContext, id: string, timeoutMs: number): Promise<void> {
  for (const [signal, patience] of [
    [SIGTERM, timeoutMs],
    [SIGKILL, 10_000],
  ] as const) {
    const before = await findContainer(context, id);
    if (statusOf(before).status === 'stopped') return;
    try {
      await kill(context, id, signal);
      if (signal === SIGKILL && before.backend.freezer !== undefined && statusOf(before).status === 'paused') {
        await before.backend.freezer.resume(before.backend.parseHandle(before.record.handle)); // frozen processes do not die
      }
    } catch (error) {
      if (error instanceof TsrunError && error.message === 'container not running') return;
      throw error;
    }
    if (await stops(before, patience)) return;
  }
  throw new TsrunError('STATE_CONFLICT', 'container init still running');
}

async function stops(container: Container, patience: number): Promise<boolean> {
  for (const end = Date.now() + patience; ;) {
    if (statusOf(container).status === 'stopped') return true;
    if (Date.now() >= end) return false;
    await new Promise((resolve) => setTimeout(resolve, 10));
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

/** Host pids of all its processes; none for a stopped container. */
export async function processes(context: RuntimeContext, id: string): Promise<readonly number[]> {
  const container = await findContainer(context, id);
  if (container.record.phase === 'creating') return [];
  const { backend, record } = container;
  const found = await facet(container, 'processes', 'ps').list(backend.parseHandle(record.handle));
  return found.map(({ pid }) => pid);
}
