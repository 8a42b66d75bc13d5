/** Who is there: processes by pid, members of groups, sizes of sessions. So that no call looks at all processes to find a few. */
import type { Proc } from './process.ts';
import type { Session } from './session.ts';
import type { KernelState } from './state.ts';

export function addProcess(process: Proc): void {
  process.kernel.processes.set(process.pid, process);
  addToGroup(process);
  countSession(process.kernel, process.session, 1);
}

/** Its number is free again. */
export function removeProcess(process: Proc): void {
  process.kernel.processes.delete(process.pid);
  removeFromGroup(process);
  countSession(process.kernel, process.session, -1);
}

export function changeGroup(process: Proc, pgid: number): void {
  removeFromGroup(process);
  process.pgid = pgid;
  addToGroup(process);
}

export function changeSession(process: Proc, session: Session): void {
  countSession(process.kernel, process.session, -1);
  process.session = session;
  countSession(process.kernel, session, 1);
}

function addToGroup(process: Proc): void {
  const { groups } = process.kernel;
  const group = groups.get(process.pgid);
  if (group === undefined) groups.set(process.pgid, new Set([process]));
  else group.add(process);
}

function removeFromGroup(process: Proc): void {
  const { groups } = process.kernel;
  const group = groups.get(process.pgid);
  group?.delete(process);
  if (group?.size === 0) groups.delete(process.pgid);
}

function countSession({ sessions }: KernelState, { id }: Session, change: 1 | -1): void {
  const size = (sessions.get(id) ?? 0) + change;
  if (size === 0) sessions.delete(id);
  else sessions.set(id, size);
}
