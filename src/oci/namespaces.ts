import type { LinuxNamespace, NamespaceType, Spec } from './spec.ts';

/** clone(2) flag and /proc/PID/ns name of each namespace type. */
export const NAMESPACES: { readonly [T in NamespaceType]: { readonly flag: number; readonly proc: string } } = {
  time: { flag: 0x80, proc: 'time' },
  mount: { flag: 0x2_0000, proc: 'mnt' },
  cgroup: { flag: 0x200_0000, proc: 'cgroup' },
  uts: { flag: 0x400_0000, proc: 'uts' },
  ipc: { flag: 0x800_0000, proc: 'ipc' },
  user: { flag: 0x1000_0000, proc: 'user' },
  pid: { flag: 0x2000_0000, proc: 'pid' },
  network: { flag: 0x4000_0000, proc: 'net' },
};

/** What `tsrun spec` writes, and what a config without a `linux` section gets. */
export const DEFAULT_NAMESPACES: readonly NamespaceType[] = ['pid', 'network', 'ipc', 'uts', 'mount', 'cgroup'];

/** The container's entry of this type; undefined: it stays in tsrun's namespace. */
export function namespaceOf(spec: Spec, type: NamespaceType): LinuxNamespace | undefined {
  return spec.linux?.namespaces?.find((namespace) => namespace.type === type);
}

/** Is a new namespace of this type made for the container? Neither inherited nor joined by path. */
export function hasNewNamespace(spec: Spec, type: NamespaceType): boolean {
  const namespace = namespaceOf(spec, type);
  return namespace !== undefined && !namespace.path;
}
