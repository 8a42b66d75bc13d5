import type { Parsed } from './parsed.ts';

/** Far above the kernel's CONFIG_NR_CPUS (8192) and MAX_NUMNODES (1024). */
const MAX = 65_535;

/**
 * A list of CPUs or memory nodes such as `0-3,7` (cpuset(7), "List format"), sorted and without repetition.
 * An empty text is an empty list.
 */
export function parseCpuList(text: string): Parsed<readonly number[]> {
  const numbers = new Set<number>();
  for (const range of text.trim() === '' ? [] : text.split(',')) {
    const match = /^ *([0-9]{1,5})(?: *- *([0-9]{1,5}))? *$/.exec(range);
    const first = Number(match?.[1]);
    const last = Number(match?.[2] ?? match?.[1]);
    if (!match || first > last || last > MAX) return { error: `${JSON.stringify(text)} is not a list such as "0-3,7"` };
    for (let number = first; number <= last; number++) numbers.add(number);
  }
  return { value: [...numbers].toSorted((a, b) => a - b) };
}
