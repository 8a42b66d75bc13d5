import type { Guest } from '../guest.ts';

/** The limit of one crypto.getRandomValues. */
const CHUNK = 65536;

export function random_get(guest: Guest, pointer: number, length: number): number {
  const bytes = guest.bytes(pointer, length);
  for (let at = 0; at < bytes.length; at += CHUNK) crypto.getRandomValues(bytes.subarray(at, at + CHUNK) as Uint8Array<ArrayBuffer>);
  return 0;
}
