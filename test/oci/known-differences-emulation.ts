/**
 * Where the emulation backend differs from a runtime that makes Linux containers (vitest project `oci-emulation`). Each is by
 * nature of a kernel in user space, and `check` and `create` tell of it; docs/emulation.md has what is applied.
 */
import type { Group } from './known-differences-runc.ts';

export const emulation: readonly Group[] = [
  {
    reason: 'makes no cgroups on the host: limits are the emulated kernel’s, and shown in the container’s own cgroup v2 view',
    spec: 'config-linux.md#control-groups',
    tests: [
      'an absolute cgroupsPath is below the mount point of every hierarchy',
      "the same relative path gives the same place, and no path a place of the runtime's choice",
      'memory',
      'limits of -1 mean unlimited',
      'cpu and cpuset',
      'pids',
      'zeros mean: leave alone',
      'blockIO throttling',
      'hugepageLimits of a hybrid host, where hugetlb is on the v2 side',
      'a cgroup that has processes is refused',
      'a frozen cgroup is refused',
      'delete removes cgroups the container made below its own',
      "a cgroup mount shows the container's own cgroup, read-only where it says so",
      'every flag with an effect on this host',
      'quota alone keeps the period, and the other way round',
      '--resources - reads JSON from stdin, where zeros mean leave alone',
      '--resources=- reads JSON from stdin, where zeros mean leave alone',
      '-r - reads JSON from stdin, where zeros mean leave alone',
      '-r FILE, and a broken one changes nothing',
      'puts the process into a cgroup below that of the container',
      'cgroups made by systemd are refused clearly, and nothing is made',
    ],
  },
  {
    reason: 'needs no cgroup to keep devices away: there are none but the built-in ones, which no rule opens or closes',
    spec: 'config-linux.md#allowed-device-list, config-linux.md#devices',
    tests: [
      'type, numbers, mode and owner are those configured',
      'rules apply in order: what is denied cannot be opened',
      'cgroups are disabled: the container runs, and a warning names the rules',
      '--strict refuses',
      'no cgroups are mounted: the container runs, and a warning names the rules',
      'device rules, which only root of the host can set, are not dropped in silence',
    ],
  },
  {
    reason: 'has one process on the host for the whole container: those inside have pids and names of their own',
    spec: 'runtime.md#state, config-linux.md#namespaces',
    tests: [
      'json is an array of host pids',
      'the table is that of ps, filtered',
      'poststart runs before start returns, and after the program was executed',
      'prestart hooks see the network namespace of the container by its pid, before the root is changed',
      'two containers share what one joins of the other',
      'create and exec send a pidfd of the process',
    ],
  },
  {
    reason: 'has ids of the container alone: none of the host stand behind them, and nobody needs rights to use them',
    spec: 'config-linux.md#user-namespace-mappings, config.md#mounts (idmapped)',
    tests: [
      'the process has mapped ids outside',
      'the rootfs is not chowned',
      'idmap with mappings shows the ids shifted',
      'idmapped bind mounts without mappings use those of the user namespace',
      'a capability the caller lacks is a warning, and the container runs',
      'a limit above what the caller may set is an error that names it',
      'without a user namespace it is refused in words that help',
    ],
  },
  {
    reason: 'has no network devices, and says so in a finding',
    spec: 'config-linux.md#network-devices',
    tests: [
      'a new network namespace has a loopback that is up, and nothing else',
      'a device of the host is moved, renamed, keeps its addresses and is up',
      'a device that does not exist is refused',
    ],
  },
  {
    reason: 'filters no system calls: WASI programs make none, and seccomp rules are a finding',
    spec: 'config-linux.md#seccomp',
    tests: [
      'a filter is installed, with and without noNewPrivileges',
      'SCMP_ACT_ERRNO gives EPERM by default, errnoRet where configured, and leaves other calls alone',
      'defaultAction with defaultErrnoRet applies to what is not listed',
      'the first matching rule of argument comparisons decides: EQ, NE, LT, LE, GT, GE, MASKED_EQ',
      'several comparisons of one rule must all hold; several rules are alternatives',
      'SCMP_ACT_KILL ends the program by SIGSYS',
      'SCMP_ACT_KILL_THREAD ends the program by SIGSYS',
      'SCMP_ACT_KILL_PROCESS ends the program by SIGSYS',
      'SCMP_ACT_TRAP ends the program by SIGSYS',
      'SCMP_ACT_TRACE without a tracer gives ENOSYS',
      'flags are accepted',
      'exec gets the same filter',
      'gets one state with the notify descriptor, the pid and the metadata',
    ],
  },
  {
    reason: 'has one CPU, one scheduling policy, one memory node and no other personality: a finding, or refused',
    spec: 'config.md#linux-process, config-linux.md#personality, config-linux.md#memory-policy',
    tests: [
      'scheduler policy and nice value',
      'ioPriority',
      'config-linux.md#personality: LINUX32 changes uname',
      'config-linux.md#memory-policy: the policy of the process is that configured',
    ],
  },
  {
    reason: 'shows every sysctl of the container’s namespaces and gives it no effect, so that it knows of none that is not there',
    spec: 'config-linux.md#sysctl',
    tests: ['a sysctl that is not there'],
  },
  {
    reason: 'passes no descriptors of the host to a WASI program: refused',
    spec: 'oci-checklist §2.2: --preserve-fds',
    tests: [
      '--preserve-fds N passes descriptors 3 to 2+N and no other',
      'the socket activation variables describe the preserved descriptors',
    ],
  },
  {
    reason: 'runs createContainer hooks as guests: their path is one in the container',
    spec: 'config.md#createcontainer-hooks',
    tests: [
      'path and namespaces: of the runtime for prestart, createRuntime, poststart, poststop; of the container for the others',
      'createContainer hooks work in the rootfs: what they mount below their cwd is there in the container',
    ],
  },
  {
    reason: 'mounts no file systems of the host’s kernel; what is mounted below the source of a bind is part of that directory',
    spec: 'config.md#mounts, config.md#linux-mount-options',
    tests: ['every kind of file system of a usual container is mounted', 'rro is recursive, ro with rbind is not'],
  },
  {
    reason: 'runs no machine code: an ELF file is one for another machine, whatever its loader',
    spec: 'clients.md §4',
    tests: ['a dynamic program whose loader is absent'],
  },
];
