/**
 * Is the process with this pid still the one that we mean? On Linux its start time tells (field 22 of /proc/PID/stat);
 * elsewhere ps(1) is asked for it, and where there is none the pid alone has to do.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

export interface ProcessIdentity {
  readonly pid: number;
  /** '' where the system does not tell. */
  readonly startTime: string;
}

export function identityOf(pid: number): ProcessIdentity {
  return { pid, startTime: look(pid)?.startTime ?? '' };
}

/** A zombie is not: it runs no more. */
export function isAlive({ pid, startTime }: ProcessIdentity): boolean {
  if (pid <= 0) return false;
  const seen = look(pid);
  if (seen === undefined) return false;
  return !seen.zombie && (startTime === '' || seen.startTime === '' || seen.startTime === startTime);
}

interface Seen {
  readonly startTime: string;
  readonly zombie: boolean;
}

function look(pid: number): Seen | undefined {
  return process.platform === 'linux' ? lookInProc(pid) : lookByPs(pid);
}

function lookInProc(pid: number): Seen | undefined {
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/stat`, 'latin1');
  } catch {
    return exists(pid) ? { startTime: '', zombie: false } : undefined; // no such process, or /proc is not for us (hidepid)
  }
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return { startTime: fields[19] ?? '', zombie: fields[0] === 'Z' || fields[0] === 'X' };
}

/** POSIX ps; `lstart` is in BSD's and macOS's. */
function lookByPs(pid: number): Seen | undefined {
  if (!exists(pid)) return undefined;
  const { status, stdout } = spawnSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], {
    encoding: 'utf8',
    env: { PATH: '/bin:/usr/bin', LC_ALL: 'C' },
  });
  if (status !== 0) return { startTime: '', zombie: false };
  const [state = '', ...start] = stdout.trim().split(/\s+/);
  return { startTime: start.join(' '), zombie: state.startsWith('Z') };
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
