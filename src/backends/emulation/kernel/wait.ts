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
  const child = oldestWithNews(process, pid, options);
  if (child !== undefined) {
    const status = report(child, options) as WaitStatus;
    const cpuMs = child.cpuMs + child.childrenCpuMs;
    if (isGone(child)) reap(child);
    else told(process, child);
    return { pid: child.pid, status, cpuMs };
  }
  if (!hasChild(process, pid)) throw errno('ECHILD');
  if ((options & WNOHANG) !== 0) return undefined;
  process.childEvents.add(process);
  return BLOCKED;
}

function told({ news }: Proc, child: Proc): void {
  child.stopReport = 0;
  child.continueReport = false;
  news?.delete(child);
}

const isMeant = (child: Proc, pid: number): boolean => (pid > 0 ? child.pid === pid : pid === -1 || child.pgid === -pid);

/** As Linux, which goes through the children in the order in which they were made. */
function oldestWithNews({ news }: Proc, pid: number, options: number): Proc | undefined {
  let oldest: Proc | undefined;
  for (const child of news ?? []) {
    if (isMeant(child, pid) && report(child, options) !== undefined && (oldest === undefined || child.order < oldest.order)) oldest = child;
  }
  return oldest;
}

function hasChild({ kernel, children }: Proc, pid: number): boolean {
  if (children === undefined || children.size === 0) return false;
  if (pid === -1) return true;
  const candidates = pid > 0 ? [kernel.processes.get(pid)] : (kernel.groups.get(-pid) ?? []);
  for (const candidate of candidates) if (candidate !== undefined && children.has(candidate)) return true;
  return false;
}

/** What there is to tell of it; undefined: nothing that is asked for. */
function report(child: Proc, options: number): WaitStatus | undefined {
  if (child.waitStatus !== undefined) return child.waitStatus;
  if ((options & WUNTRACED) !== 0 && child.state === 'stopped' && child.stopReport !== 0) return (child.stopReport << 8) | 0x7f;
  return (options & WCONTINUED) !== 0 && child.continueReport ? CONTINUED : undefined;
}
