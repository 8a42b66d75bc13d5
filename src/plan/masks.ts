/** maskedPaths, readonlyPaths, sysctl: what of /proc and /sys the container may see and change. */
import type { Context } from './context.ts';
import type { Op } from './ops.ts';
import { pointerSegment } from './paths.ts';

/** Read-only first: a mask on a path below must not be remounted by it. */
export function planMasks({ spec }: Context): Op[] {
  const { readonlyPaths = [], maskedPaths = [] } = spec.linux ?? {};
  return [
    ...readonlyPaths.map((path, index): Op => ({ op: 'readonlyPath', stage: 'setup', origin: `/linux/readonlyPaths/${index}`, path })),
    ...maskedPaths.map((path, index): Op => ({ op: 'maskPath', stage: 'setup', origin: `/linux/maskedPaths/${index}`, path })),
  ];
}

export function planSysctl({ spec }: Context): Op[] {
  return Object.entries(spec.linux?.sysctl ?? {}).map(([key, value]) => ({
    op: 'sysctl',
    stage: 'setup',
    origin: `/linux/sysctl/${pointerSegment(key)}`,
    path: sysctlPath(key),
    value,
  }));
}

/**
 * File below /proc/sys. The first separator tells which of `.` and `/` separates; the other is then part of a name
 * (sysctl.d(5)): net.ipv4.conf.eth0/1.forwarding and net/ipv4/conf/eth0.1/forwarding are the same file.
 */
export function sysctlPath(key: string): string {
  const separator = /[./]/.exec(key)?.[0];
  return separator === '.' ? key.replaceAll(/[./]/g, (char) => (char === '.' ? '/' : '.')) : key;
}
