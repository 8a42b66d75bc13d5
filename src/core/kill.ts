import { type Container, findContainer, type RuntimeContext, statusOf } from './context.ts';
import { TsrunError } from './errors.ts';
import { allow } from './lifecycle.ts';
import { readConfig } from './store.ts';

const SIGTERM = 15;
const SIGKILL = 9;

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
  context.log.debug(`container ${id}: signal ${signal} to ${all ? 'all its processes' : 'its first process'}`);
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
