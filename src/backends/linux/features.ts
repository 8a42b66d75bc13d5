/**
 * What the Linux backend can do, as runtime-spec features.md wants it: what this build knows, not what this host
 * allows (`check` says that), but for seccomp.supportedFlags.
 */
import { CAPABILITIES } from '../../oci/capabilities.ts';
import { OCI_VERSION, OCI_VERSION_MIN } from '../../oci/defaults.ts';
import type { Features } from '../../oci/features.ts';
import { mountOptions } from '../../oci/mount-options.ts';
import { seccompArches, seccompFlags } from '../../plan/seccomp/profile.ts';

export function linuxFeatures(): Features {
  const flags = seccompFlags();
  return {
    ociVersionMin: OCI_VERSION_MIN,
    ociVersionMax: OCI_VERSION,
    hooks: ['prestart', 'createRuntime', 'createContainer', 'startContainer', 'poststart', 'poststop'],
    mountOptions: mountOptions(),
    linux: {
      namespaces: ['cgroup', 'ipc', 'mount', 'network', 'pid', 'time', 'user', 'uts'],
      capabilities: CAPABILITIES,
      cgroup: { v1: true, v2: true, systemd: false, systemdUser: false, rdma: true },
      seccomp: {
        enabled: true,
        actions: [
          'SCMP_ACT_ALLOW',
          'SCMP_ACT_ERRNO',
          'SCMP_ACT_KILL',
          'SCMP_ACT_KILL_PROCESS',
          'SCMP_ACT_KILL_THREAD',
          'SCMP_ACT_LOG',
          'SCMP_ACT_NOTIFY',
          'SCMP_ACT_TRACE',
          'SCMP_ACT_TRAP',
        ],
        operators: ['SCMP_CMP_EQ', 'SCMP_CMP_GE', 'SCMP_CMP_GT', 'SCMP_CMP_LE', 'SCMP_CMP_LT', 'SCMP_CMP_MASKED_EQ', 'SCMP_CMP_NE'],
        archs: seccompArches(),
        knownFlags: flags,
        supportedFlags: flags,
      },
      apparmor: { enabled: true },
      selinux: { enabled: true },
      intelRdt: { enabled: false },
      memoryPolicy: {
        modes: [
          'MPOL_DEFAULT',
          'MPOL_BIND',
          'MPOL_INTERLEAVE',
          'MPOL_WEIGHTED_INTERLEAVE',
          'MPOL_PREFERRED',
          'MPOL_PREFERRED_MANY',
          'MPOL_LOCAL',
        ],
        flags: ['MPOL_F_NUMA_BALANCING', 'MPOL_F_RELATIVE_NODES', 'MPOL_F_STATIC_NODES'],
      },
      mountExtensions: { idmap: { enabled: true } },
      netDevices: { enabled: true },
    },
    annotations: { 'dev.tsrun.version': TSRUN_VERSION, 'dev.tsrun.backend': 'linux' },
    potentiallyUnsafeConfigAnnotations: [],
  };
}
