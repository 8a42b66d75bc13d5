import type { Stats } from '../backend.ts';
import { ask } from './ask.ts';
import type { EmulationHandle } from './handle.ts';
import { CONTROL_SOCKET, connectTo } from './supervisor/sockets.ts';

export async function containerStats(handle: EmulationHandle): Promise<Stats> {
  return ask(handle, 'stats', null);
}

/** One item per process that ended because the memory limit was reached; ends with the container or when `signal` aborts. */
export async function* watchOom({ stateDir }: EmulationHandle, signal: AbortSignal): AsyncIterable<{ readonly type: 'oom' }> {
  const connection = await connectTo(stateDir, CONTROL_SOCKET);
  let seen = 0;
  let over = false;
  let wake: () => void = () => undefined;
  connection.on.oom = () => {
    seen++;
    wake();
  };
  void connection.closed.then(() => {
    over = true;
    wake();
  });
  signal.addEventListener('abort', () => connection.close(), { once: true });
  if (signal.aborted) connection.close();
  try {
    await connection.request('watchOom', null);
    for (;;) {
      for (; seen > 0; seen--) yield { type: 'oom' };
      if (over) return;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  } catch (error) {
    if (!over) throw error;
  } finally {
    connection.close();
  }
}
