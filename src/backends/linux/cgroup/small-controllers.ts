/** linux.resources.hugepageLimits, network and rdma. */
import type { LinuxHugepageLimit, LinuxNetwork, LinuxRdma } from '../../../oci/spec.ts';
import { TsrunError } from '../../../core/errors.ts';
import type { CgroupRecord } from '../../../plan/facts.ts';
import { decimal, hasFile, writeCgroupFile } from './files.ts';
import { findPlace, needPlace } from './place.ts';

/** Reservations first, where the kernel accounts for them (5.7), then page faults. */
export function applyHugepages(record: CgroupRecord, limits: readonly LinuxHugepageLimit[]): void {
  for (const [index, { pageSize, limit }] of limits.entries()) {
    const pointer = `/linux/resources/hugepageLimits/${index}`;
    const { version, dir } = needPlace(record, 'hugetlb', pointer);
    const suffix = version === 1 ? 'limit_in_bytes' : 'max';
    const file = `hugetlb.${pageSize}.${suffix}`;
    if (pageSize.includes('/') || !hasFile(dir, file)) {
      throw new TsrunError('CONFIG_UNSUPPORTED', `this host has no huge pages of size ${pageSize}`, { pointer: `${pointer}/pageSize` });
    }
    const reserved = `hugetlb.${pageSize}.rsvd.${suffix}`;
    if (hasFile(dir, reserved)) writeCgroupFile({ dir, file: reserved, value: decimal(limit), pointer });
    writeCgroupFile({ dir, file, value: decimal(limit), pointer });
  }
}

/** v1 only. 0 is "not given". */
export function applyNetwork(record: CgroupRecord, { classID, priorities }: LinuxNetwork): void {
  const base = '/linux/resources/network';
  if (classID) {
    const pointer = `${base}/classID`;
    writeCgroupFile({ dir: needV1(record, 'net_cls', pointer), file: 'net_cls.classid', value: decimal(classID), pointer });
  }
  for (const [index, { name, priority }] of (priorities ?? []).entries()) {
    const pointer = `${base}/priorities/${index}`;
    writeCgroupFile({ dir: needV1(record, 'net_prio', pointer), file: 'net_prio.ifpriomap', value: `${name} ${priority}`, pointer });
  }
}

function needV1(record: CgroupRecord, controller: string, pointer: string): string {
  const place = findPlace(record, controller);
  if (place?.version === 1) return place.dir;
  throw new TsrunError('CONFIG_UNSUPPORTED', `the ${controller} controller is not mounted, and cgroup v2 has no equivalent`, { pointer });
}

export function applyRdma(record: CgroupRecord, limits: Readonly<Record<string, LinuxRdma>>): void {
  for (const [device, { hcaHandles, hcaObjects }] of Object.entries(limits)) {
    const pointer = `/linux/resources/rdma/${device.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    const { dir } = needPlace(record, 'rdma', pointer);
    const values = [
      ...(hcaHandles === undefined ? [] : [`hca_handle=${hcaHandles}`]),
      ...(hcaObjects === undefined ? [] : [`hca_object=${hcaObjects}`]),
    ];
    if (values.length > 0) writeCgroupFile({ dir, file: 'rdma.max', value: [device, ...values].join(' '), pointer });
  }
}
