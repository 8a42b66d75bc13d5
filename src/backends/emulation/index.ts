/**
 * The emulation backend: a userspace kernel that runs WASI programs, on any system and without privileges. Each verb is a
 * file of this folder, loaded when it is called: `state` must not pay for the kernel.
 */
import type { Backend } from '../backend.ts';
import { withCompilers } from './compilers.ts';
import { type EmulationHandle, parseHandle } from './handle.ts';
import { SETTINGS } from './settings.ts';
import { containerStatus } from './status.ts';

export const emulationBackend: Backend<EmulationHandle> = {
  name: 'emulation',
  settings: SETTINGS,
  parseHandle,
  probe: () => ({ usable: true }),
  features: async () => (await import('./features.ts')).emulationFeatures(),
  check: async (config, options) => (await import('./check.ts')).checkConfig(config, options),

  beforeForeground: withCompilers,
  create: async (request) => (await import('./create.ts')).createContainer(request),
  start: async (handle) => (await import('./start.ts')).startContainer(handle),
  status: containerStatus,
  kill: async (handle, signal) => (await import('./signal.ts')).signalContainer(handle, signal),
  killAll: async (handle, signal) => (await import('./signal.ts')).signalAll(handle, signal),
  remove: async (handle) => (await import('./remove.ts')).removeContainer(handle),

  exec: { run: async (handle, request) => (await import('./exec.ts')).execInContainer(handle, request) },
  attach: {
    attach: async ({ stateDir }, request) => (await import('./supervisor/attach-container.ts')).attachToContainer(stateDir, request),
  },
  freezer: {
    pause: async (handle) => (await import('./freezer.ts')).pauseContainer(handle),
    resume: async (handle) => (await import('./freezer.ts')).resumeContainer(handle),
  },
  resources: { update: async (handle, resources) => (await import('./resources.ts')).updateResources(handle, resources) },
  processes: { list: async (handle) => (await import('./processes.ts')).containerProcesses(handle) },
  events: {
    stats: async (handle) => (await import('./events.ts')).containerStats(handle),
    watchOom: async function* (handle, signal) {
      yield* (await import('./events.ts')).watchOom(handle, signal);
    },
  },
};
