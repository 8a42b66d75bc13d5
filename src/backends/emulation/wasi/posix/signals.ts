/** signal_*, timer_set. Handlers run in the guest; the kernel says when one is due. */
import { errno } from '../../errno.ts';
import { BLOCKED, type SignalAction } from '../../kernel/types.ts';
import type { Guest } from '../guest.ts';

const DISPOSITIONS: readonly SignalAction['disposition'][] = ['default', 'ignore', 'handler'];
/** Not to be set: "only ask", as sigaction(2) with a null action. */
const ASK = 0xffffffff;
const U64 = 0xffffffffffffffffn;

export function signal_action(guest: Guest, signal: number, disposition: number, flags: number, mask: bigint, oldOut: number): number {
  if (oldOut !== 0) guest.range(oldOut, 4);
  let action: SignalAction | undefined;
  if (disposition >>> 0 !== ASK) {
    const name = DISPOSITIONS[disposition >>> 0];
    if (name === undefined) throw errno('EINVAL');
    action = { disposition: name, flags: flags >>> 0, mask: mask & U64 };
  }
  const old = guest.sys.sigaction(guest.process, signal, action);
  if (oldOut !== 0) guest.setU32(oldOut, DISPOSITIONS.indexOf(old.disposition));
  return 0;
}

export function signal_mask(guest: Guest, how: number, set: number, oldOut: number): number {
  if (oldOut !== 0) guest.range(oldOut, 8);
  const old = guest.sys.sigprocmask(guest.process, how, set === 0 ? undefined : guest.getU64(set));
  if (oldOut !== 0) guest.setU64(oldOut, old);
  return 0;
}

export function signal_pending(guest: Guest, out: number): number {
  guest.setU64(out, guest.sys.sigpending(guest.process));
  return 0;
}

export function signal_suspend(guest: Guest, mask: number): number {
  const outcome: unknown = guest.sys.sigsuspend(guest.process, guest.getU64(mask));
  return outcome === BLOCKED ? guest.suspendVoid() : 0;
}

export function signal_next(guest: Guest, out: number): number {
  const at = guest.range(out, 16);
  const next = guest.sys.nextSignal(guest.process);
  guest.setU32(at, next?.signal ?? 0);
  guest.setU32(at + 4, next?.flags ?? 0);
  guest.setU64(at + 8, next?.restore ?? 0n);
  return 0;
}

export function signal_flag(guest: Guest, flag: number): number {
  guest.watchSignals(flag);
  return 0;
}

export function timer_set(guest: Guest, value: bigint, interval: bigint, leftOut: number, intervalOut: number): number {
  if (leftOut !== 0) guest.range(leftOut, 8);
  if (intervalOut !== 0) guest.range(intervalOut, 8);
  const old = guest.sys.setitimer(guest.process, Number(value & U64) / 1e6, Number(interval & U64) / 1e6);
  if (leftOut !== 0) guest.setSize(leftOut, Math.round(old.valueMs * 1e6));
  if (intervalOut !== 0) guest.setSize(intervalOut, Math.round(old.intervalMs * 1e6));
  return 0;
}
