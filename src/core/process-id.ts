import { readFileSync } from 'node:fs';

/** A process that cannot be mistaken for a later one with the same pid. startTime: clock ticks since boot, '' where there is no /proc. */
export interface ProcessId {
  readonly pid: number;
  readonly startTime: string;
}

let own: ProcessId | undefined;

export function ownProcessId(): ProcessId {
  return (own ??= { pid: process.pid, startTime: startTimeOf(process.pid) ?? '' });
}

/** A zombie is dead. Without /proc the pid alone has to do. */
export function isAlive(id: ProcessId): boolean {
  if (id.startTime !== '') return startTimeOf(id.pid) === id.startTime;
  try {
    process.kill(id.pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** proc(5): field 3 is the state, field 22 the start time; the name in field 2 may hold blanks and parentheses. */
function startTimeOf(pid: number): string | undefined {
  if (process.platform !== 'linux') return undefined;
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/stat`, 'latin1');
  } catch {
    return undefined; // no such process, or no /proc
  }
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19];
}
