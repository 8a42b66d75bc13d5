/**
 * `status.json` in the state directory: what the process that runs the container last said of it. Written atomically,
 * read without asking that process, which may be gone: then it is worth no more than its identity.
 */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Exit, Status } from '../../backend.ts';
import { type ProcessIdentity, isAlive } from './identity.ts';

const FILE = 'status.json';

export interface StatusRecord {
  readonly supervisor: ProcessIdentity;
  readonly status: 'creating' | 'created' | 'running' | 'paused' | 'stopped';
  readonly exit?: Exit;
}

export function writeStatus(stateDir: string, record: StatusRecord): void {
  const temporary = join(stateDir, `.${FILE}.${process.pid}`);
  writeFileSync(temporary, JSON.stringify(record), { mode: 0o600 });
  renameSync(temporary, join(stateDir, FILE));
}

/** undefined: no supervisor has come that far, or the file is damaged. */
export function readStatus(stateDir: string): StatusRecord | undefined {
  let record: StatusRecord;
  try {
    record = JSON.parse(readFileSync(join(stateDir, FILE), 'utf8')) as StatusRecord;
  } catch {
    return undefined; // absent, or no JSON: nothing is known
  }
  return typeof record?.supervisor?.pid === 'number' && typeof record.status === 'string' ? record : undefined;
}

/** As `Backend.status`. */
export function statusIn(stateDir: string): Status {
  const record = readStatus(stateDir);
  if (record === undefined || record.status === 'creating') return { status: 'stopped' };
  if (record.status === 'stopped') return { status: 'stopped', ...(record.exit === undefined ? {} : { exit: record.exit }) };
  if (!isAlive(record.supervisor)) return { status: 'stopped' };
  return { status: record.status, pid: record.supervisor.pid };
}
