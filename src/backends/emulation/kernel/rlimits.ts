import { errno } from '../errno.ts';
import { CAP_SYS_RESOURCE, hasCapability } from './capabilities.ts';
import type { Proc } from './process.ts';
import type { RlimitTable } from './types.ts';

export const RLIMIT_CPU = 0;
export const RLIMIT_FSIZE = 1;
export const RLIMIT_NPROC = 6;
export const RLIMIT_NOFILE = 7;
export const RLIMIT_AS = 9;
export const RLIMIT_COUNT = 16;
export const RLIM_INFINITY = (1n << 64n) - 1n;
/** Linux's /proc/sys/fs/nr_open. */
const NR_OPEN = 1048576n;

const UNLIMITED = [RLIM_INFINITY, RLIM_INFINITY] as const;
/** What a Linux init has where it is not unlimited (include/asm-generic/resource.h). */
const DEFAULTS: RlimitTable = new Map([
  [3, [8388608n, RLIM_INFINITY]],
  [4, [0n, RLIM_INFINITY]],
  [RLIMIT_NOFILE, [1024n, 1048576n]],
  [8, [8388608n, 8388608n]],
  [12, [819200n, 819200n]],
  [13, [0n, 0n]],
  [14, [0n, 0n]],
]);

export function limitOf(process: Proc, resource: number): readonly [bigint, bigint] {
  return process.rlimits.get(resource) ?? DEFAULTS.get(resource) ?? UNLIMITED;
}

/** Soft limit as a number, Infinity for none. */
export function softLimit(process: Proc, resource: number): number {
  const [soft] = limitOf(process, resource);
  return soft === RLIM_INFINITY ? Infinity : Number(soft);
}

export function getrlimit(process: Proc, resource: number): readonly [bigint, bigint] {
  if (!Number.isInteger(resource) || resource < 0 || resource >= RLIMIT_COUNT) throw errno('EINVAL');
  return limitOf(process, resource);
}

/** Hard limits go down for everyone, up with CAP_SYS_RESOURCE. */
export function setrlimit(process: Proc, resource: number, soft: bigint, hard: bigint): void {
  const [, oldHard] = getrlimit(process, resource);
  if (soft > hard) throw errno('EINVAL');
  if (resource === RLIMIT_NOFILE && hard > NR_OPEN) throw errno('EPERM');
  if (hard > oldHard && !hasCapability(process, CAP_SYS_RESOURCE)) throw errno('EPERM');
  // Shared with parent and children until one changes it.
  process.rlimits = new Map(process.rlimits).set(resource, [soft, hard]);
  cacheLimits(process);
}

/** The soft limits that hot paths look at. */
export function cacheLimits(process: Proc): void {
  process.maxDescriptors = softLimit(process, RLIMIT_NOFILE);
  process.maxFileSize = softLimit(process, RLIMIT_FSIZE);
  process.maxCpuMs = softLimit(process, RLIMIT_CPU) * 1000;
}
