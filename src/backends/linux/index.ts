/**
 * The Linux backend: real namespaces, mounts and cgroups, made by a C helper. Each verb is a file of this folder,
 * loaded when it is called: `state` must not pay for the planner.
 */
import type { Backend } from '../backend.ts';
import { type LinuxHandle, parseHandle } from './handle.ts';
import { containerStatus } from './status.ts';

export const linuxBackend: Backend<LinuxHandle> = {
  name: 'linux',
  parseHandle,
  probe: () =>
    process.platform === 'linux'
      ? { usable: true }
      : { usable: false, reason: `the linux backend needs Linux, this is ${process.platform}` },
  features: async () => (await import('./features.ts')).linuxFeatures(),
  check: async (config, options) => (await import('./create.ts')).checkConfig(config, options),

  create: async (request) => (await import('./create.ts')).createContainer(request),
  start: async (handle, stateDir) => (await import('./start.ts')).startContainer(stateDir, handle.late),
  status: containerStatus,
  kill: async (handle, signal) => (await import('./signal.ts')).signalByPidfd(handle.pid, handle.startTime, signal),
  killAll: async (handle, signal) => (await import('./kill-all.ts')).killAll(handle, signal),
  remove: async (handle) => (await import('./remove.ts')).removeContainer(handle),

  notify: { listen: async (handle, request) => (await import('./notify.ts')).listenForReady(handle, request) },
  exec: { run: async (handle, request) => (await import('./exec.ts')).execInContainer(handle, request) },
  freezer: {
    pause: async (handle) => (await import('./cgroup/freezer.ts')).freezeCgroup(handle.cgroup),
    resume: async (handle) => (await import('./cgroup/freezer.ts')).thawCgroup(handle.cgroup),
  },
  resources: { update: async (handle, resources) => (await import('./cgroup/resources.ts')).updateResources(handle.cgroup, resources) },
  processes: { list: async (handle) => (await import('./cgroup/processes.ts')).cgroupProcesses(handle.cgroup).map((pid) => ({ pid })) },
  events: {
    stats: async (handle) => (await import('./cgroup/stats.ts')).cgroupStats(handle.cgroup),
    watchOom: async function* (handle, signal) {
      yield* (await import('./oom.ts')).watchOom(handle, signal);
    },
  },
};
