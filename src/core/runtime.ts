/**
 * The OCI lifecycle (runtime-spec runtime.md), for any backend. Every function is one command: it reads the state,
 * checks that the command is legal, lets the backend act, runs hooks, writes the state.
 */
import type { Json } from '../backends/backend.ts';
import type { LinuxResources } from '../oci/spec.ts';
import { type Container, findContainer, type RuntimeContext, statusOf } from './context.ts';
import { facet } from './facet.ts';
import { allow, type Command } from './lifecycle.ts';
import { withLock } from './lock.ts';

export { deleteContainer as remove } from './delete.ts';
export { exec, type ExecOptions } from './exec.ts';
export { list, processes, state } from './inspect.ts';
export { kill, stop } from './kill.ts';
export { create, run, type RunOptions } from './run.ts';
export { start } from './start.ts';

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
