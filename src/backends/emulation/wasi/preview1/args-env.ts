/** args_*, environ_*: vectors of C strings. */
import type { Guest } from '../guest.ts';
import { encodeUtf8 } from '../text.ts';

function sizes(guest: Guest, strings: readonly string[], countOut: number, bytesOut: number): number {
  guest.setU32(countOut, strings.length);
  guest.setU32(
    bytesOut,
    strings.reduce((sum, text) => sum + encodeUtf8(text).length + 1, 0),
  );
  return 0;
}

function fill(guest: Guest, strings: readonly string[], vector: number, buffer: number): number {
  let slot = guest.range(vector, strings.length * 4);
  let at = buffer >>> 0;
  for (const text of strings) {
    const bytes = encodeUtf8(text);
    guest.setU32(slot, at);
    guest.bytes(at, bytes.length + 1).set(bytes);
    guest.setU8(at + bytes.length, 0);
    slot += 4;
    at += bytes.length + 1;
  }
  return 0;
}

export const args_sizes_get = (guest: Guest, countOut: number, bytesOut: number): number => sizes(guest, guest.argv, countOut, bytesOut);
export const args_get = (guest: Guest, vector: number, buffer: number): number => fill(guest, guest.argv, vector, buffer);
export const environ_sizes_get = (guest: Guest, countOut: number, bytesOut: number): number => sizes(guest, guest.env, countOut, bytesOut);
export const environ_get = (guest: Guest, vector: number, buffer: number): number => fill(guest, guest.env, vector, buffer);
