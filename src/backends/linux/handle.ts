/** What state.json keeps of a Linux container: all that later commands need to find it again. */
import { TsrunError } from '../../core/errors.ts';
import type { CgroupRecord } from '../../plan/facts.ts';
import type { Json } from '../backend.ts';

/** One instruction of the plan, as far as an error about it needs. */
export type Step = {
  readonly op: string;
  /** JSON pointer of the config entry. */
  readonly origin: string;
  /** `mounting proc on /proc` */
  readonly text: string;
  /** awaitStart, exec: argv[0] as the user wrote it. */
  readonly program?: string;
};

/** The instructions that run only after `start`, when the plan itself is gone; `first` is the index of steps[0]. */
export type LateSteps = {
  readonly first: number;
  readonly steps: readonly Step[];
};

export type LinuxHandle = {
  /** Host pid of the first process; 0 in the intent, before there is one. */
  readonly pid: number;
  /** Its start time (field 22 of /proc/PID/stat, clock ticks since boot): pids are reused, this pair is not. */
  readonly startTime: number;
  /** Without a pid namespace of its own, killing the first process does not end the others. */
  readonly ownPidNamespace: boolean;
  readonly cgroup: CgroupRecord;
  readonly late: LateSteps;
};

/** Read a handle back; throws STATE_CORRUPT on anything this backend did not write. */
export function parseHandle(value: Json): LinuxHandle {
  const handle = value as { readonly [key: string]: Json } | null;
  if (
    handle === null ||
    typeof handle !== 'object' ||
    !isCount(handle['pid']) ||
    !isCount(handle['startTime']) ||
    typeof handle['ownPidNamespace'] !== 'boolean' ||
    !isCgroupRecord(handle['cgroup']) ||
    !isLateSteps(handle['late'])
  ) {
    throw new TsrunError('STATE_CORRUPT', 'the saved state is not one of the linux backend', {
      hint: 'remove it with: tsrun delete --force ID',
    });
  }
  return value as unknown as LinuxHandle;
}

function isCount(value: Json | undefined): boolean {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function isCgroupRecord(value: Json | undefined): boolean {
  if (value === null || typeof value !== 'object') return false;
  const record = value as { readonly [key: string]: Json };
  const dirs = record['dirs'];
  return (
    typeof record['manager'] === 'string' &&
    typeof record['mode'] === 'string' &&
    typeof record['path'] === 'string' &&
    dirs !== null &&
    typeof dirs === 'object' &&
    Object.values(dirs).every((dir) => typeof dir === 'string' && dir.startsWith('/'))
  );
}

function isLateSteps(value: Json | undefined): boolean {
  const late = value as { readonly first?: Json; readonly steps?: Json } | null | undefined;
  return typeof late === 'object' && late !== null && isCount(late.first) && Array.isArray(late.steps);
}
