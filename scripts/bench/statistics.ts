/** Of alternating runs: medians, and ratios of neighbours in time, which share the machine's mood. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle];
  if (upper === undefined) return Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

/** The median over rounds of a/b; rounds where either is missing do not count. */
export function pairwiseRatio(a: readonly number[], b: readonly number[]): number {
  const ratios = a.flatMap((value, round) => {
    const other = b[round];
    return other === undefined || other === 0 ? [] : [value / other];
  });
  return median(ratios);
}

/** percent: 0 to 100; the value that so many percent do not exceed. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? Number.NaN;
}
