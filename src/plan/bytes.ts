/** The little-endian byte records that instructions carry. */

/** u64 values one after the other. */
export function u64s(...values: readonly bigint[]): Uint8Array {
  const bytes = new Uint8Array(values.length * 8);
  const view = new DataView(bytes.buffer);
  for (const [index, value] of values.entries()) view.setBigUint64(index * 8, value, true);
  return bytes;
}

/** u32 values one after the other. */
export function u32s(values: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(values.length * 4);
  const view = new DataView(bytes.buffer);
  for (const [index, value] of values.entries()) view.setUint32(index * 4, value, true);
  return bytes;
}

/** The bit set of a kernel list such as `0-3,7` (cpuset(7), "List format"); undefined: not of this form, or past `limit`. */
export function bitList(list: string, limit = 8192): Uint8Array | undefined {
  const bits = new Uint8Array(limit / 8);
  let highest = -1;
  for (const range of list.trim().split(',')) {
    const match = /^\s*(\d+)(?:-(\d+))?\s*$/.exec(range);
    if (!match) return undefined;
    const first = Number(match[1]);
    const last = Number(match[2] ?? match[1]);
    if (last < first || last >= limit) return undefined;
    for (let bit = first; bit <= last; bit++) bits[bit >> 3] = (bits[bit >> 3] ?? 0) | (1 << (bit & 7));
    highest = Math.max(highest, last);
  }
  // The kernel reads whole longs.
  return bits.subarray(0, ((highest >> 6) + 1) * 8);
}

/** makedev(3) as the C libraries pack it: what mknod(2) of a 64-bit Linux takes. */
export function makedev(major: number, minor: number): bigint {
  const [ma, mi] = [BigInt(major), BigInt(minor)];
  return ((ma & 0xfffn) << 8n) | ((ma & ~0xfffn) << 32n) | (mi & 0xffn) | ((mi & ~0xffn) << 12n);
}
