/** What /proc says of a process. A process that is gone is `undefined`, not an error. */
import { readFileSync } from 'node:fs';
import { TsrunError } from '../../core/errors.ts';

/** include/linux/sched.h */
const PF_EXITING = 0x4;
const PF_FORKNOEXEC = 0x40;

export interface ProcessStat {
  readonly pid: number;
  /** At most 15 bytes; may hold any byte but NUL. */
  readonly comm: string;
  /** One letter of proc(5): R S D Z T t X I … */
  readonly state: string;
  readonly ppid: number;
  /** It ends (PF_EXITING), though it may take a while: the first process of a pid namespace waits for all others. */
  readonly exiting: boolean;
  /** It has called execve since it was forked. The kernel notes this (PF_FORKNOEXEC), and no program can take it back. */
  readonly executed: boolean;
  /** Field 22: clock ticks since boot. */
  readonly startTime: number;
}

/** /proc/PID/stat; undefined when there is no such process. */
export function readProcessStat(pid: number): ProcessStat | undefined {
  const text = readOfProcess(pid, 'stat');
  return text === undefined ? undefined : parseProcessStat(text);
}

/** The name may hold blanks, newlines and parentheses: it ends at the last ')' of the file. */
export function parseProcessStat(text: string): ProcessStat | undefined {
  const open = text.indexOf('(');
  const close = text.lastIndexOf(')');
  if (open < 0 || close < open) return undefined;
  const fields = text.slice(close + 2).split(' ');
  const [state, ppid] = fields;
  const flags = Number(fields[6]);
  const startTime = fields[19];
  if (state === undefined || ppid === undefined || startTime === undefined) return undefined;
  return {
    pid: Number(text.slice(0, open)),
    comm: text.slice(open + 1, close),
    state,
    ppid: Number(ppid),
    exiting: (flags & PF_EXITING) !== 0,
    executed: (flags & PF_FORKNOEXEC) === 0,
    startTime: Number(startTime),
  };
}

/** Throws STATE_CONFLICT when the process is gone already. */
export function startTimeOf(pid: number): number {
  const stat = readProcessStat(pid);
  if (stat === undefined) throw new TsrunError('STATE_CONFLICT', `process ${pid} is gone: no such process`);
  return stat.startTime;
}

/** Zombies and processes of another start time are dead; pid 0 (no process yet) is, too. */
export function isAlive(pid: number, startTime?: number): boolean {
  if (pid <= 0) return false;
  const stat = readProcessStat(pid);
  if (stat === undefined || stat.state === 'Z' || stat.state === 'X') return false;
  return startTime === undefined || stat.startTime === startTime;
}

/** Real uid and gid, as seen in tsrun's user namespace. */
export function processIds(pid: number): { readonly uid: number; readonly gid: number } | undefined {
  const status = readOfProcess(pid, 'status');
  const uid = status?.match(/^Uid:\t(\d+)/m)?.[1];
  const gid = status?.match(/^Gid:\t(\d+)/m)?.[1];
  return uid === undefined || gid === undefined ? undefined : { uid: Number(uid), gid: Number(gid) };
}

/** Children of all its threads (CONFIG_PROC_CHILDREN). Empty for a process that is gone. */
export function childrenOf(pid: number): readonly number[] {
  return (readOfProcess(pid, `task/${pid}/children`) ?? '').split(' ').filter(Boolean).map(Number);
}

/** /proc/PID/cgroup: path by controller list ('cpu,cpuacct', 'name=systemd'; '' is v2). */
export function cgroupsOf(pid: number | 'self'): ReadonlyMap<string, string> | undefined {
  const text = readOfProcess(pid, 'cgroup');
  return text === undefined ? undefined : parseProcCgroup(text);
}

/** Lines `hierarchy:controllers:path`; the path may hold colons. */
export function parseProcCgroup(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const line of text.split('\n')) {
    const first = line.indexOf(':');
    const second = line.indexOf(':', first + 1);
    if (first > 0 && second > first) found.set(line.slice(first + 1, second), line.slice(second + 1));
  }
  return found;
}

function readOfProcess(pid: number | 'self', file: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'latin1');
  } catch {
    return undefined; // ENOENT before, ESRCH while it ends, EACCES under hidepid: none is a process we could act on
  }
}
