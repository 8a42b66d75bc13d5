/** `events --stats`: the data object in runc's shape (types/events.go). Nanoseconds and bytes. */
import type { CgroupRecord } from '../../../plan/facts.ts';
import type { Json, Stats } from '../../backend.ts';
import { readCgroupFile } from './files.ts';

export function cgroupStats(_record: CgroupRecord): Stats {
  return {} satisfies { [key: string]: Json };
}
void readCgroupFile;
