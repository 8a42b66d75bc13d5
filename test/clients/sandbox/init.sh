# PID 1 of a sandbox for one container engine: private mounts, network, pids, ipc, uts and cgroup view.
# $1: an empty directory; a tmpfs on it carries everything the engine writes, so that nothing outlives this process.
# The caller placed us in cgroups of our own before the cgroup namespace was made: seen from here they are the roots.
set -e
PATH=/usr/sbin:/usr/bin:/sbin:/bin
export PATH
mount -t tmpfs -o mode=0755 tmpfs /run
mount -t tmpfs -o mode=0755,size=4g tmpfs "$1"
# The host's cgroup mounts show the host's whole tree: mount them again, from this namespace.
if [ -e /sys/fs/cgroup/cgroup.controllers ]; then
  umount -R /sys/fs/cgroup
  mount -t cgroup2 cgroup2 /sys/fs/cgroup
else
  hierarchies=
  for dir in /sys/fs/cgroup/*/; do
    dir=${dir%/}
    [ ! -L "$dir" ] && [ -e "$dir/cgroup.procs" ] && hierarchies="$hierarchies ${dir##*/}"
  done
  umount -R /sys/fs/cgroup
  mount -t tmpfs -o mode=0755 tmpfs /sys/fs/cgroup
  for name in $hierarchies; do
    mkdir "/sys/fs/cgroup/$name"
    case $name in
      unified) mount -t cgroup2 cgroup2 /sys/fs/cgroup/unified ;;
      systemd) mount -t cgroup -o none,name=systemd cgroup /sys/fs/cgroup/systemd ;;
      *) mount -t cgroup -o "$name" cgroup "/sys/fs/cgroup/$name" ;;
    esac
  done
fi
# As systemd leaves a host: podman wants / shared for volumes with propagation.
mount --make-rshared /
# Where every command in the sandbox begins: conmon writes files to its working directory.
cd "$1"
ip link set lo up
hostname sandbox
echo ready
# Reaps orphans at once, unlike some hosts' PID 1.
exec catatonit -P >/dev/null 2>&1
