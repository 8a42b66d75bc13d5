import { boolean, int64, list, map, matching, object, oneOf, ref, string, uint16, uint32, uint64, type Schema } from './shapes.ts';

const device = { major: int64, minor: int64 };
const weightDevices = (): Schema => list(object({ ...device, weight: uint16, leafWeight: uint16 }, ['major', 'minor']));
export const throttleDevices = (): Schema => list(object({ ...device, rate: uint64 }, ['major', 'minor', 'rate']));

/** config-linux.md#control-groups; also the whole of what `update --resources` reads. */
export const resourcesSchema = (): Schema =>
  object({
    unified: map(string),
    devices: list(
      object(
        {
          allow: boolean,
          type: oneOf(['a', 'b', 'c']),
          ...device,
          access: matching('^[rwm]*$', 'some of the letters r, w and m'),
        },
        ['allow'],
      ),
    ),
    memory: object({
      limit: int64,
      reservation: int64,
      swap: int64,
      kernel: int64,
      kernelTCP: int64,
      swappiness: uint64,
      disableOOMKiller: boolean,
      useHierarchy: boolean,
      checkBeforeUpdate: boolean,
    }),
    cpu: object({
      shares: uint64,
      quota: int64,
      burst: uint64,
      period: uint64,
      realtimeRuntime: int64,
      realtimePeriod: uint64,
      cpus: string,
      mems: string,
      idle: int64,
    }),
    pids: object({ limit: int64 }, ['limit']),
    blockIO: object({
      weight: uint16,
      leafWeight: uint16,
      weightDevice: weightDevices(),
      throttleReadBpsDevice: ref('throttleDevices'),
      throttleWriteBpsDevice: ref('throttleDevices'),
      throttleReadIOPSDevice: ref('throttleDevices'),
      throttleWriteIOPSDevice: ref('throttleDevices'),
    }),
    hugepageLimits: list(
      object({ pageSize: matching('^[1-9][0-9]*[KMG]B$', 'a size such as "64KB", "2MB" or "1GB"'), limit: uint64 }, ['pageSize', 'limit']),
    ),
    network: object({ classID: uint32, priorities: list(object({ name: string, priority: uint32 }, ['name', 'priority'])) }),
    rdma: map(object({ hcaHandles: uint32, hcaObjects: uint32 })),
  });
