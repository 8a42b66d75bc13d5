/** All cross-field rules; a rule of no list is caught by `rules.test.ts`. */
import type { Linux, LinuxResources, Process, Spec } from '../spec.ts';
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

/** `entry`: of the value; where it is missing the rule has nothing to look at, and a process that lives 20 ms does not call it. */
type Listed<T, K> = readonly [entry: K | '', rule: Rule<T>];

export const CONFIG_RULES: readonly Listed<Spec, keyof Spec>[] = [
  ['', ociVersion],
  ['', otherPlatforms],
  ['', rootRequired],
  ['', utsNames],
  ['mounts', mounts],
  ['hooks', hookPaths],
  ['linux', namespaces],
  ['', mountsStayInside],
  ['linux', userMappings],
];
/** Of `linux`, with a view of the whole config. */
export const LINUX_RULES: readonly Listed<Spec, keyof Linux>[] = [
  ['timeOffsets', timeOffsets],
  ['devices', devices],
  ['netDevices', netDevices],
  ['', absolutePaths],
  ['sysctl', sysctls],
  ['seccomp', seccompErrno],
  ['seccomp', seccompNotify],
  ['cgroupsPath', cgroupsPath],
  ['intelRdt', intelRdt],
  ['memoryPolicy', memoryPolicy],
  ['personality', personality],
];
export const PROCESS_RULES: readonly Listed<Process, keyof Process>[] = [
  ['', command],
  ['', user],
  ['rlimits', rlimits],
  ['capabilities', capabilities],
  ['scheduler', scheduler],
  ['execCPUAffinity', cpuAffinity],
];
export const RESOURCES_RULES: readonly Listed<LinuxResources, keyof LinuxResources>[] = [
  ['memory', memory],
  ['cpu', cpu],
  ['pids', pids],
  ['blockIO', blockIO],
  ['hugepageLimits', hugepages],
  ['rdma', rdma],
  ['unified', unified],
];
