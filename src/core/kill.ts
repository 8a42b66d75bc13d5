import { setTimeout as sleep } from 'node:timers/promises';
import { type Container, findContainer, type RuntimeContext, statusOf } from './context.ts';
import { TsrunError } from './errors.ts';
import { allow } from './lifecycle.ts';
import { parseSignal } from '../oci/signal.ts';
import { readConfig } from './store.ts';

const SIGTERM = 15;
const SIGKILL = 9;

/** Of a number or a name, with or without SIG, in any case. USAGE for what is no signal. */
export function signalNumber(signal: number | string): number {
  const parsed = parseSignal(String(signal));
  if ('error' in parsed) throw new TsrunError('USAGE', parsed.error);
  return parsed.value;
}

/** Signals the first process, or with `all` every process. `all` of a stopped container signals what is left, perhaps nothing. */
export async function kill(context: RuntimeContext, id: string, which: number | string = SIGTERM, all: boolean = false): Promise<void> {
  const signal = signalNumber(which);
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
    const end = Date.now() + patience;
    const sent = deliver(context, before, signal);
    sent.catch(() => undefined); // looked at below, unless it takes longer than there is patience
    try {
      await Promise.race([sent, sleep(patience, undefined, { ref: false })]);
    } catch (error) {
      if (error instanceof TsrunError && error.message === 'container not running') return;
      if (signal === SIGKILL) throw error;
      continue; // who cannot be asked to end is ended
    }
    if (await stops(before, end)) return;
  }
  throw new TsrunError('STATE_CONFLICT', 'container init still running');
}

async function deliver(context: RuntimeContext, container: Container, signal: number): Promise<void> {
  const { record, backend } = container;
  await kill(context, record.id, signal);
  // Frozen processes do not die.
  if (signal === SIGKILL && backend.freezer !== undefined && statusOf(container).status === 'paused')
    await backend.freezer.resume(backend.parseHandle(record.handle));
}

async function stops(container: Container, end: number): Promise<boolean> {
  for (;;) {
    if (statusOf(container).status === 'stopped') return true;
    if (Date.now() >= end) return false;
    await sleep(10);
  }
}
