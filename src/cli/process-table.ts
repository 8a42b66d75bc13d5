import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { ProcessInfo } from '../backends/backend.ts';
import { TsrunError } from '../core/errors.ts';
import { table } from './table.ts';

/** What the host's ps prints; undefined where there is none. Engines may run us without PATH. */
export function hostPs(options: readonly string[]): string | undefined {
  const { error, status, stdout, stderr } = spawnSync('ps', options, {
    encoding: 'utf8',
    env: { ...process.env, PATH: process.env['PATH'] || '/usr/bin:/bin' },
    maxBuffer: 64 << 20,
  });
  if (error !== undefined) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new TsrunError('SYSTEM', `cannot run ps: ${error.message}`, { cause: error });
  }
  if (status !== 0) throw new TsrunError('USAGE', `exit status ${status}: ${stderr.trim()}`);
  return stdout;
}

/** The header and the lines whose PID column is one of `pids`. */
export function filterPs(output: string, pids: readonly number[]): string {
  const [header = '', ...lines] = output.split('\n');
  const column = header.trim().split(/\s+/).indexOf('PID');
  if (column < 0) throw new TsrunError('USAGE', "couldn't find PID field in ps output", { hint: 'the ps options must print a PID column' });
  const wanted = new Set(pids);
  const kept = lines.filter((line) => wanted.has(Number(line.trim().split(/\s+/)[column])));
  return `${[header, ...kept].join('\n')}\n`;
}

/** Of processes that the host does not know; pids are the container's. */
export function shownTable(infos: readonly ProcessInfo[]): string {
  const rows = infos.flatMap(({ pid, shown }) =>
    shown === undefined ? [] : [[String(shown.uid), String(pid), String(shown.ppid), shown.state, clock(shown.cpuMs), shown.command]],
  );
  return table([['UID', 'PID', 'PPID', 'STAT', 'TIME', 'CMD'], ...rows]);
}

/** HH:MM:SS as ps has it. */
function clock(ms: number): string {
  return new Date(ms).toISOString().slice(11, 19);
}

/** From /proc, for hosts without ps. */
export function ownTable(pids: readonly number[]): string {
  const rows = pids.flatMap((pid) => {
    try {
      const status = readFileSync(`/proc/${pid}/status`, 'utf8');
      const field = (name: string): string => new RegExp(`^${name}:\\s+(\\S+)`, 'm').exec(status)?.[1] ?? '?';
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
      return [[field('Uid'), String(pid), field('PPid'), command || `[${field('Name')}]`]];
    } catch {
      return []; // ended meanwhile
    }
  });
  return table([['UID', 'PID', 'PPID', 'CMD'], ...rows]);
}
