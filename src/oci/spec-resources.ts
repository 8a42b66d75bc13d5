/** `linux.resources` of config.json (config-linux.md#control-groups); also what `update --resources` reads. */
export interface LinuxResources {
  readonly unified?: Readonly<Record<string, string>>;
  readonly devices?: readonly LinuxDeviceCgroup[];
  readonly memory?: LinuxMemory;
  readonly cpu?: LinuxCPU;
  readonly pids?: LinuxPids;
  readonly blockIO?: LinuxBlockIO;
  readonly hugepageLimits?: readonly LinuxHugepageLimit[];
  readonly network?: LinuxNetwork;
  readonly rdma?: Readonly<Record<string, LinuxRdma>>;
}

/** One rule of the device list; rules apply in order. An absent or -1 number means any. */
export interface LinuxDeviceCgroup {
  readonly allow: boolean;
  /** Absent: `a`. */
  readonly type?: 'a' | 'b' | 'c';
  readonly major?: number;
  readonly minor?: number;
  /** Of the letters r, w, m; absent: all. */
  readonly access?: string;
}

/** Bytes; -1 for no limit. */
export interface LinuxMemory {
  readonly limit?: number;
  readonly reservation?: number;
  /** Memory and swap together. */
  readonly swap?: number;
  /** Ignored since 1.1. */
  readonly kernel?: number;
  readonly kernelTCP?: number;
  /** 0 to 100. */
  readonly swappiness?: number;
  readonly disableOOMKiller?: boolean;
  readonly useHierarchy?: boolean;
  readonly checkBeforeUpdate?: boolean;
}

/** Times in microseconds. */
export interface LinuxCPU {
  readonly shares?: number;
  /** -1 for no limit. */
  readonly quota?: number;
  readonly burst?: number;
  readonly period?: number;
  readonly realtimeRuntime?: number;
  readonly realtimePeriod?: number;
  readonly cpus?: string;
  readonly mems?: string;
  /** 1: SCHED_IDLE. */
  readonly idle?: number;
}

export interface LinuxPids {
  /** -1 for no limit; 0 is a limit. */
  readonly limit?: number;
}

export interface LinuxBlockIO {
  /** 10 to 1000. */
  readonly weight?: number;
  readonly leafWeight?: number;
  readonly weightDevice?: readonly LinuxWeightDevice[];
  readonly throttleReadBpsDevice?: readonly LinuxThrottleDevice[];
  readonly throttleWriteBpsDevice?: readonly LinuxThrottleDevice[];
  readonly throttleReadIOPSDevice?: readonly LinuxThrottleDevice[];
  readonly throttleWriteIOPSDevice?: readonly LinuxThrottleDevice[];
}
export interface LinuxWeightDevice {
  readonly major: number;
  readonly minor: number;
  readonly weight?: number;
  readonly leafWeight?: number;
}
export interface LinuxThrottleDevice {
  readonly major: number;
  readonly minor: number;
  /** Bytes or operations per second. */
  readonly rate: number;
}

export interface LinuxHugepageLimit {
  /** As in the kernel's file names: 64KB, 2MB, 1GB. */
  readonly pageSize: string;
  /** Bytes. */
  readonly limit: number;
}

export interface LinuxNetwork {
  readonly classID?: number;
  readonly priorities?: readonly LinuxInterfacePriority[];
}
export interface LinuxInterfacePriority {
  readonly name: string;
  readonly priority: number;
}

export interface LinuxRdma {
  readonly hcaHandles?: number;
  readonly hcaObjects?: number;
}
