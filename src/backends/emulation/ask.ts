/** One request to the process that runs a container. */
import { TsrunError } from '../../core/errors.ts';
import type { EmulationHandle } from './handle.ts';
import type { RequestName, Requests } from './supervisor/protocol.ts';
import { CONTROL_SOCKET, connectTo } from './supervisor/sockets.ts';

/** A guest that computes and cannot be preempted keeps the answer away. */
const PATIENCE_MS = 10_000;

/** Rejects with what went wrong there; STATE_CONFLICT `container not running` when there is nobody. */
export async function ask<R extends RequestName>(
  { stateDir }: EmulationHandle,
  name: R,
  params: Requests[R]['params'],
  patienceMs: number = PATIENCE_MS,
): Promise<Requests[R]['result']> {
  const connection = await connectTo(stateDir, CONTROL_SOCKET);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(
        new TsrunError('SYSTEM', `the process of the container does not answer (${name})`, {
          hint: 'a program may compute without end; delete --force ends the container',
        }),
      );
    }, patienceMs);
  });
  try {
    return await Promise.race([connection.request(name, params), late]);
  } finally {
    clearTimeout(timer);
    connection.close();
  }
}
