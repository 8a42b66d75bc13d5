/** id_*, groups_*, umask, rlimits, uname. */
import { errno } from '../../errno.ts';
import type { Guest } from '../guest.ts';
import { encodeUtf8 } from '../text.ts';

const NGROUPS_MAX = 65536;
const U64 = 0xffffffffffffffffn;

export function id_get(guest: Guest, out: number): number {
  const at = guest.range(out, 24);
  const { ruid, euid, suid, rgid, egid, sgid } = guest.process.ids;
  [ruid, euid, suid, rgid, egid, sgid].forEach((id, index) => guest.setU32(at + index * 4, id));
  return 0;
}

export function id_set_uid(guest: Guest, ruid: number, euid: number, suid: number): number {
  guest.sys.setuids(guest.process, ruid, euid, suid);
  return 0;
}

export function id_set_gid(guest: Guest, rgid: number, egid: number, sgid: number): number {
  guest.sys.setgids(guest.process, rgid, egid, sgid);
  return 0;
}

export function groups_get(guest: Guest, groups: number, countInOut: number): number {
  const room = guest.getU32(countInOut);
  const own = guest.process.ids.groups;
  if (room !== 0) {
    if (room < own.length) throw errno('EINVAL');
    const at = guest.range(groups, own.length * 4);
    own.forEach((gid, index) => guest.setU32(at + index * 4, gid));
  }
  guest.setU32(countInOut, own.length);
  return 0;
}

export function groups_set(guest: Guest, groups: number, count: number): number {
  const number = count >>> 0;
  if (number > NGROUPS_MAX) throw errno('EINVAL');
  const at = guest.range(groups, number * 4);
  guest.sys.setgroups(
    guest.process,
    Array.from({ length: number }, (_, index) => guest.getU32(at + index * 4)),
  );
  return 0;
}

export function umask_set(guest: Guest, mask: number, oldOut: number): number {
  guest.range(oldOut, 4);
  guest.setU32(oldOut, guest.sys.umask(guest.process, mask & 0o777));
  return 0;
}

export function rlimit_get(guest: Guest, resource: number, out: number): number {
  const at = guest.range(out, 16);
  const [soft, hard] = guest.sys.getrlimit(guest.process, resource);
  guest.setU64(at, soft & U64);
  guest.setU64(at + 8, hard & U64);
  return 0;
}

export function rlimit_set(guest: Guest, resource: number, limit: number): number {
  const at = guest.range(limit, 16);
  guest.sys.setrlimit(guest.process, resource, guest.getU64(at), guest.getU64(at + 8));
  return 0;
}

const UTS_FIELD = 65;

/** The name is Linux's, since the rules are; the machine is the truth. */
export function sys_uname(guest: Guest, out: number): number {
  const { hostname, domainname } = guest.entry;
  const fields = ['Linux', hostname, '6.1.0-tsrun', '#1 tsrun emulation', 'wasm32', domainname];
  const target = guest.bytes(out, UTS_FIELD * fields.length).fill(0);
  fields.forEach((text, index) => target.set(encodeUtf8(text).subarray(0, UTS_FIELD - 1), index * UTS_FIELD));
  return 0;
}

export function sys_sethostname(guest: Guest, name: number, length: number): number {
  guest.sys.sethostname(guest.process, guest.string(name, length));
  return 0;
}
