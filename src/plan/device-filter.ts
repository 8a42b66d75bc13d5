/** The device rules of the container's cgroup, where they are a program (v2). v1 has files, which the backend writes. */
import { type Context, isRootless } from './context.ts';
import { compileDeviceFilter } from './device-bpf.ts';
import { DEFAULT_DEVICE_RULES } from './device-rules.ts';
import type { Op } from './ops.ts';

const POINTER = '/linux/resources/devices';

/**
 * A container without rules gets the default devices alone, as with runc. Rootless: the kernel lets nobody but root
 * attach such a program, and mknod(2) is refused in a user namespace anyhow.
 */
export function planDeviceFilter({ spec, facts, options }: Context): Op[] {
  const { dirs, manager } = options.cgroup;
  const path = dirs[''];
  const hasDevicesController = Object.keys(dirs).some((key) => key.split(',').includes('devices'));
  if (manager === 'disabled' || path === undefined || hasDevicesController) return [];
  if (isRootless(facts)) return []; // the backend's check has said so
  const rules = spec.linux?.resources?.devices ?? [];
  return [{ op: 'deviceFilter', stage: 'host', origin: POINTER, path, program: compileDeviceFilter([...rules, ...DEFAULT_DEVICE_RULES]) }];
}
