/** The few formats that cgroup statistics come in. Pure but for `pressure`. */
import type { Json } from '../../backend.ts';
import { readCgroupFile } from './files.ts';

/** Above this Go's uint64 overflows; the nearest number below 2^64 that JavaScript prints as one that fits. */
const MAX_UINT64 = 18_446_744_073_709_549_568;

/** "max" is no limit; an absent file is 0. */
export function number(text: string | undefined): number {
  if (text === undefined || text === '') return 0;
  return text === 'max' ? MAX_UINT64 : Math.min(Number(text), MAX_UINT64);
}

/** Lines `key value`. */
export function flatKeyed(text: string | undefined): { readonly [key: string]: number } {
  const found: { [key: string]: number } = {};
  for (const line of (text ?? '').split('\n')) {
    const blank = line.indexOf(' ');
    if (blank > 0) found[line.slice(0, blank)] = number(line.slice(blank + 1));
  }
  return found;
}

/** `0-2,5` → [0, 1, 2, 5] */
export function cpuList(text: string | undefined): number[] {
  return (text ?? '').split(',').flatMap((range) => {
    if (range === '') return [];
    const [first = 0, last = first] = range.split('-').map(Number);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
}

/** Without zeros, as Go's omitempty. */
export function sparse(values: { readonly [key: string]: number | undefined }): { [key: string]: number } {
  return Object.fromEntries(Object.entries(values).filter((entry): entry is [string, number] => entry[1] !== undefined && entry[1] !== 0));
}

/** Pressure stall information, `some avg10=0.00 avg60=0.00 avg300=0.00 total=0`; nothing where the kernel has it switched off. */
export function pressure(dir: string, resource: 'cpu' | 'memory' | 'io'): { readonly psi?: Json } {
  const psi: { [kind: string]: Json } = {};
  for (const line of (readCgroupFile(dir, `${resource}.pressure`) ?? '').split('\n')) {
    const [kind, ...pairs] = line.split(' ');
    if (kind === 'some' || kind === 'full')
      psi[kind] = Object.fromEntries(pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), Number(pair.slice(pair.indexOf('=') + 1))]));
  }
  return Object.keys(psi).length === 0 ? {} : { psi };
}
