/** The Linux backend: real namespaces, mounts and cgroups, made by a C helper. Each verb is a file of this folder. */
import type { Backend } from '../backend.ts';
import { cgroupProcesses, freezeCgroup, thawCgroup, updateResources } from './cgroup/cgroup.ts';
import { cgroupStats } from './cgroup/stats.ts';
import { checkConfig } from './check.ts';
import { createContainer } from './create.ts';
import { execInContainer } from './exec.ts';
import { linuxFeatures } from './features.ts';
import { type LinuxHandle, parseHandle } from './handle.ts';
import { killAll } from './kill-all.ts';
import { watchOom } from './oom.ts';
import { removeContainer } from './remove.ts';
import { signalByPidfd } from './signal.ts';
import { startContainer } from './start.ts';
import { containerStatus } from './status.ts';

export const linuxBackend: Backend<LinuxHandle> = {
  name: 'linux',
  parseHandle,
  probe: () =>
    process.platform === 'linux'
      ? { usable: true }
      : { usable: false, reason: `the linux backend needs Linux, this is ${process.platform}` },
  features: linuxFeatures,
  check: checkConfig,

  create: createContainer,
  start: (handle, stateDir) => startContainer(stateDir, handle.late),
  status: containerStatus,
  kill: async (handle, signal) => signalByPidfd(handle.pid, handle.startTime, signal),
  killAll,
  remove: removeContainer,

  exec: { run: execInContainer },
  freezer: {
    pause: (handle) => freezeCgroup(handle.cgroup),
    resume: (handle) => thawCgroup(handle.cgroup),
  },
  resources: { update: async (handle, resources) => updateResources(handle.cgroup, resources) },
  processes: { list: async (handle) => cgroupProcesses(handle.cgroup).map((pid) => ({ pid })) },
  events: { stats: async (handle) => cgroupStats(handle.cgroup), watchOom },
};
