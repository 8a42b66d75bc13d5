/** What of linux.seccomp this build knows, and its numbers for the kernel (linux/seccomp.h). */
import type { SeccompAction, SeccompArch, SeccompFlag } from '../../oci/spec.ts';
import { archTable } from './arches.ts';

/** Sorted, for `features`. */
export function seccompArches(): readonly SeccompArch[] {
  return (Object.keys(archTable()) as SeccompArch[]).toSorted();
}

const FLAG_BITS: Readonly<Record<SeccompFlag, number>> = {
  SECCOMP_FILTER_FLAG_TSYNC: 1 << 0,
  SECCOMP_FILTER_FLAG_LOG: 1 << 1,
  SECCOMP_FILTER_FLAG_SPEC_ALLOW: 1 << 2,
  SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV: 1 << 5,
};
const NEW_LISTENER = 1 << 3;
/** With a listener, a failed TSYNC must be reported by errno: the return value is the descriptor. */
const TSYNC_ESRCH = 1 << 4;

/** Sorted, for `features`. */
export function seccompFlags(): readonly SeccompFlag[] {
  return (Object.keys(FLAG_BITS) as SeccompFlag[]).toSorted();
}

/** SECCOMP_FILTER_FLAG_* for seccomp(2). */
export function filterFlags(flags: readonly SeccompFlag[], listener: boolean): number {
  const bits = flags.reduce((all, flag) => all | FLAG_BITS[flag], listener ? NEW_LISTENER : 0);
  const tsync = FLAG_BITS.SECCOMP_FILTER_FLAG_TSYNC;
  if (!listener) return bits & ~FLAG_BITS.SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV;
  return (bits & tsync) === 0 ? bits : bits | TSYNC_ESRCH;
}

export const EPERM = 1;
export const ENOSYS = 38;

const RETURNS: Readonly<Record<SeccompAction, number>> = {
  SCMP_ACT_KILL: 0,
  SCMP_ACT_KILL_THREAD: 0,
  SCMP_ACT_KILL_PROCESS: 0x8000_0000,
  SCMP_ACT_TRAP: 0x0003_0000,
  SCMP_ACT_ERRNO: 0x0005_0000,
  SCMP_ACT_NOTIFY: 0x7fc0_0000,
  SCMP_ACT_TRACE: 0x7ff0_0000,
  SCMP_ACT_LOG: 0x7ffc_0000,
  SCMP_ACT_ALLOW: 0x7fff_0000,
};

/** What the filter returns for an action. ERRNO and TRACE carry a number, EPERM where none is given (config-linux.md#seccomp). */
export function returnValue(action: SeccompAction, errnoRet: number | undefined): number {
  const carries = action === 'SCMP_ACT_ERRNO' || action === 'SCMP_ACT_TRACE';
  if (!carries && errnoRet !== undefined) throw new RangeError(`${action} has no errno`);
  return (RETURNS[action] | (carries ? (errnoRet ?? EPERM) & 0xffff : 0)) >>> 0;
}

/** Would an unlisted call go through? Then a call that is younger than the profile should as well. */
export function isPermissive(action: SeccompAction): boolean {
  return action === 'SCMP_ACT_ALLOW' || action === 'SCMP_ACT_LOG' || action === 'SCMP_ACT_TRACE';
}
