import { errno } from '../errno.ts';
import { isGone, type Proc } from './process.ts';
import { changeGroup, changeSession } from './process-table.ts';
import { groupMembers, Session } from './session.ts';

/** pid 0: the caller. ESRCH. */
export function processOf(process: Proc, pid: number): Proc {
  const found = pid === 0 ? process : process.kernel.processes.get(pid);
  if (found === undefined) throw errno('ESRCH');
  return found;
}

/** setpgid(2): of the caller, or of a child that has not executed another program; within the session. */
export function setpgid(process: Proc, pid: number, pgid: number): void {
  if (pgid < 0) throw errno('EINVAL');
  const target = processOf(process, pid);
  if (target !== process) {
    if (target.parent !== process || isGone(target)) throw errno('ESRCH');
    if (target.session !== process.session) throw errno('EPERM');
    if (target.executed) throw errno('EACCES');
  }
  if (target.session.id === target.pid) throw errno('EPERM');
  const group = pgid === 0 ? target.pid : pgid;
  if (group !== target.pid) {
    const [member] = groupMembers(process.kernel, group);
    if (member === undefined || member.session !== process.session) throw errno('EPERM');
  }
  changeGroup(target, group);
}

/** setsid(2): EPERM for the leader of a process group. */
export function setsid(process: Proc): number {
  const { pid, kernel } = process;
  const [member] = groupMembers(kernel, pid);
  if (member !== undefined) throw errno('EPERM');
  changeSession(process, new Session(pid));
  process.gaveUpTerminal = false;
  changeGroup(process, pid);
  return pid;
}
