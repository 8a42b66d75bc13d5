/** linux.resources.blockIO: blkio (v1) or io (v2). */
import type { LinuxBlockIO, LinuxThrottleDevice } from '../../../oci/spec.ts';
import { TsrunError } from '../../../core/errors.ts';
import type { CgroupRecord } from '../../../plan/facts.ts';
import { ioWeight } from './convert.ts';
import { decimal, hasFile, writeCgroupFile } from './files.ts';
import { needPlace, type Place } from './place.ts';

const BASE = '/linux/resources/blockIO';

/** property of the config, file of v1, key in v2's io.max */
const THROTTLES = [
  ['throttleReadBpsDevice', 'blkio.throttle.read_bps_device', 'rbps'],
  ['throttleWriteBpsDevice', 'blkio.throttle.write_bps_device', 'wbps'],
  ['throttleReadIOPSDevice', 'blkio.throttle.read_iops_device', 'riops'],
  ['throttleWriteIOPSDevice', 'blkio.throttle.write_iops_device', 'wiops'],
] as const;

/** A weight of 0 is "not given" (docker writes it always); a rate of 0 lifts that device's limit. */
export function applyBlockIO(record: CgroupRecord, io: LinuxBlockIO): void {
  const throttled = THROTTLES.some(([property]) => io[property]?.length);
  if (!io.weight && !io.leafWeight && !io.weightDevice?.length && !throttled) return;
  const place = needIoPlace(record);
  if (io.weight) writeWeights(place, 'weight', weightFiles(place, '', io.weight), `${BASE}/weight`);
  if (io.leafWeight) writeWeights(place, 'leafWeight', leafFiles(place, '', io.leafWeight), `${BASE}/leafWeight`);
  for (const [index, { major, minor, weight, leafWeight }] of (io.weightDevice ?? []).entries()) {
    const device = `${major}:${minor} `;
    const pointer = `${BASE}/weightDevice/${index}`;
    if (weight) writeWeights(place, 'weightDevice', weightFiles(place, device, weight), `${pointer}/weight`);
    if (leafWeight) writeWeights(place, 'leafWeight', leafFiles(place, device, leafWeight), `${pointer}/leafWeight`);
  }
  for (const [property, file, key] of THROTTLES) {
    for (const [index, device] of (io[property] ?? []).entries()) {
      const pointer = `${BASE}/${property}/${index}`;
      if (place.version === 1) writeCgroupFile({ dir: place.dir, file, value: `${deviceOf(device)} ${decimal(device.rate)}`, pointer });
      else
        writeCgroupFile({
          dir: place.dir,
          file: 'io.max',
          value: `${deviceOf(device)} ${key}=${device.rate === 0 ? 'max' : decimal(device.rate)}`,
          pointer,
        });
    }
  }
}

/** The controller's name differs between the versions, not only its files. */
function needIoPlace(record: CgroupRecord): Place {
  const v1 = Object.keys(record.dirs).some((key) => key.split(',').includes('blkio'));
  return needPlace(record, v1 || record.mode === 'v1' ? 'blkio' : 'io', BASE);
}

type FileValue = readonly [file: string, value: string];

/**
 * Candidates; those that the kernel has are all written, since which one counts depends on the I/O scheduler of the
 * device: BFQ has its own (1…1000, as in the config) beside the one of blk-iocost (v2) or CFQ (v1, before Linux 5.0).
 */
function weightFiles({ version }: Place, device: string, weight: number): readonly FileValue[] {
  const suffix = device === '' ? '' : '_device';
  if (version === 1) {
    return [
      [`blkio.bfq.weight${suffix}`, `${device}${weight}`],
      [`blkio.weight${suffix}`, `${device}${weight}`],
    ];
  }
  return [
    ['io.bfq.weight', `${device}${weight}`],
    ['io.weight', `${device === '' ? 'default ' : device}${ioWeight(weight)}`],
  ];
}

/** Gone with CFQ in Linux 5.0; never in v2. */
function leafFiles({ version }: Place, device: string, weight: number): readonly FileValue[] {
  return version === 1 ? [[`blkio.leaf_weight${device === '' ? '' : '_device'}`, `${device}${weight}`]] : [];
}

function writeWeights({ dir, version }: Place, property: string, candidates: readonly FileValue[], pointer: string): void {
  const present = candidates.filter(([file]) => hasFile(dir, file));
  if (present.length === 0) {
    const files = candidates.map(([file]) => file).join(' nor ') || 'a file for it';
    throw new TsrunError('CONFIG_UNSUPPORTED', `cannot set blockIO ${property}: this kernel's cgroup v${version} has no ${files}`, {
      pointer,
    });
  }
  for (const [file, value] of present) writeCgroupFile({ dir, file, value, pointer });
}

function deviceOf({ major, minor }: LinuxThrottleDevice): string {
  return `${major}:${minor}`;
}
