import type { Exit, Json } from '../backends/backend.ts';
import type { Hooks } from '../oci/spec.ts';
import { TsrunError } from './errors.ts';
import type { ProcessId } from './process-id.ts';

/** state.json: what is known of a container between two commands. */
export interface ContainerRecord {
  /** Of this format. */
  readonly tsrun: 1;
  readonly id: string;
  /** Name of the backend that made it and must do all the rest. */
  readonly backend: string;
  /** `creating` until create() has succeeded; with a dead creator it is what a crash left. */
  readonly phase: 'creating' | 'created';
  readonly creator: ProcessId;
  /** Absolute. */
  readonly bundle: string;
  /** Absolute; '' until the config was read. */
  readonly rootfs: string;
  readonly ociVersion: string;
  /** RFC 3339. */
  readonly created: string;
  /** User id of who made it. */
  readonly owner: number;
  readonly annotations?: Readonly<Record<string, string>>;
  /** What commands after create need of the config. */
  readonly hooks?: Pick<Hooks, 'poststart' | 'poststop'>;
  /** The config has a process; without one `start` is an error. */
  readonly startable: boolean;
  /** The backend's; null until it announced its intent. */
  readonly handle: Json;
  /** It has a socket for sd_notify(3). */
  readonly notify?: true;
  /** How the first process ended, where a tsrun saw it. */
  readonly exit?: Exit;
}

/** Throws STATE_CORRUPT, with what is wrong, on anything that `id`'s state.json cannot be. */
export function parseRecord(text: string, id: string): ContainerRecord {
  if (text.trim() === '') throw corrupt(id, 'state.json is empty');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw corrupt(id, 'state.json is no JSON (truncated?)', error);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw corrupt(id, 'state.json holds no object');
  const record = value as Record<string, unknown>;
  if (record['tsrun'] !== 1) throw corrupt(id, 'state.json was not written by this tsrun');
  if (record['id'] !== id) throw corrupt(id, `state.json is that of ${JSON.stringify(record['id'])}`);
  for (const [key, type] of Object.entries(TYPES)) {
    if (typeof record[key] !== type) throw corrupt(id, `state.json: ${key} is no ${type}`);
  }
  if (record['phase'] !== 'creating' && record['phase'] !== 'created') throw corrupt(id, 'state.json: unknown phase');
  if (record['handle'] === undefined) throw corrupt(id, 'state.json: no handle');
  const creator = record['creator'] as Record<string, unknown> | null;
  if (typeof creator?.['pid'] !== 'number' || typeof creator['startTime'] !== 'string') throw corrupt(id, 'state.json: bad creator');
  return record as unknown as ContainerRecord;
}

const TYPES = {
  backend: 'string',
  bundle: 'string',
  rootfs: 'string',
  ociVersion: 'string',
  created: 'string',
  owner: 'number',
  startable: 'boolean',
  creator: 'object',
} as const;

export function corrupt(id: string, what: string, cause?: unknown): TsrunError {
  return new TsrunError('STATE_CORRUPT', `state of container ${id} is damaged: ${what}`, {
    hint: `"delete --force ${id}" removes what is left`,
    ...(cause === undefined ? {} : { cause }),
  });
}
