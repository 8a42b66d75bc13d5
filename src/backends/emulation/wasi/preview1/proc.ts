/** proc_exit, proc_raise, sched_yield. */
import { errno } from '../../errno.ts';
import { BLOCKED } from '../../kernel/types.ts';
import type { Guest } from '../guest.ts';

/** Preview1's signals are Linux's for x86 without STKFLT (16): those above it are one lower. */
export function linuxSignal(signal: number): number {
  const number = signal >>> 0;
  if (number > 30) throw errno('EINVAL');
  return number < 16 ? number : number + 1;
}

export function proc_exit(guest: Guest, status: number): number {
  return guest.sys.exit(guest.process, status & 0xff);
}

export function proc_raise(guest: Guest, signal: number): number {
  return guest.sys.kill(guest.process, guest.process.pid, linuxSignal(signal)) === BLOCKED ? guest.suspendVoid() : 0;
}

export function sched_yield(guest: Guest): number {
  if (guest.sys.yield(guest.process) !== BLOCKED) return 0;
  guest.yielded = true;
  return guest.suspendVoid();
}
