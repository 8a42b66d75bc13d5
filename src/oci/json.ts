/**
 * Strict JSON for files that others wrote: what two parsers could read differently is an error here.
 *
 * `JSON.parse` makes the value. It lets through what the specification forbids (glossary.md#json: UTF-8, no duplicate
 * names; of two runc takes the last and crun the first) and has no usable positions: for that there is a scanner of our
 * own, which runs where something is or may be wrong.
 */
import { BOM, JsonError, MAX_DEPTH, place, Scanner } from './json-scanner.ts';

export { JsonError } from './json-scanner.ts';

export interface JsonDocument {
  readonly value: unknown;
  /** Numbers that a double cannot hold exactly: where, and as written. The value has the nearest double. */
  readonly rounded: readonly { readonly pointer: string; readonly text: string }[];
}

/** Parse UTF-8 bytes or text. Throws JsonError. */
export function parseJson(input: Uint8Array | string): JsonDocument {
  const text = typeof input === 'string' ? input : decode(input);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    new Scanner(text).document();
    throw new Error('JSON.parse and the scanner disagree', { cause });
  }
  if (!suspicious(text, value)) return { value, rounded: [] };
  const scanner = new Scanner(text);
  scanner.document();
  return { value, rounded: scanner.rounded };
}

/**
 * Does legal JSON need the scanner? It costs a cold process 2 ms for docker's config, this 0.2: if the text has as many
 * names (strings before a colon) as the value, none was there twice. The rest is rare spellings and depth.
 */
function suspicious(text: string, value: unknown): boolean {
  if (/[:[,]\s*-?[0-9]{16}|\\u(?:0000|[dD][89a-fA-F])/.test(text) || text.charCodeAt(0) === BOM) return true;
  let names = 0;
  for (const string of text.match(/"[^"\\]*(?:\\.[^"\\]*)*"\s*:?/g) ?? []) if (string.endsWith(':')) names++;
  return names !== countNames(value, 0);
}

/** The number of properties in the whole value; NaN if it is too deep. */
function countNames(value: unknown, depth: number): number {
  if (typeof value === 'number') return Number.isFinite(value) ? 0 : Number.NaN;
  if (typeof value !== 'object' || value === null) return 0;
  if (depth >= MAX_DEPTH) return Number.NaN;
  let count = 0;
  if (Array.isArray(value)) {
    for (const item of value) if (typeof item !== 'string') count += countNames(item, depth + 1);
  } else {
    for (const item of Object.values(value)) count += 1 + (typeof item !== 'string' ? countNames(item, depth + 1) : 0);
  }
  return count;
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    const { line, column } = firstInvalid(bytes);
    throw new JsonError('invalid UTF-8', '', line, column);
  }
}

/** Where decoding fails: the longest decodable prefix, by halving. */
function firstInvalid(bytes: Uint8Array): { line: number; column: number } {
  let good = 0;
  let bad = bytes.length;
  let prefix = '';
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    try {
      prefix = new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, middle), { stream: true });
      good = middle;
    } catch {
      bad = middle;
    }
  }
  return place(prefix, prefix.length);
}
