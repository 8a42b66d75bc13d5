/** All cross-field rules; a rule of no list is caught by `rules.test.ts`. */
import type { LinuxResources, Process, Spec } from '../spec.ts';
import { devices, netDevices } from './devices.ts';
import { cgroupsPath, intelRdt, memoryPolicy, personality } from './linux.ts';
import { absolutePaths, mounts } from './mounts.ts';
import { namespaces, userMappings } from './namespaces.ts';
import { capabilities, command, cpuAffinity, rlimits, scheduler, user } from './process.ts';
import { blockIO, cpu, hugepages, memory, pids, rdma, unified } from './resources.ts';
import type { Rule } from './rule.ts';
import { seccompErrno, seccompNotify } from './seccomp.ts';
import { sysctls } from './sysctl.ts';
import { hookPaths, mountsStayInside, otherPlatforms, rootRequired, timeOffsets, utsNames } from './top.ts';
import { ociVersion } from './version.ts';

export const CONFIG_RULES: readonly Rule<Spec>[] = [
  ociVersion,
  otherPlatforms,
  rootRequired,
  utsNames,
  mounts,
  hookPaths,
  namespaces,
  mountsStayInside,
  userMappings,
  timeOffsets,
  devices,
  netDevices,
  absolutePaths,
  sysctls,
  seccompErrno,
  seccompNotify,
  cgroupsPath,
  intelRdt,
  memoryPolicy,
  personality,
];
export const PROCESS_RULES: readonly Rule<Process>[] = [command, user, rlimits, capabilities, scheduler, cpuAffinity];
export const RESOURCES_RULES: readonly Rule<LinuxResources>[] = [memory, cpu, pids, blockIO, hugepages, rdma, unified];
