import { seccompSchema } from './seccomp.ts';
import { boolean, int64, integer, list, map, matching, object, oneOf, ref, string, strings, uint32, type Schema } from './shapes.ts';

const timeOffset = (): Schema => object({ secs: int64, nanosecs: integer(0, 999_999_999) });

/** config-linux.md, all of it. */
export const linuxSchema = (): Schema =>
  object({
    namespaces: list(object({ type: oneOf(['pid', 'network', 'mount', 'ipc', 'uts', 'user', 'cgroup', 'time']), path: string }, ['type'])),
    uidMappings: ref('idMappings'),
    gidMappings: ref('idMappings'),
    timeOffsets: object({ monotonic: timeOffset(), boottime: timeOffset() }),
    devices: list(
      object(
        {
          type: matching('^[cbup]$', 'one of "c", "b", "u", "p"'),
          path: string,
          // The kernel's dev_t has 12 and 20 bits.
          major: integer(0, 0xfff),
          minor: integer(0, 0xf_ffff),
          fileMode: integer(0, 0o777, 'a file mode in decimal, 0 to 511 (octal 777)'),
          uid: uint32,
          gid: uint32,
        },
        ['type', 'path'],
      ),
    ),
    netDevices: map(object({ name: string })),
    cgroupsPath: string,
    resources: ref('resources'),
    intelRdt: object({
      closID: string,
      schemata: strings,
      l3CacheSchema: string,
      memBwSchema: matching('^MB:[^\\n]*$', 'one line that begins with "MB:"'),
      enableMonitoring: boolean,
      enableCMT: boolean,
      enableMBM: boolean,
    }),
    memoryPolicy: object(
      {
        mode: oneOf([
          'MPOL_DEFAULT',
          'MPOL_BIND',
          'MPOL_INTERLEAVE',
          'MPOL_WEIGHTED_INTERLEAVE',
          'MPOL_PREFERRED',
          'MPOL_PREFERRED_MANY',
          'MPOL_LOCAL',
        ]),
        nodes: string,
        flags: list(oneOf(['MPOL_F_NUMA_BALANCING', 'MPOL_F_RELATIVE_NODES', 'MPOL_F_STATIC_NODES'])),
      },
      ['mode'],
    ),
    sysctl: map(string),
    seccomp: seccompSchema(),
    // The r* forms are not in the specification, but podman and containerd write them.
    rootfsPropagation: oneOf(['shared', 'slave', 'private', 'unbindable', 'rshared', 'rslave', 'rprivate', 'runbindable']),
    maskedPaths: strings,
    readonlyPaths: strings,
    mountLabel: string,
    personality: object({ domain: oneOf(['LINUX', 'LINUX32']), flags: strings }, ['domain']),
  });
