/** What the emulation backend can do, as runtime-spec features.md wants it. Annotations say what a guest may expect of it. */
import { CAPABILITIES } from '../../oci/capabilities.ts';
import { OCI_VERSION, OCI_VERSION_MIN } from '../../oci/defaults.ts';
import type { Features } from '../../oci/features.ts';
import { foreignModules } from './execute/loader.ts';
import { mountOptions } from '../../oci/mount-options.ts';

/** Parsed, and without meaning in one mount namespace that has no other beside it, or refused. */
const WITHOUT_EFFECT: ReadonlySet<string> = new Set(['idmap', 'ridmap', 'copy-symlink']);

export function emulationFeatures(): Features {
  return {
    ociVersionMin: OCI_VERSION_MIN,
    ociVersionMax: OCI_VERSION,
    hooks: ['prestart', 'createRuntime', 'createContainer', 'startContainer', 'poststart', 'poststop'],
    mountOptions: mountOptions().filter((option) => !WITHOUT_EFFECT.has(option)),
    linux: {
      namespaces: ['cgroup', 'ipc', 'mount', 'network', 'pid', 'uts'],
      capabilities: CAPABILITIES,
      cgroup: { v1: false, v2: false, systemd: false, systemdUser: false, rdma: false },
      seccomp: { enabled: false },
      apparmor: { enabled: false },
      selinux: { enabled: false },
      intelRdt: { enabled: false },
      memoryPolicy: { modes: [], flags: [] },
      mountExtensions: { idmap: { enabled: false } },
      netDevices: { enabled: false },
    },
    annotations: {
      'dev.tsrun.version': TSRUN_VERSION,
      'dev.tsrun.backend': 'emulation',
      // Of modules that were not built for tsrun, in this JavaScript engine: can they wait without stopping the others,
      // and be interrupted while they compute?
      'org.tsrun.emulation.suspends': foreignModules(),
      'org.tsrun.emulation.preempts': foreignModules(),
    },
    potentiallyUnsafeConfigAnnotations: [],
  };
}
