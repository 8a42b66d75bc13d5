import { errno } from '../../errno.ts';
import { CAP_SYS_ADMIN, CAP_SYS_PTRACE, hasCapability } from '../capabilities.ts';
import type { Proc } from '../process.ts';
import type { KernelState } from '../state.ts';

/** The process whose call looks at a file system; undefined when the host looks. */
export const callerOf = ({ scheduler, caller }: KernelState): Proc | undefined => (scheduler.current === undefined ? undefined : caller);

/** ptrace(2), "Ptrace access mode checking": the host may, the same user with no more capabilities, or CAP_SYS_PTRACE. */
export function mayInspect(kernel: KernelState, target: Proc): boolean {
  const caller = callerOf(kernel);
  if (caller === undefined || caller === target || hasCapability(caller, CAP_SYS_PTRACE)) return true;
  const { euid, egid } = caller.ids;
  const { ids } = target;
  const sameUser = euid === ids.ruid && euid === ids.euid && euid === ids.suid;
  const sameGroup = egid === ids.rgid && egid === ids.egid && egid === ids.sgid;
  return sameUser && sameGroup && (target.capabilities.permitted & ~caller.capabilities.effective) === 0n;
}

export function demandInspect(kernel: KernelState, target: Proc): void {
  if (!mayInspect(kernel, target)) throw errno('EACCES');
}

export function demandAdmin(kernel: KernelState): void {
  const caller = callerOf(kernel);
  if (caller !== undefined && !hasCapability(caller, CAP_SYS_ADMIN)) throw errno('EPERM');
}

/** The text of one write(2), without the newline that echo adds. */
export function written(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes).replace(/\n$/, '');
}
