import { errno } from '../../errno.ts';
import { CAP_SYS_ADMIN, hasCapability } from '../capabilities.ts';
import type { Proc } from '../process.ts';

/** Linux's HOST_NAME_MAX. */
const HOST_NAME_MAX = 64;

export { setgids, setgroups, setuids } from '../credentials.ts';
export { getrlimit, setrlimit } from '../rlimits.ts';

export function sethostname(process: Proc, name: string): void {
  if (!hasCapability(process, CAP_SYS_ADMIN)) throw errno('EPERM');
  if (new TextEncoder().encode(name).length > HOST_NAME_MAX) throw errno('EINVAL');
  process.kernel.hostname = name;
}
