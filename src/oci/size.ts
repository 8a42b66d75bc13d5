import type { Parsed } from './parsed.ts';

const UNITS = 'kmgtp';
/** Above it a signed 64-bit number cannot hold the bytes. */
const MAX = 2 ** 63;

/**
 * A number of bytes as docker and runc take it (`RAMInBytes`): digits, perhaps with a fraction, then k, m, g, t or p in
 * any case (powers of 1024), perhaps followed by `b` or `ib`: "32M", "1.5g", "512", "64 KiB". `-1` means no limit.
 */
export function parseSize(text: string): Parsed<number> {
  if (text === '-1') return { value: -1 };
  const match = /^([0-9]+(?:\.[0-9]+)?) ?(?:([kmgtp])(?:i?b)?|b)?$/i.exec(text);
  if (!match) return { error: `invalid size: '${text}'` };
  const unit = match[2] === undefined ? 0 : UNITS.indexOf(match[2].toLowerCase()) + 1;
  const bytes = Math.trunc(Number(match[1]) * 1024 ** unit);
  return bytes < MAX ? { value: bytes } : { error: `invalid size: '${text}' is too large` };
}
