import { errno } from '../errno.ts';
import { block } from './blocking.ts';
import { reap } from './exit.ts';
import { isGone, type Proc } from './process.ts';
import { BLOCKED, type Sys, type WaitStatus } from './types.ts';

export const WNOHANG = 1;
export const WUNTRACED = 2;
export const WCONTINUED = 8;
const CONTINUED = 0xffff;

export interface Waited {
  readonly pid: number;
  readonly status: WaitStatus;
  /** Its own and that of the children it waited for. */
  readonly cpuMs: number;
}

/** waitpid(2). pid: > 0 that child, 0 own group, -1 any, < -1 that group. */
export function wait(process: Proc, pid: number, options: number): Sys<Waited | undefined> {
  if ((options & ~(WNOHANG | WUNTRACED | WCONTINUED)) !== 0) throw errno('EINVAL');
  if (pid === -(2 ** 31)) throw errno('ESRCH');
  // wait(2): 0 means the group that the caller is in at the time of the call.
  const wanted = pid === 0 ? -process.pgid : pid;
  const first = look(process, wanted, options);
  return first === BLOCKED ? block(process, () => look(process, wanted, options)) : first;
}

function look(process: Proc, pid: number, options: number): Sys<Waited | undefined> {
  let any = false;
  for (const child of process.children ?? []) {
    if (pid > 0 ? child.pid !== pid : pid < -1 && child.pgid !== -pid) continue;
    any = true;
    const status = report(child, options);
    if (status === undefined) continue;
    const cpuMs = child.cpuMs + child.childrenCpuMs;
    if (isGone(child)) reap(child);
    return { pid: child.pid, status, cpuMs };
  }
  if (!any) throw errno('ECHILD');
  if ((options & WNOHANG) !== 0) return undefined;
  process.childEvents.add(process);
  return BLOCKED;
}

function report(child: Proc, options: number): WaitStatus | undefined {
  if (child.waitStatus !== undefined) return child.waitStatus;
  if ((options & WUNTRACED) !== 0 && child.state === 'stopped' && child.stopReport !== 0) {
    const signal = child.stopReport;
    child.stopReport = 0;
    return (signal << 8) | 0x7f;
  }
  if ((options & WCONTINUED) !== 0 && child.continueReport) {
    child.continueReport = false;
    return CONTINUED;
  }
  return undefined;
}
