import type { Guest } from '../guest.ts';

/** The limit of one crypto.getRandomValues. */
const CHUNK = 65536;

export function random_get(guest: Guest, pointer: number, length: number): number {
  const bytes = guest.bytes(pointer, length);
  for (let at = 0; at < bytes.length; at += CHUNK) {
    const part = bytes.subarray(at, at + CHUNK);
    if (part.buffer instanceof SharedArrayBuffer) part.set(crypto.getRandomValues(new Uint8Array(part.length)));
    else crypto.getRandomValues(part as Uint8Array<ArrayBuffer>);
  }
  return 0;
}
