/** clock_res_get, clock_time_get. */
import { errno } from '../../errno.ts';
import type { Guest } from '../guest.ts';

/** REALTIME, MONOTONIC, PROCESS_CPUTIME_ID, THREAD_CPUTIME_ID: the same numbers as Linux's. */
const CLOCKS = 4;

export function clock_res_get(guest: Guest, id: number, out: number): number {
  if (id >>> 0 >= CLOCKS) throw errno('EINVAL');
  // performance.now(), which all the kernel's clocks come from, ticks in microseconds at best.
  guest.setU64(out, 1000n);
  return 0;
}

export function clock_time_get(guest: Guest, id: number, _precision: bigint, out: number): number {
  if (id >>> 0 >= CLOCKS) throw errno('EINVAL');
  guest.setU64(out, guest.sys.clock(guest.process, id));
  return 0;
}
