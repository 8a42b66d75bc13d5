import { ACT, DUE, HALT, isGone, isNamespaceInit, type Proc } from './process.ts';
import { groupMembers } from './session.ts';
import type { KernelState } from './state.ts';
import {
  bit,
  FIRST_REAL_TIME,
  IGNORED_BY_DEFAULT,
  lowest,
  SA_NOCLDSTOP,
  SIGCHLD,
  SIGCONT,
  SIGKILL,
  STOP_SIGNALS,
  UNBLOCKABLE,
} from './signal-numbers.ts';

/**
 * Generates a signal for a process (signal(7)). forced: from outside the container or by the kernel, so that KILL and STOP
 * reach pid 1 too. What is ignored and not blocked is lost here, as in Linux; SIGCONT continues at once whatever its
 * disposition is.
 */
export function send(process: Proc, signal: number, forced = false): void {
  if (signal === 0 || isGone(process)) return;
  const one = bit(signal);
  if (signal === SIGCONT) {
    discard(process, STOP_SIGNALS);
    if (process.state === 'stopped') continueStopped(process);
  } else if ((STOP_SIGNALS & one) !== 0n) discard(process, bit(SIGCONT));
  if ((process.mask & one) === 0n && isIgnored(process, signal, forced)) return refresh(process);
  if ((process.pending & one) !== 0n) {
    if (signal < FIRST_REAL_TIME) return undefined;
    process.extra ??= new Map();
    process.extra.set(signal, (process.extra.get(signal) ?? 0) + 1);
  }
  process.pending |= one;
  refresh(process);
  if (signal === SIGKILL) process.kernel.scheduler.kill(process);
  else if (process.attention !== 0 && (process.state === 'sleeping' || process.elsewhere)) process.kernel.scheduler.ready(process);
  return undefined;
}

/** To all of a process group; false: it has no members. */
export function sendToGroup(kernel: KernelState, pgid: number, signal: number): boolean {
  const members = [...groupMembers(kernel, pgid)];
  for (const member of members) send(member, signal);
  return members.length > 0;
}

/** Would the signal be thrown away? pid 1 of a pid namespace has no default actions, but for KILL and STOP that are forced. */
function isIgnored(process: Proc, signal: number, forced: boolean): boolean {
  const one = bit(signal);
  if ((process.handled & one) !== 0n) return false;
  if ((process.ignored & one) !== 0n) return true;
  if ((IGNORED_BY_DEFAULT & one) !== 0n) return true;
  return isNamespaceInit(process) && !(forced && (UNBLOCKABLE & one) !== 0n);
}

/** Is it blocked or ignored by the process: then a background read is EIO, a background tcsetattr allowed. */
export function isBlockedOrIgnored(process: Proc, signal: number): boolean {
  return ((process.mask | process.ignored) & bit(signal)) !== 0n;
}

export function discard(process: Proc, set: bigint): void {
  if ((process.pending & set) === 0n) return;
  process.pending &= ~set;
  for (const signal of process.extra?.keys() ?? []) if ((set & bit(signal)) !== 0n) process.extra?.delete(signal);
  refresh(process);
}

/** Takes one instance of a pending signal. */
export function take(process: Proc, signal: number): void {
  const more = process.extra?.get(signal) ?? 0;
  if (more > 1) process.extra?.set(signal, more - 1);
  else if (more === 1) process.extra?.delete(signal);
  else process.pending &= ~bit(signal);
  refresh(process);
}

/** Recomputes `attention` and the guest's flag; after every change of pending, mask or actions. */
export function refresh(process: Proc): void {
  const deliverable = process.pending & ~process.mask;
  let attention = process.state === 'stopped' ? HALT : 0;
  if (deliverable !== 0n) {
    if ((deliverable & ~process.handled) !== 0n) attention |= ACT;
    if ((deliverable & process.handled) !== 0n) attention |= DUE;
  }
  const changed = ((process.attention ^ attention) & DUE) !== 0;
  process.attention = attention;
  if (changed) process.setFlag?.((attention & DUE) !== 0);
}

/** The lowest deliverable signal that has a handler, or that has none. */
export function nextDeliverable(process: Proc, handled: boolean): number {
  return lowest(process.pending & ~process.mask & (handled ? process.handled : ~process.handled));
}

function continueStopped(process: Proc): void {
  process.state = 'sleeping';
  process.stopReport = 0;
  process.continueReport = true;
  refresh(process);
  tellParentOfStop(process);
  process.kernel.scheduler.ready(process);
}

/** SIGCHLD for a child that stopped or continued, and whoever waits for it. */
export function tellParentOfStop(process: Proc): void {
  const { parent } = process;
  if (parent === undefined) return;
  parent.tellNews(process);
  const flags = parent.actions[SIGCHLD]?.flags ?? 0;
  if ((flags & SA_NOCLDSTOP) === 0) send(parent, SIGCHLD);
  parent.wakeWaiters();
}
