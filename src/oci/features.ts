import type {
  HookKind,
  MemoryPolicyFlag,
  MemoryPolicyMode,
  NamespaceType,
  SeccompAction,
  SeccompArch,
  SeccompFlag,
  SeccompOperator,
} from './spec.ts';

/**
 * What `tsrun features` prints (runtime-spec features.md, features-linux.md). An absent list means "unknown to
 * us", an empty one "none": the two differ for the engines that read it.
 */
export interface Features {
  /** Lowest and highest `ociVersion` that create accepts. */
  readonly ociVersionMin: string;
  readonly ociVersionMax: string;
  readonly hooks?: readonly HookKind[];
  readonly mountOptions?: readonly string[];
  readonly linux?: LinuxFeatures;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly potentiallyUnsafeConfigAnnotations?: readonly string[];
}

export interface LinuxFeatures {
  readonly namespaces?: readonly NamespaceType[];
  readonly capabilities?: readonly string[];
  readonly cgroup?: CgroupFeatures;
  readonly seccomp?: SeccompFeatures;
  readonly apparmor?: EnabledFeature;
  readonly selinux?: EnabledFeature;
  readonly intelRdt?: IntelRdtFeatures;
  readonly memoryPolicy?: MemoryPolicyFeatures;
  readonly mountExtensions?: { readonly idmap?: EnabledFeature };
  readonly netDevices?: EnabledFeature;
}

export interface EnabledFeature {
  readonly enabled: boolean;
}

/** systemd: the system manager; systemdUser: the user's manager, for rootless containers. */
export interface CgroupFeatures {
  readonly v1?: boolean;
  readonly v2?: boolean;
  readonly systemd?: boolean;
  readonly systemdUser?: boolean;
  readonly rdma?: boolean;
}

export interface SeccompFeatures {
  readonly enabled?: boolean;
  readonly actions?: readonly SeccompAction[];
  readonly operators?: readonly SeccompOperator[];
  readonly archs?: readonly SeccompArch[];
  /** Flags that a config may name; `supportedFlags`: those that this kernel takes. */
  readonly knownFlags?: readonly SeccompFlag[];
  readonly supportedFlags?: readonly SeccompFlag[];
}

export interface IntelRdtFeatures extends EnabledFeature {
  readonly schemata?: boolean;
  readonly monitoring?: boolean;
}

export interface MemoryPolicyFeatures {
  readonly modes?: readonly MemoryPolicyMode[];
  readonly flags?: readonly MemoryPolicyFlag[];
}
