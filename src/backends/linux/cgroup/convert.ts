/** From the units of cgroup v1, in which config.json is written, to those of v2. Pure. */

/** cpu.shares 2…262144 → cpu.weight 1…10000, with 1024 ↔ 100 (the curve of runc 1.3 and crun 1.23, not the older straight line). */
export function cpuWeight(shares: number): number {
  if (shares <= 2) return 1;
  if (shares >= 262_144) return 10_000;
  const bits = Math.log2(shares);
  return Math.ceil(10 ** ((bits * bits + 125 * bits) / 612 - 7 / 34));
}

/** blkio weight 10…1000 → io.weight 1…10000. */
export function ioWeight(weight: number): number {
  return 1 + Math.trunc(((weight - 10) * 9999) / 990);
}

/**
 * Memory and swap together (v1) → swap alone (v2). `limit` is the memory limit that will be in force; -1 and Infinity
 * are no limit. undefined: leave the swap limit alone.
 */
export function swapMax(swap: number | undefined, limit: number | undefined): number | 'max' | undefined | { readonly error: string } {
  if (swap === undefined || swap === 0) return limit === -1 ? 'max' : undefined;
  if (swap < 0) return 'max';
  if (limit === undefined || limit < 0 || limit === Number.POSITIVE_INFINITY)
    return { error: 'unable to set swap limit without memory limit' };
  if (swap < limit) return { error: 'memory+swap limit should be >= memory limit' };
  return swap - limit;
}

/** Microseconds; undefined leaves that half as `current` (the content of cpu.max) has it. quota < 0: no limit. */
export function cpuMax(quota: number | undefined, period: number | undefined, current: string): string {
  const [oldQuota, oldPeriod = '100000'] = (current || 'max').split(' ');
  return `${quota === undefined ? oldQuota : quota < 0 ? 'max' : quota} ${period ?? oldPeriod}`;
}

/** 2097152 or the page size as the config has it → the kernel's spelling in file names, `2MB`. */
export function pageSizeName(bytes: number): string {
  const units: readonly (readonly [number, string])[] = [
    [2 ** 30, 'GB'],
    [2 ** 20, 'MB'],
    [2 ** 10, 'KB'],
  ];
  const unit = units.find(([size]) => bytes >= size);
  return unit === undefined ? `${bytes}B` : `${bytes / unit[0]}${unit[1]}`;
}
