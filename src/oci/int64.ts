/**
 * 64-bit values of config.json are held as numbers (see spec.ts). These two turn them into what the kernel gets:
 * a value that was rounded up past the end of the type, as 2^64-1 (RLIM_INFINITY) and 2^63-1 are, becomes its last.
 */
export function toUint64(value: number): bigint {
  const big = BigInt(value);
  if (big < 0n) throw new RangeError(`${value} is negative`);
  return big > 0xffff_ffff_ffff_ffffn ? 0xffff_ffff_ffff_ffffn : big;
}

export function toInt64(value: number): bigint {
  const big = BigInt(value);
  if (big > 0x7fff_ffff_ffff_ffffn) return 0x7fff_ffff_ffff_ffffn;
  return big < -0x8000_0000_0000_0000n ? -0x8000_0000_0000_0000n : big;
}
