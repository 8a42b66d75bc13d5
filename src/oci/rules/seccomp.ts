import type { Seccomp, SeccompAction, Spec } from '../spec.ts';
import type { Report } from './rule.ts';

const SECTION = 'config-linux.md#seccomp';
/** The kernel cuts larger ones to MAX_ERRNO; SECCOMP_RET_DATA has 16 bits. */
const MAX_ERRNO = 4095;
const MAX_DATA = 0xffff;

/** An errno with an action that has none MUST fail (config-linux.md#seccomp). */
export function seccompErrno(spec: Spec, report: Report): void {
  const seccomp = spec.linux?.seccomp;
  if (!seccomp) return;
  const check = (action: SeccompAction, errno: number | undefined, pointer: string): void => {
    const max = action === 'SCMP_ACT_ERRNO' ? MAX_ERRNO : action === 'SCMP_ACT_TRACE' ? MAX_DATA : undefined;
    if (errno === undefined) return;
    if (max === undefined) report.error(pointer, `${action} has no errno: only SCMP_ACT_ERRNO and SCMP_ACT_TRACE do`, { section: SECTION });
    else if (errno > max) report.error(pointer, `expected 0 to ${max}, got ${errno}`, { section: SECTION });
  };
  check(seccomp.defaultAction, seccomp.defaultErrnoRet, '/linux/seccomp/defaultErrnoRet');
  for (const [index, { action, errnoRet }] of (seccomp.syscalls ?? []).entries()) {
    check(action, errnoRet, `/linux/seccomp/syscalls/${index}/errnoRet`);
  }
}

/** SCMP_ACT_NOTIFY and the listener need each other (config-linux.md#seccomp). */
export function seccompNotify(spec: Spec, report: Report): void {
  const seccomp = spec.linux?.seccomp;
  if (!seccomp) return;
  const at = '/linux/seccomp';
  const notifies = usesNotify(seccomp);
  if (seccomp.defaultAction === 'SCMP_ACT_NOTIFY') {
    report.error(`${at}/defaultAction`, 'SCMP_ACT_NOTIFY cannot be used as default action: the container could not even start', {
      section: SECTION,
    });
  }
  for (const [index, { action, names }] of (seccomp.syscalls ?? []).entries()) {
    // The process sends the descriptor itself, after the filter is there.
    const blocking = ['write', 'sendmsg'].find((name) => names.includes(name));
    if (action === 'SCMP_ACT_NOTIFY' && blocking !== undefined) {
      report.error(
        `${at}/syscalls/${index}/names`,
        `SCMP_ACT_NOTIFY cannot be used for the ${blocking} syscall: the container could not even start`,
        {
          section: SECTION,
        },
      );
    }
  }
  if (notifies && !seccomp.listenerPath) report.error(`${at}/listenerPath`, 'is required with SCMP_ACT_NOTIFY', { section: SECTION });
  if (!notifies && seccomp.listenerPath)
    report.warn(`${at}/listenerPath`, 'has an effect with SCMP_ACT_NOTIFY in some action only', { section: SECTION });
  if (seccomp.listenerMetadata && !seccomp.listenerPath) {
    report.error(`${at}/listenerMetadata`, 'MUST NOT be set without listenerPath', { section: SECTION });
  }
  const flag = seccomp.flags?.indexOf('SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV') ?? -1;
  if (flag >= 0 && !notifies) report.warn(`${at}/flags/${flag}`, 'has an effect with SCMP_ACT_NOTIFY only', { section: SECTION });
}

function usesNotify(seccomp: Seccomp): boolean {
  return seccomp.defaultAction === 'SCMP_ACT_NOTIFY' || (seccomp.syscalls ?? []).some(({ action }) => action === 'SCMP_ACT_NOTIFY');
}
