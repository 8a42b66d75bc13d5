/**
 * The Linux backend: real namespaces, mounts and cgroups, made by a C helper. Each verb is a file of this folder. The big ones
 * are loaded when they are called: `state` must not pay for the planner.
 */
import type { Backend } from '../backend.ts';
import { freezeCgroup, thawCgroup } from './cgroup/freezer.ts';
import { cgroupProcesses } from './cgroup/processes.ts';
import { type LinuxHandle, parseHandle } from './handle.ts';
import { killAll } from './kill-all.ts';
import { removeContainer } from './remove.ts';
import { signalByPidfd } from './signal.ts';
import { containerStatus } from './status.ts';

export const linuxBackend: Backend<LinuxHandle> = {
  name: 'linux',
  parseHandle,
  probe: () =>
    process.platform === 'linux'
      ? { usable: true }
      : { usable: false, reason: `the linux backend needs Linux, this is ${process.platform}` },
  features: async () => (await import('./features.ts')).linuxFeatures(),
  check: async (config, options) => (await import('./make.ts')).checkConfig(config, options),

  create: async (request) => (await import('./make.ts')).createContainer(request),
  start: async (handle, stateDir) => (await import('./start.ts')).startContainer(stateDir, handle.late),
  status: containerStatus,
  kill: (handle, signal) => signalByPidfd(handle.pid, handle.startTime, signal),
  killAll,
  remove: removeContainer,

  notify: { listen: async (handle, request) => (await import('./notify.ts')).listenForReady(handle, request) },
  exec: { run: async (handle, request) => (await import('./make.ts')).execInContainer(handle, request) },
  freezer: {
    pause: (handle) => freezeCgroup(handle.cgroup),
    resume: (handle) => thawCgroup(handle.cgroup),
  },
  resources: { update: async (handle, resources) => (await import('./cgroup/resources.ts')).updateResources(handle.cgroup, resources) },
  processes: { list: async (handle) => cgroupProcesses(handle.cgroup).map((pid) => ({ pid })) },
  events: {
    stats: async (handle) => (await import('./cgroup/stats.ts')).cgroupStats(handle.cgroup),
    watchOom: async function* (handle, signal) {
      yield* (await import('./oom.ts')).watchOom(handle, signal);
    },
  },
};
