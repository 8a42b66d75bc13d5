/** Signals to a container's first process, by pidfd and checked start time: never to a stranger that got its pid. */
import { spawnSync } from 'node:child_process';
import { TsrunError } from '../../core/errors.ts';
import { helperPath } from './helper.ts';

/** Exit status of `tsrun-helper signal` when there is no such process, or it started at another time. */
const NO_SUCH_PROCESS = 3;

/** Rejects with STATE_CONFLICT `container not running` when the process is gone. */
export function signalByPidfd(pid: number, startTime: number, signal: number): void {
  const { status, stderr, error } = spawnSync(helperPath(), ['signal', String(pid), String(startTime), String(signal)], {
    env: {},
    cwd: '/',
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  if (status === 0) return;
  if (status === NO_SUCH_PROCESS) throw new TsrunError('STATE_CONFLICT', 'container not running');
  throw new TsrunError('SYSTEM', `cannot signal process ${pid}: ${error?.message ?? stderr.trim()}`);
}
