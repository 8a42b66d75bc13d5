import { closeAll } from './descriptors.ts';
import { countMemory } from './memory.ts';
import { isGone, type Proc } from './process.ts';
import { removeProcess } from './process-table.ts';
import { hasStopped, isOrphaned } from './session.ts';
import { killedBy, SA_NOCLDWAIT, SIGCHLD, SIGCONT, SIGHUP, SIGKILL, bit } from './signal-numbers.ts';
import { send, sendToGroup } from './signals.ts';
import type { WaitStatus } from './types.ts';
import { leaveQueues } from './wait-queue.ts';

/**
 * The end of a process (exit(2), or by a signal): descriptors close, its children go to pid 1, orphaned groups with stopped
 * members get SIGHUP and SIGCONT, the parent is told. The end of pid 1 ends all.
 */
export function terminate(process: Proc, status: WaitStatus): void {
  if (isGone(process)) return;
  const { kernel } = process;
  process.waitStatus = status;
  process.state = 'zombie';
  const { blocked } = process;
  process.blocked = undefined;
  leaveQueues(process);
  blocked?.abandoned?.();
  kernel.timers.cancel(process.sleepTimer);
  kernel.timers.cancel(process.alarm?.timer);
  process.alarm = undefined;
  process.setFlag = undefined;
  process.program?.dispose();
  process.program = undefined;
  countMemory(process);
  closeAll(process);
  if (process.session.id === process.pid) leaveTerminal(process);
  if (process === kernel.init) endAll(process);
  else orphan(process);
  tellParent(process);
  process.tellEnd(status);
}

/** A session leader goes: its terminal is hung up, the foreground group gets SIGHUP (disassociate_ctty). */
function leaveTerminal(process: Proc): void {
  const { session } = process;
  const { terminal } = session;
  if (terminal === undefined) {
    if (session.lostForeground <= 0) return;
    sendToGroup(process.kernel, session.lostForeground, SIGHUP);
    sendToGroup(process.kernel, session.lostForeground, SIGCONT);
    return;
  }
  session.terminal = undefined;
  terminal.sessionEnded();
}

function endAll(init: Proc): void {
  for (const process of init.kernel.processes.values()) if (process !== init) terminate(process, killedBy(SIGKILL));
  for (const child of init.children ?? []) if (isGone(child)) forget(child);
  init.children = undefined;
}

function orphan(process: Proc): void {
  const { kernel } = process;
  const reaper = kernel.init !== undefined && !isGone(kernel.init) ? kernel.init : undefined;
  const children = process.children ?? [];
  process.children = undefined;
  process.news = undefined;
  for (const child of children) {
    child.parent = reaper;
    reaper?.adopt(child);
    if (isGone(child)) tellParent(child);
    else if (child.pgid !== process.pgid && child.session === process.session) hangUpIfOrphaned(child);
  }
  const { parent } = process;
  if (parent !== undefined && parent.pgid !== process.pgid && parent.session === process.session) hangUpIfOrphaned(process, process);
}

/** POSIX: a group that becomes orphaned with stopped members would never be continued. */
function hangUpIfOrphaned(member: Proc, leaving?: Proc): void {
  const { kernel, pgid } = member;
  if (!isOrphaned(kernel, pgid, leaving) || !hasStopped(kernel, pgid)) return;
  sendToGroup(kernel, pgid, SIGHUP);
  sendToGroup(kernel, pgid, SIGCONT);
}

/** SIGCHLD; or nobody wants to know, and it is reaped at once (SIGCHLD ignored, SA_NOCLDWAIT, started from outside). */
function tellParent(process: Proc): void {
  const { parent } = process;
  if (parent === undefined) return forget(process);
  parent.tellNews(process);
  const ignored = (parent.ignored & bit(SIGCHLD)) !== 0n;
  if (!ignored) send(parent, SIGCHLD);
  if (ignored || ((parent.actions[SIGCHLD]?.flags ?? 0) & SA_NOCLDWAIT) !== 0) reap(process);
  parent.wakeWaiters();
}

/** wait(2) has told of it: its times go to the parent, its number is free. */
export function reap(process: Proc): void {
  if (process.parent !== undefined) process.parent.childrenCpuMs += process.cpuMs + process.childrenCpuMs;
  forget(process);
}

function forget(process: Proc): void {
  process.state = 'dead';
  process.parent?.loseChild(process);
  process.kernel.goneCpuMs += process.cpuMs;
  removeProcess(process);
}
