/** Differences between what two runtimes show a container that are right as they are. One that no longer occurs fails the build. */
export interface AllowedDifference {
  readonly peer: 'runc' | 'crun';
  /** Matches a line of `differences`: "section - what only the peer shows" or "section + what only we show". */
  readonly line: RegExp;
  readonly reason: string;
}

const MASKS = String.raw`mounts [-+] /(proc/acpi|sys/firmware) \S+ tmpfs /`;

export const allowedDifferences: readonly AllowedDifference[] = [
  {
    peer: 'runc',
    line: new RegExp(MASKS),
    reason: 'masked directories: an empty read-only tmpfs in all three; ours is also nodev, noexec, nosuid',
  },
  { peer: 'crun', line: new RegExp(MASKS), reason: 'as for runc' },
  { peer: 'runc', line: /^mounts [-+] \/sys\/fs\/cgroup \S+ tmpfs/, reason: 'the config says ro: ours is read-only, theirs is not' },
  { peer: 'crun', line: /^mounts [-+] \/sys\/fs\/cgroup \S+ tmpfs/, reason: 'as for runc' },
  {
    peer: 'runc',
    line: /^mounts [-+] \/run \S+ tmpfs/,
    reason: 'a tmpfs without mode takes that of the directory it covers, here 0755: as runc since 1.2; 1.1.5 leaves it at 1777',
  },
  { peer: 'crun', line: /^mounts [-+] \/run \S+ tmpfs/, reason: 'as for runc 1.1.5' },
  {
    peer: 'runc',
    line: /^devices [-+] \.\/mqueue drwxrwxrwt/,
    reason: 'in a user namespace ours belongs to gid 0 of the container, as with crun; runc leaves it to an id that is not mapped',
  },
  { peer: 'crun', line: /^cgroups [-+] 0::\//, reason: 'crun is run with the extra cgroup v2 tree out of its sight' },
  { peer: 'crun', line: /^mounts \+ \/sys\/fs\/cgroup\/unified/, reason: 'the same: it is not mounted where crun runs' },
  {
    peer: 'crun',
    line: /^devices - \.\/core -> \/proc\/kcore/,
    reason: 'not in runtime-linux.md#dev-symbolic-links; runc makes it only where /proc/kcore is readable',
  },
  {
    peer: 'crun',
    line: /^mounts [-+] \/dev\/(null|zero|full|tty|random|urandom) \S+ devtmpfs/,
    reason:
      'devices bound from the host in a user namespace: crun adds nosuid,noexec, which say nothing on a device; ours are as with runc',
  },
  {
    peer: 'crun',
    line: /^mounts [-+] \/home\/deep\/er /,
    reason: "crun's recursive rootfsPropagation takes back the mount's own `shared`; ours keeps it, as runc's does",
  },
];
