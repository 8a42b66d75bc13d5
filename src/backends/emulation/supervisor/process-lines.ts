import type { Kernel, ProcessState } from '../kernel/types.ts';
import type { ProcessLine } from './protocol.ts';

/** As ps(1) and /proc/PID/stat have them. */
const LETTERS: Readonly<Record<ProcessState, string>> = { running: 'R', sleeping: 'S', stopped: 'T', zombie: 'Z', dead: 'X' };

/** The container's processes, by pid. */
export function processLines(kernel: Kernel): readonly ProcessLine[] {
  return [...kernel.processes.values()]
    .filter(({ state }) => state !== 'dead')
    .toSorted((a, b) => a.pid - b.pid)
    .map(({ pid, ppid, ids, state, cpuMs, argv, comm }) => ({
      pid,
      ppid,
      uid: ids.euid,
      state: LETTERS[state],
      cpuMs: Math.round(cpuMs),
      command: state === 'zombie' || argv.length === 0 ? `[${comm}]` : argv.join(' '),
    }));
}
