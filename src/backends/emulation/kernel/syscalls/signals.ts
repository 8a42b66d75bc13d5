/** Signal calls. Handlers run in the guest: the kernel says which is due and keeps the mask. */
import { errno } from '../../errno.ts';
import { block, leave } from '../blocking.ts';
import { maySignal } from '../credentials.ts';
import type { Proc } from '../process.ts';
import { DUE } from '../process.ts';
import { actInside } from '../signal-actions.ts';
import { ALL_SIGNALS, bit, IGNORED_BY_DEFAULT, LAST_SIGNAL, SA_NODEFER, SA_RESETHAND, UNBLOCKABLE } from '../signal-numbers.ts';
import { discard, nextDeliverable, refresh, send, take } from '../signals.ts';
import { BLOCKED, type SignalAction, type Sys } from '../types.ts';

const DEFAULT: SignalAction = { disposition: 'default', flags: 0, mask: 0n };

/** kill(2). EPERM when there are targets but none that the caller may signal. */
export function kill(process: Proc, pid: number, signal: number): Sys<void> {
  if (!Number.isInteger(signal) || signal < 0 || signal > LAST_SIGNAL) throw errno('EINVAL');
  const targets = [...targetsOf(process, pid)];
  if (targets.length === 0) throw errno('ESRCH');
  const allowed = targets.filter((target) => maySignal(process, target, signal));
  if (allowed.length === 0) throw errno('EPERM');
  for (const target of allowed) send(target, signal);
  return leave(process, undefined);
}

function* targetsOf(process: Proc, pid: number): Generator<Proc> {
  const { processes, init } = process.kernel;
  if (pid > 0) {
    const target = processes.get(pid);
    if (target !== undefined) yield target;
    return;
  }
  const group = pid === 0 ? process.pgid : -pid;
  for (const target of processes.values()) {
    if (pid === -1 ? target !== init && target !== process : target.pgid === group) yield target;
  }
}

/** sigaction(2). What is pending and becomes ignored is thrown away. */
export function sigaction(process: Proc, signal: number, action: SignalAction | undefined): SignalAction {
  if (!Number.isInteger(signal) || signal < 1 || signal > LAST_SIGNAL) throw errno('EINVAL');
  const old = process.actions[signal] ?? DEFAULT;
  if (action === undefined) return old;
  if ((UNBLOCKABLE & bit(signal)) !== 0n) throw errno('EINVAL');
  setAction(process, signal, { ...action, mask: action.mask & ~UNBLOCKABLE });
  return old;
}

function setAction(process: Proc, signal: number, action: SignalAction): void {
  const one = bit(signal);
  // Shared with the parent until one of them changes something.
  const actions = [...process.actions];
  actions[signal] = action;
  process.actions = actions;
  const { disposition } = action;
  process.handled = disposition === 'handler' ? process.handled | one : process.handled & ~one;
  process.ignored = disposition === 'ignore' ? process.ignored | one : process.ignored & ~one;
  if (disposition === 'ignore' || (disposition === 'default' && (IGNORED_BY_DEFAULT & one) !== 0n)) discard(process, one);
  refresh(process);
  actInside(process);
}

export function sigprocmask(process: Proc, how: number, set: bigint | undefined): bigint {
  const old = process.mask;
  if (set === undefined) return old;
  const wanted = set & ALL_SIGNALS & ~UNBLOCKABLE;
  if (how === 0) process.mask |= wanted;
  else if (how === 1) process.mask &= ~wanted;
  else if (how === 2) process.mask = wanted;
  else throw errno('EINVAL');
  refresh(process);
  actInside(process);
  return old;
}

export function sigpending(process: Proc): bigint {
  return process.pending & process.mask;
}

export function sigsuspend(process: Proc, mask: bigint): Sys<never> {
  process.savedMask ??= process.mask;
  process.mask = mask & ALL_SIGNALS & ~UNBLOCKABLE;
  refresh(process);
  // Only a handler ends it: block throws EINTR then, now or later.
  return block<never>(process, () => BLOCKED);
}

export function nextSignal(process: Proc): { readonly signal: number; readonly flags: number; readonly restore: bigint } | undefined {
  if ((process.attention & DUE) === 0) {
    restoreMask(process);
    if ((process.attention & DUE) === 0) return undefined;
  }
  const signal = nextDeliverable(process, true);
  const { flags, mask } = process.actions[signal] ?? DEFAULT;
  const restore = process.savedMask ?? process.mask;
  process.savedMask = undefined;
  process.mask |= mask | ((flags & SA_NODEFER) === 0 ? bit(signal) : 0n);
  take(process, signal);
  if ((flags & SA_RESETHAND) !== 0) setAction(process, signal, DEFAULT);
  return { signal, flags, restore };
}

/** sigsuspend or ppoll ended, and no handler was due after all. */
function restoreMask(process: Proc): void {
  if (process.savedMask === undefined) return;
  process.mask = process.savedMask;
  process.savedMask = undefined;
  refresh(process);
}

export function signalFlag(process: Proc, set: (due: boolean) => void): void {
  process.setFlag = set;
  set((process.attention & DUE) !== 0);
}
