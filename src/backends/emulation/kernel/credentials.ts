import { errno } from '../errno.ts';
import { afterUidChange, CAP_KILL, CAP_SETGID, CAP_SETUID, hasCapability } from './capabilities.ts';
import { type Proc, setIdentity } from './process.ts';
import { SIGCONT } from './signal-numbers.ts';
import type { UserIds } from './types.ts';

/** Linux's NGROUPS_MAX. */
const NGROUPS_MAX = 65536;
const ID_MAX = 0xfffffffe;

/** setresuid(2); -1 leaves one. Without CAP_SETUID each must be one of the three there are. */
export function setuids(process: Proc, ruid: number, euid: number, suid: number): void {
  const { ids } = process;
  const current = [ids.ruid, ids.euid, ids.suid];
  checkIds([ruid, euid, suid], current, hasCapability(process, CAP_SETUID));
  const after: UserIds = { ...ids, ruid: pick(ruid, ids.ruid), euid: pick(euid, ids.euid), suid: pick(suid, ids.suid) };
  setIdentity(process, after, afterUidChange(ids, after, process.capabilities, process.keepCapabilities));
}

/** setresgid(2). */
export function setgids(process: Proc, rgid: number, egid: number, sgid: number): void {
  const { ids } = process;
  checkIds([rgid, egid, sgid], [ids.rgid, ids.egid, ids.sgid], hasCapability(process, CAP_SETGID));
  const after: UserIds = { ...ids, rgid: pick(rgid, ids.rgid), egid: pick(egid, ids.egid), sgid: pick(sgid, ids.sgid) };
  setIdentity(process, after, process.capabilities);
}

export function setgroups(process: Proc, groups: readonly number[]): void {
  if (!hasCapability(process, CAP_SETGID)) throw errno('EPERM');
  if (groups.length > NGROUPS_MAX || groups.some((gid) => !isId(gid))) throw errno('EINVAL');
  setIdentity(process, { ...process.ids, groups: [...groups] }, process.capabilities);
}

/** kill(2): CAP_KILL, the same user (real or effective against real or saved), or SIGCONT within the session. */
export function maySignal(sender: Proc, target: Proc, signal: number): boolean {
  if (sender === target || hasCapability(sender, CAP_KILL)) return true;
  if (signal === SIGCONT && sender.session === target.session) return true;
  const { ruid, euid } = sender.ids;
  return [ruid, euid].some((uid) => uid === target.ids.ruid || uid === target.ids.suid);
}

function checkIds(wanted: readonly number[], allowed: readonly number[], capable: boolean): void {
  for (const id of wanted) {
    if (isUnchanged(id)) continue;
    if (!isId(id)) throw errno('EINVAL');
    if (!capable && !allowed.includes(id)) throw errno('EPERM');
  }
}

/** -1, as a number of either sign. */
const isUnchanged = (id: number): boolean => id === -1 || id === 0xffffffff;
const isId = (id: number): boolean => Number.isInteger(id) && id >= 0 && id <= ID_MAX;
const pick = (wanted: number, current: number): number => (isUnchanged(wanted) ? current : wanted);
