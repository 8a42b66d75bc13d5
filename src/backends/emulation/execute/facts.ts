/**
 * The host that the planner plans for: the emulated kernel. It is always the same one, whatever machine tsrun runs on, so a
 * config gives the same plan on a laptop and in CI.
 */
import { CAPABILITIES } from '../../../oci/capabilities.ts';
import type { Spec } from '../../../oci/spec.ts';
import type { CgroupRecord, HostFacts } from '../../../plan/facts.ts';
import { absolute } from '../../../plan/paths.ts';

const CGROUP_ROOT = '/sys/fs/cgroup';
const CONTROLLERS: readonly string[] = ['cpu', 'memory', 'pids'];

/** As `uname -r` says in a container. */
export const EMULATED_KERNEL: readonly [number, number] = [6, 18];

export const EMULATED_HOST: HostFacts = {
  euid: 0,
  egid: 0,
  inUserNamespace: false,
  kernel: EMULATED_KERNEL,
  // Seccomp filters are compiled for it, and recorded; guests are WebAssembly on every machine.
  arch: 'x64',
  capabilities: (1n << BigInt(CAPABILITIES.length)) - 1n,
  lastCapability: CAPABILITIES.length - 1,
  filesystems: ['proc', 'sysfs', 'tmpfs', 'ramfs', 'devpts', 'mqueue', 'cgroup2'],
  cgroup: { mode: 'v2', v1: [], v2: { mountpoint: CGROUP_ROOT, root: '/', own: '/', controllers: CONTROLLERS } },
  apparmor: false,
  selinux: false,
  canWriteIdMaps: true,
};

/** Where the container is in the emulated cgroup tree: linux.cgroupsPath, else /ID. */
export function emulatedCgroup(spec: Spec, id: string): CgroupRecord {
  const path = absolute(spec.linux?.cgroupsPath ?? `/${id}`);
  return { manager: 'cgroupfs', mode: 'v2', path, dirs: { '': `${CGROUP_ROOT}${path}` } };
}
