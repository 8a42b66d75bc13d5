import { TsrunError } from '../core/errors.ts';
import { absolute } from '../core/root-dir.ts';
import type { Parsed } from '../oci/parsed.ts';

/** The value, or USAGE with the flag in front of the message. */
export function flagValue<T>(flag: string, parsed: Parsed<T>): T {
  if ('error' in parsed) throw new TsrunError('USAGE', `invalid value for ${flag}: ${parsed.error}`);
  return parsed.value;
}

/** A whole number; `min` is usually 0 or -1 (no limit). */
export function integer(flag: string, text: string, min: number): number {
  const value = /^-?[0-9]{1,19}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= min))
    throw new TsrunError('USAGE', `invalid value ${JSON.stringify(text)} for ${flag}: not a whole number of at least ${min}`);
  return value;
}

/** Absolute; undefined for an absent or empty flag, as engines pass both. */
export function pathFlag(flag: string, text: string | undefined): string | undefined {
  return text === undefined || text === '' ? undefined : absolute(text, flag);
}

/** Go's durations as far as flags need them: `5s`, `100ms`, `1m30s`, or a bare number of seconds. In milliseconds. */
export function duration(flag: string, text: string): number {
  if (/^[0-9]+(\.[0-9]+)?$/.test(text)) return Number(text) * 1000;
  if (!/^([0-9]+(\.[0-9]+)?(ms|s|m|h))+$/.test(text))
    throw new TsrunError('USAGE', `invalid value ${JSON.stringify(text)} for ${flag}: not a duration`);
  let total = 0;
  for (const [, number, unit] of text.matchAll(/([0-9]+(?:\.[0-9]+)?)(ms|s|m|h)/g))
    total += Number(number) * (UNITS[unit as string] as number);
  return total;
}
const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
