/** One request to the process that runs a container. */
import type { EmulationHandle } from './handle.ts';
import { answered } from './supervisor/patience.ts';
import type { RequestName, Requests } from './supervisor/protocol.ts';
import { CONTROL_SOCKET, connectTo } from './supervisor/sockets.ts';

const PATIENCE_MS = 10_000;

/** Rejects with what went wrong there; STATE_CONFLICT `container not running` when there is nobody. */
export async function ask<R extends RequestName>(
  { stateDir }: EmulationHandle,
  name: R,
  params: Requests[R]['params'],
  patienceMs: number = PATIENCE_MS,
): Promise<Requests[R]['result']> {
  const connection = await connectTo(stateDir, CONTROL_SOCKET);
  try {
    return await answered(name, connection.request(name, params), patienceMs);
  } finally {
    connection.close();
  }
}
