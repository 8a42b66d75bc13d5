/** The `blkio` part of `events --stats`. */
import type { CgroupRecord } from '../../../plan/facts.ts';
import type { Json } from '../../backend.ts';
import { readCgroupFile } from './files.ts';
import { findPlace } from './place.ts';
import { pressure, sparse } from './stats-parse.ts';

type Entry = { readonly [key: string]: Json };

export function blkioStats(record: CgroupRecord): Json {
  const v1 = findPlace(record, 'blkio');
  if (v1 !== undefined) return statsV1(v1.dir);
  const dir = findPlace(record, 'io')?.dir;
  if (dir === undefined) return {};
  return { ...parseIoStat(readCgroupFile(dir, 'io.stat') ?? ''), ...pressure(dir, 'io') };
}

/** runc's name → the file's name after its prefix. */
const V1_FILES = [
  ['ioServiceBytesRecursive', 'io_service_bytes_recursive'],
  ['ioServicedRecursive', 'io_serviced_recursive'],
  ['ioQueueRecursive', 'io_queued_recursive'],
  ['ioServiceTimeRecursive', 'io_service_time_recursive'],
  ['ioWaitTimeRecursive', 'io_wait_time_recursive'],
  ['ioMergedRecursive', 'io_merged_recursive'],
  ['ioTimeRecursive', 'time_recursive'],
  ['sectorsRecursive', 'sectors_recursive'],
] as const;

/** Who counted depends on the I/O scheduler of the device: CFQ before Linux 5.0, BFQ, or with neither the throttling layer. */
const V1_PREFIXES = ['blkio.', 'blkio.bfq.', 'blkio.throttle.'];

function statsV1(dir: string): Json {
  const found: { [name: string]: Json } = {};
  for (const [name, file] of V1_FILES) {
    for (const prefix of V1_PREFIXES) {
      const entries = parseBlkio(readCgroupFile(dir, prefix + file) ?? '');
      if (entries.length === 0) continue;
      found[name] = entries;
      break;
    }
  }
  return found;
}

/** Lines `major:minor Op value` or `major:minor value`; the one without a device is the total. */
export function parseBlkio(text: string): readonly Entry[] {
  return text.split('\n').flatMap((line) => {
    const match = /^(\d+):(\d+) (?:(\w+) )?(\d+)$/.exec(line);
    return match === null ? [] : [entry(Number(match[1]), Number(match[2]), match[3], Number(match[4]))];
  });
}

/** io.stat key → runc's list and operation. */
const V2_KEYS: Readonly<Record<string, readonly [list: string, op: string]>> = {
  rbytes: ['ioServiceBytesRecursive', 'Read'],
  wbytes: ['ioServiceBytesRecursive', 'Write'],
  dbytes: ['ioServiceBytesRecursive', 'Discard'],
  rios: ['ioServicedRecursive', 'Read'],
  wios: ['ioServicedRecursive', 'Write'],
  dios: ['ioServicedRecursive', 'Discard'],
};

/** Lines `major:minor rbytes=1 wbytes=2 …`. */
export function parseIoStat(text: string): { readonly [list: string]: Entry[] } {
  const found: { [list: string]: Entry[] } = {};
  for (const line of text.split('\n')) {
    const [device = '', ...pairs] = line.split(' ');
    const [major, minor] = device.split(':').map(Number);
    if (major === undefined || minor === undefined) continue;
    for (const pair of pairs) {
      const [key = '', value] = pair.split('=');
      const where = V2_KEYS[key];
      if (where !== undefined) (found[where[0]] ??= []).push(entry(major, minor, where[1], Number(value)));
    }
  }
  return found;
}

function entry(major: number, minor: number, op: string | undefined, value: number): Entry {
  return { ...sparse({ major, minor }), ...(op !== undefined && { op }), ...sparse({ value }) };
}
