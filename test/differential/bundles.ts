/** Configurations in the manner of the engines that drive runtimes (clients.md §5): the same for every runtime compared. */
import { defaultCapabilities, type Changes, type JsonValue } from '../helpers/config.ts';

const masked = [
  '/proc/acpi',
  '/proc/asound',
  '/proc/kcore',
  '/proc/keys',
  '/proc/latency_stats',
  '/proc/timer_list',
  '/proc/sched_debug',
  '/proc/scsi',
  '/sys/firmware',
];
const readonly = ['/proc/bus', '/proc/fs', '/proc/irq', '/proc/sys', '/proc/sysrq-trigger'];
const cgroupMount: JsonValue = {
  destination: '/sys/fs/cgroup',
  type: 'cgroup',
  source: 'cgroup',
  options: ['ro', 'nosuid', 'noexec', 'nodev'],
};
const allow = (type: string, major: number, minor?: number): JsonValue => ({
  allow: true,
  type,
  major,
  access: 'rwm',
  ...(minor === undefined ? {} : { minor }),
});
const mapping = [{ containerID: 0, hostID: 100_000, size: 65_536 }];

export const bundles: Readonly<Record<string, Changes>> = {
  plain: {},
  docker: {
    '/mounts/-': cgroupMount,
    '/linux/maskedPaths': masked,
    '/linux/readonlyPaths': readonly,
    '/linux/namespaces/-': { type: 'cgroup' },
    '/linux/sysctl': { 'net.ipv4.ip_unprivileged_port_start': '0', 'net.ipv4.ping_group_range': '0 2147483647' },
    '/linux/resources': {
      devices: [
        { allow: false, access: 'rwm' },
        allow('c', 1, 5),
        allow('c', 1, 3),
        allow('c', 1, 9),
        allow('c', 1, 8),
        allow('c', 5, 0),
        allow('c', 5, 1),
      ],
      memory: { disableOOMKiller: false },
      cpu: { shares: 0 },
      pids: { limit: 100 },
      blockIO: { weight: 0 },
    },
    '/process/oomScoreAdj': 0,
    '/process/user/additionalGids': [0, 10, 20],
    '/linux/seccomp': {
      defaultAction: 'SCMP_ACT_ALLOW',
      architectures: ['SCMP_ARCH_X86_64', 'SCMP_ARCH_X86', 'SCMP_ARCH_X32'],
      syscalls: [{ names: ['add_key', 'keyctl', 'reboot', 'swapon'], action: 'SCMP_ACT_ERRNO', errnoRet: 1 }],
    },
  },
  podman: {
    '/mounts/-': cgroupMount,
    '/mounts/-1': { destination: '/run', type: 'tmpfs', source: 'tmpfs', options: ['nosuid', 'nodev', 'tmpcopyup', 'rprivate'] },
    '/mounts/-2': { destination: '/var/tmp', type: 'tmpfs', source: 'tmpfs', options: ['size=1m', 'rprivate'] },
    '/linux/maskedPaths': masked,
    '/linux/readonlyPaths': readonly,
    '/linux/namespaces/-': { type: 'cgroup' },
    '/process/user': { uid: 0, gid: 0, umask: 0o022, additionalGids: [10] },
    '/process/rlimits': [
      { type: 'RLIMIT_NOFILE', soft: 1000, hard: 2000 },
      { type: 'RLIMIT_CORE', soft: 0, hard: 0 },
    ],
    '/linux/resources/pids': { limit: 2048 },
    '/annotations': { 'io.container.manager': 'libpod' },
  },
  'read-only user': {
    '/root/readonly': true,
    '/process/user': { uid: 1000, gid: 1000, additionalGids: [5] },
    '/process/noNewPrivileges': true,
    '/process/cwd': '/tmp',
    '/process/capabilities': {
      bounding: [...defaultCapabilities],
      effective: ['CAP_KILL'],
      permitted: ['CAP_KILL', 'CAP_CHOWN'],
      inheritable: ['CAP_KILL'],
      ambient: ['CAP_KILL'],
    },
    '/process/oomScoreAdj': 300,
  },
  'user namespace': {
    '/linux/namespaces/-': { type: 'user' },
    '/linux/uidMappings': mapping,
    '/linux/gidMappings': mapping,
    '/linux/maskedPaths': masked,
    '/linux/readonlyPaths': readonly,
    '/process/user': { uid: 33, gid: 44 },
  },
  'host namespaces': {
    '/linux/namespaces': [{ type: 'mount' }, { type: 'ipc' }],
    '/hostname': undefined,
    '/mounts/0': { destination: '/proc', type: 'bind', source: '/proc', options: ['rbind', 'ro'] },
    '/mounts/5': { destination: '/sys', type: 'bind', source: '/sys', options: ['rbind', 'ro', 'rslave'] },
  },
  'propagation and devices': {
    '/linux/rootfsPropagation': 'rslave',
    '/linux/devices': [{ type: 'c', path: '/dev/extra', major: 1, minor: 7, fileMode: 0o640, uid: 1, gid: 2 }],
    '/mounts/-': { destination: '/mnt', type: 'bind', source: '/etc', options: ['rbind', 'ro', 'rslave', 'noexec', 'nosuid', 'nodev'] },
    '/mounts/-1': { destination: '/home/deep/er', type: 'tmpfs', source: 'tmpfs', options: ['mode=1777', 'noatime', 'shared'] },
  },
};
