/** linux.timeOffsets (time_namespaces(7)). */
import type { LinuxTimeOffsets, Spec } from '../../../oci/spec.ts';
import { errno } from '../errno.ts';
import type { ClockOffsets } from '../kernel/types.ts';
import type { World } from './world.ts';

const SECOND = 1_000_000_000n;

export function clockOffsets({ linux }: Spec): ClockOffsets {
  const of = (clock: keyof LinuxTimeOffsets): bigint => {
    const { secs = 0, nanosecs = 0 } = linux?.timeOffsets?.[clock] ?? {};
    return BigInt(secs) * SECOND + BigInt(nanosecs);
  };
  return { monotonic: of('monotonic'), boottime: of('boottime') };
}

/** The kernel was made with them (kernel.ts). No clock may begin below zero. */
export function timeOffsets({ config }: World): void {
  const { monotonic, boottime } = clockOffsets(config);
  const now = BigInt(Math.floor(performance.now())) * 1_000_000n;
  if (now + monotonic < 0n || boottime < 0n) throw errno('ERANGE');
}
