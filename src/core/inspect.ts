import type { Exit, ProcessInfo } from '../backends/backend.ts';
import { type Container, findContainer, pidOf, type RuntimeContext, statusOf } from './context.ts';
import { TsrunError } from './errors.ts';
import { exitCodeOf } from './exit-code.ts';
import { facet } from './facet.ts';
import { type StateDocument, stateDocument } from './state-json.ts';
import { listIds } from './store.ts';

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

/** Pids of all its processes, the host's where it knows them; none for a stopped container. */
export async function processes(context: RuntimeContext, id: string): Promise<readonly number[]> {
  return (await processInfos(context, id)).map(({ pid }) => pid);
}

/** As `processes`, with what the backend knows of each. */
export async function processInfos(context: RuntimeContext, id: string): Promise<readonly ProcessInfo[]> {
  const container = await findContainer(context, id);
  if (container.record.phase === 'creating') return [];
  const { backend, record } = container;
  return facet(container, 'processes', 'ps').list(backend.parseHandle(record.handle));
}
