import type { Proc } from '../../process.ts';
import { limitOf, RLIM_INFINITY } from '../../rlimits.ts';

/** By RLIMIT_* number. */
const ROWS: readonly (readonly [name: string, unit?: string])[] = [
  ['Max cpu time', 'seconds'],
  ['Max file size', 'bytes'],
  ['Max data size', 'bytes'],
  ['Max stack size', 'bytes'],
  ['Max core file size', 'bytes'],
  ['Max resident set', 'bytes'],
  ['Max processes', 'processes'],
  ['Max open files', 'files'],
  ['Max locked memory', 'bytes'],
  ['Max address space', 'bytes'],
  ['Max file locks', 'locks'],
  ['Max pending signals', 'signals'],
  ['Max msgqueue size', 'bytes'],
  ['Max nice priority'],
  ['Max realtime priority'],
  ['Max realtime timeout', 'us'],
];

/** /proc/PID/limits. */
export function limitsOf(process: Proc): string {
  const column = (limit: bigint): string => (limit === RLIM_INFINITY ? 'unlimited' : String(limit)).padEnd(20);
  const rows = ROWS.map(([name, unit], resource) => {
    const [soft, hard] = limitOf(process, resource);
    return `${name.padEnd(25)} ${column(soft)} ${column(hard)} ${unit?.padEnd(10) ?? ''}\n`;
  });
  return `Limit                     Soft Limit           Hard Limit           Units     \n${rows.join('')}`;
}
