/** linux.resources.devices on cgroup v1. (v2 has no files for it: a BPF program of the plan does it, see ops.ts deviceFilter.) */
import type { LinuxDeviceCgroup } from '../../../oci/spec.ts';
import { TsrunError } from '../../../core/errors.ts';
import type { CgroupRecord } from '../../../plan/facts.ts';
import { gatherHostFacts, isRootless } from '../host.ts';
import { type DeviceWrite, planDeviceWrites } from './device-rules.ts';
import { rawWrite, systemErrorCode, writeError } from './files.ts';
import { findV1 } from './place.ts';

/** Rules apply in order, then the default devices are allowed. Throws when v1 cannot express the rules. */
export function applyDevices(record: CgroupRecord, rules: readonly LinuxDeviceCgroup[]): void {
  const dir = findV1(record, 'devices');
  if (dir === undefined) {
    refuseWithoutController(record, rules);
    return;
  }
  for (const write of planDeviceWrites(rules)) if (!writeRule(dir, write)) return;
}

/**
 * A v2 tree takes the BPF program. Rootless there is neither, and the kernel gives an unprivileged user's container no
 * device that the user could not open outside: as in runc, no error, but a finding of `check`.
 */
function refuseWithoutController(record: CgroupRecord, rules: readonly LinuxDeviceCgroup[]): void {
  if (rules.length === 0 || record.dirs[''] !== undefined || Object.keys(record.dirs).length === 0) return;
  if (isRootless(gatherHostFacts())) return;
  throw new TsrunError('CONFIG_UNSUPPORTED', 'cannot set devices limit: the devices controller is not mounted', {
    pointer: '/linux/resources/devices',
  });
}

/**
 * False: the kernel lets nobody in a user namespace change device rules, whoever owns the files (CAP_SYS_ADMIN of the
 * host); what holds for tsrun holds for the container then (`check` reports it).
 */
function writeRule(dir: string, { file, value, pointer, optional }: DeviceWrite): boolean {
  try {
    rawWrite(`${dir}/${file}`, value);
  } catch (error) {
    if (systemErrorCode(error) === 'EPERM' && isRootless(gatherHostFacts())) return false;
    // A default device that the cgroup above forbids: the container cannot have it, and nobody asked for it.
    if (!optional || systemErrorCode(error) !== 'EPERM') throw writeError({ dir, file, value, pointer }, error);
  }
  return true;
}
