import type { Json, Stats } from '../backends/backend.ts';
import { findContainer, type RuntimeContext, statusOf } from './context.ts';
import { TsrunError } from './errors.ts';
import { facet } from './facet.ts';
import { allow } from './lifecycle.ts';

/** In runc's envelope. */
export type ContainerEvent =
  | { readonly type: 'stats'; readonly id: string; readonly data: Stats }
  | { readonly type: 'oom'; readonly id: string };

/** One set of statistics. */
export async function stats(context: RuntimeContext, id: string): Promise<ContainerEvent> {
  const container = await findContainer(context, id);
  allow('events', statusOf(container).status, id);
  const { backend, record } = container;
  return { type: 'stats', id, data: await facet(container, 'events', 'events').stats(backend.parseHandle(record.handle)) };
}

/** Statistics every `intervalMs` and each out-of-memory kill, to `emit`, until the container has stopped. */
export async function events(
  context: RuntimeContext,
  id: string,
  intervalMs: number,
  emit: (event: ContainerEvent) => void,
): Promise<void> {
  const container = await findContainer(context, id);
  allow('events', statusOf(container).status, id);
  const { backend, record } = container;
  const handle: Json = backend.parseHandle(record.handle);
  const source = facet(container, 'events', 'events');
  const ended = new AbortController();
  const watching = (async () => {
    for await (const { type } of source.watchOom(handle, ended.signal)) emit({ type, id });
  })();
  try {
    for (let next = Date.now() + intervalMs; ;) {
      await Promise.race([pause(Math.min(LOOK_MS, Math.max(0, next - Date.now()))), failure(watching)]);
      if (statusOf(container).status === 'stopped') break;
      if (Date.now() < next) continue;
      next += intervalMs;
      emit({ type: 'stats', id, data: await source.stats(handle) });
    }
  } catch (error) {
    // It may have ended between the look and the reading of its cgroup.
    if (statusOf(container).status !== 'stopped' && !(error instanceof TsrunError && error.code === 'NOT_FOUND')) throw error;
  } finally {
    ended.abort();
  }
  await watching;
}

/** How often the end of the container is looked for. */
const LOOK_MS = 200;

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Settles only if `work` fails. */
function failure(work: Promise<void>): Promise<never> {
  return new Promise((_, reject) => {
    work.catch(reject);
  });
}
