import type { Proc } from './process.ts';
import { send } from './signals.ts';
import { SIGKILL, SIGXCPU } from './signal-numbers.ts';
import { limitOf, RLIMIT_CPU } from './rlimits.ts';

/** RLIMIT_CPU: SIGXCPU at the soft limit and each second after it, SIGKILL at the hard one. */
export function checkCpuLimit(process: Proc): void {
  const [, hard] = limitOf(process, RLIMIT_CPU);
  if (process.cpuMs >= Number(hard) * 1000) {
    process.maxCpuMs = Infinity;
    send(process, SIGKILL, true);
  } else {
    process.maxCpuMs = (Math.floor(process.cpuMs / 1000) + 1) * 1000;
    send(process, SIGXCPU);
  }
}
