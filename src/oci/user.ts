import type { Parsed } from './parsed.ts';

/** 2^32-1 is `(uid_t)-1`, "leave alone" to setresuid, so that it can be nobody's id. */
const MAX_ID = 0xffff_fffe;

/**
 * `UID[:GID]` of `exec --user`, decimal numbers only. Strict: crun's lax parser took "1" for uid 0 (CVE-2026-30892), so
 * nothing but digits is an id, and a leading zero (octal to some) is refused. gid is undefined where none is given.
 */
export function parseUser(text: string): Parsed<{ readonly uid: number; readonly gid: number | undefined }> {
  const colon = text.indexOf(':');
  const uid = parseId(colon < 0 ? text : text.slice(0, colon), 'uid');
  if ('error' in uid) return uid;
  if (colon < 0) return { value: { uid: uid.value, gid: undefined } };
  const gid = parseId(text.slice(colon + 1), 'gid');
  return 'error' in gid ? gid : { value: { uid: uid.value, gid: gid.value } };
}

/** One id, e.g. of `--additional-gids`. */
export function parseId(text: string, what: 'uid' | 'gid'): Parsed<number> {
  if (!/^(?:0|[1-9][0-9]{0,9})$/.test(text))
    return { error: `parsing ${JSON.stringify(text)} as int for ${what} failed: not a decimal number` };
  const id = Number(text);
  if (id > MAX_ID) return { error: `parsing ${JSON.stringify(text)} as int for ${what} failed: above ${MAX_ID}` };
  return { value: id };
}
