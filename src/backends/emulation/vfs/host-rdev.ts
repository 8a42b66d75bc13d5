import { makedev } from './types.ts';

/** The host's dev_t as ours; the packing differs between Linux and macOS (there 8 bits of major above 24 of minor). */
export function hostRdev(rdev: bigint): number {
  if (process.platform === 'darwin') return makedev(Number((rdev >> 24n) & 0xffn), Number(rdev & 0xffffffn));
  const major = ((rdev >> 8n) & 0xfffn) | ((rdev >> 32n) & 0xfffff000n);
  const minor = (rdev & 0xffn) | ((rdev >> 12n) & 0xffffff00n);
  return makedev(Number(major), Number(minor));
}
