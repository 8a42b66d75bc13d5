/** Signals to a container's first process, by pidfd and checked start time: never to a stranger that got its pid. */
import { TsrunError } from '../../core/errors.ts';
import { helperPath } from './helper-path.ts';
import { loadIo } from './io/io.ts';

/** Exit status of `tsrun-helper signal` when there is no such process, or it started at another time. */
const NO_SUCH_PROCESS = 3;

/** Rejects with STATE_CONFLICT `container not running` when the process is gone. */
export async function signalByPidfd(pid: number, startTime: number, signal: number): Promise<void> {
  const io = await loadIo();
  const { code, stderr } = io.runQuietly([helperPath(), 'signal', String(pid), String(startTime), String(signal)]);
  if (code === 0) return;
  if (code === NO_SUCH_PROCESS) throw new TsrunError('STATE_CONFLICT', 'container not running');
  throw new TsrunError('SYSTEM', `cannot signal process ${pid}: ${stderr}`);
}
