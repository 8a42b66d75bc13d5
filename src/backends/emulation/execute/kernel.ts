/** The kernel of a container, with what the config says of it before its first instruction. */
import type { Spec } from '../../../oci/spec.ts';
import { allowsDevice, DEFAULT_DEVICE_RULES } from '../../../plan/device-rules.ts';
import { mapLines } from '../../../plan/ids.ts';
import { sysctlPath } from '../../../plan/masks.ts';
import { hasNewNamespace, namespaceOf } from '../../../oci/namespaces.ts';
import { createKernel } from '../kernel/kernel.ts';
import type { Kernel, KernelLimits, ProgramLoader } from '../kernel/types.ts';
import type { Vfs } from '../vfs/types.ts';
import { namespaceNumbers } from './namespaces.ts';
import { clockOffsets } from './time.ts';

/** Where the config has no hostname: never that of the host. */
const DEFAULT_HOSTNAME = 'localhost';

export function makeKernel(parts: {
  readonly vfs: Vfs;
  readonly loader: ProgramLoader;
  readonly config: Spec;
  readonly limits: KernelLimits;
  readonly cgroupPath: string;
}): Kernel {
  const { vfs, loader, config, limits, cgroupPath } = parts;
  // What a path names may be gone later.
  const joins = config.linux?.namespaces?.some(({ path }) => path !== undefined) ?? false;
  const sysctl = new Map(Object.entries(config.linux?.sysctl ?? {}).map(([key, value]) => [sysctlPath(key), value]));
  const rules = [...(config.linux?.resources?.devices ?? []), ...DEFAULT_DEVICE_RULES];
  let numbers: ReadonlyMap<string, number> | undefined = joins ? namespaceNumbers(config) : undefined;
  return createKernel({
    vfs,
    loader,
    hostname: DEFAULT_HOSTNAME,
    limits,
    // A cgroup namespace begins at the container's cgroup.
    cgroupPath: hasNewNamespace(config, 'cgroup') ? '/' : cgroupPath,
    sysctl,
    pidNamespace: hasNewNamespace(config, 'pid'),
    get namespaces() {
      return (numbers ??= namespaceNumbers(config)); // when /proc/PID/ns is first looked at: it asks the host for each of them
    },
    clockOffsets: clockOffsets(config),
    allowsDevice: (type, major, minor, access) => allowsDevice(rules, { type, major, minor, access }),
    ...(namespaceOf(config, 'user') !== undefined && {
      idMaps: { uid: mapLines(config.linux?.uidMappings ?? []), gid: mapLines(config.linux?.gidMappings ?? []) },
    }),
  });
}
