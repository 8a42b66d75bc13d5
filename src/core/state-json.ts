import type { ContainerStatus } from '../oci/state.ts';
import type { ContainerRecord } from './record.ts';

/** What `state` and `list --format json` print, in runc's shape, with `backend` and `exitCode` as additions. */
export interface StateDocument {
  readonly ociVersion: string;
  readonly id: string;
  /** 0 when there is no process. */
  readonly pid: number;
  readonly status: ContainerStatus;
  readonly bundle: string;
  readonly rootfs: string;
  /** RFC 3339 with the fraction as short as it can be (Go's RFC3339Nano). */
  readonly created: string;
  readonly annotations?: Readonly<Record<string, string>>;
  /** `list`: the user's name; `state`: '' as runc has it. */
  readonly owner: string;
  readonly backend: string;
  /** Of a stopped container, where known; 128+n after signal n. */
  readonly exitCode?: number;
}

export function stateDocument(
  record: ContainerRecord,
  status: ContainerStatus,
  pid: number,
  exitCode: number | undefined,
  owner: string,
): StateDocument {
  return {
    ociVersion: record.ociVersion,
    id: record.id,
    pid,
    status,
    bundle: record.bundle,
    rootfs: record.rootfs,
    created: record.created,
    ...(record.annotations === undefined ? {} : { annotations: record.annotations }),
    owner,
    backend: record.backend,
    ...(exitCode === undefined ? {} : { exitCode }),
  };
}

/** Go's RFC3339Nano: no trailing zeros in the fraction, none at all for a whole second. */
export function rfc3339Nano(date: Date): string {
  return date.toISOString().replace(/\.?0*Z$/, 'Z');
}
