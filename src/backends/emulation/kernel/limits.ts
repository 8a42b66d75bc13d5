import { errno } from '../errno.ts';
import { CAP_SYS_ADMIN, CAP_SYS_RESOURCE, hasCapability } from './capabilities.ts';
import { terminate } from './exit.ts';
import { countMemory } from './memory.ts';
import { isGone, type Proc } from './process.ts';
import { RLIMIT_AS, RLIMIT_NPROC, softLimit } from './rlimits.ts';
import { EXITED } from './signal-actions.ts';
import { killedBy, SIGKILL } from './signal-numbers.ts';
import type { KernelState } from './state.ts';

/** May there be one more process (pids.max)? EAGAIN. Zombies count. The first one is moved into its cgroup, which no limit keeps it from. */
export function demandPid(kernel: KernelState): void {
  const { pids } = kernel.limits;
  const { size } = kernel.processes;
  if (pids !== undefined && size > 0 && size >= pids) throw errno('EAGAIN');
}

/** RLIMIT_NPROC: processes of the real user. */
export function demandUserProcess(process: Proc): void {
  const limit = softLimit(process, RLIMIT_NPROC);
  if (limit === Infinity || process.ids.ruid === 0) return;
  if (hasCapability(process, CAP_SYS_RESOURCE) || hasCapability(process, CAP_SYS_ADMIN)) return;
  let count = 0;
  for (const other of process.kernel.processes.values()) if (other.ids.ruid === process.ids.ruid) count++;
  if (count >= limit) throw errno('EAGAIN');
}

/**
 * Before a program's memory grows. False: RLIMIT_AS forbids it. Beyond the container's limit the biggest process is killed, as
 * cgroup memory.max does; when that is the caller, it does not return.
 */
export function mayGrow(process: Proc, bytes: number): boolean {
  const own = process.program?.memoryBytes ?? 0;
  if (own + bytes > softLimit(process, RLIMIT_AS)) return false;
  enforceMemory(process.kernel, process, bytes);
  if (isGone(process)) throw EXITED;
  return true;
}

/** Kills the biggest until `bytes` more for `asking` fit below the limit. Files stay: nothing could be killed for them. */
export function enforceMemory(kernel: KernelState, asking?: Proc, bytes = 0): void {
  const { memory } = kernel;
  if (asking !== undefined) countMemory(asking);
  for (;;) {
    const total = memory.used + (asking === undefined || isGone(asking) ? 0 : bytes);
    if (memory.limit === undefined || total <= memory.limit) return memory.notePeak(total);
    memory.notePeak(memory.limit);
    const victim = biggest(kernel, asking, bytes);
    if (victim === undefined) return;
    kernel.oomKills++;
    for (const listener of kernel.oomListeners) listener(victim);
    terminate(victim, killedBy(SIGKILL));
  }
}

/** As Linux's oom_badness: size, and oom_score_adj in thousandths of the limit; -1000 is never killed. */
export function oomScore(process: Proc, extra = 0): number {
  if (process.oomScoreAdjust === -1000) return -Infinity;
  const limit = process.kernel.limits.memory ?? 0;
  return (process.program?.memoryBytes ?? 0) + extra + (process.oomScoreAdjust * limit) / 1000;
}

function biggest(kernel: KernelState, asking: Proc | undefined, bytes: number): Proc | undefined {
  let victim: Proc | undefined;
  let worst = -Infinity;
  for (const process of kernel.processes.values()) {
    if (process.program === undefined) continue;
    const score = oomScore(process, process === asking ? bytes : 0);
    if (score <= worst) continue;
    worst = score;
    victim = process;
  }
  return victim;
}
