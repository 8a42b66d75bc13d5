# Claims about tsrun's cgroups on v2, by its command line. Runs as root in the guest (guest.ts); one TAP line a claim.
# TSRUN is the runtime under test. Needs busybox alone.
: "${TSRUN:=/bin/tsrun}"
root=/run/t
cg=/sys/fs/cgroup/tests
failed=0
claims=0

ok() { # NAME COMMAND...: the claim holds when the command succeeds
  name=$1
  shift
  claims=$((claims + 1))
  if "$@" >/tmp/claim.log 2>&1; then
    echo "ok - $name"
  else
    failed=$((failed + 1))
    echo "not ok - $name"
    sed 's/^/# /' /tmp/claim.log
  fi
}
is() { # FILE VALUE
  [ "$(cat "$1")" = "$2" ] || { echo "$1 is $(cat "$1"), not $2"; return 1; }
}
not() { ! "$@"; }
eventually() {
  for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
    "$@" && return 0
    sleep 0.2
  done
  return 1
}
t() { "$TSRUN" --root $root "$@"; }

mkdir -p /b/rootfs/bin /b/rootfs/proc /b/rootfs/dev /b/rootfs/sys
cp /bin/busybox /b/rootfs/bin/
for applet in sh sleep cat mknod dd test true; do ln -sf busybox /b/rootfs/bin/$applet; done

bundle() { # ID RESOURCES [SCRIPT [MOUNTS]]: a bundle /b whose container is in the cgroup /tests/ID
  cat >/b/config.json <<END
{
  "ociVersion": "1.0.2",
  "process": {
    "user": {"uid": 0, "gid": 0}, "cwd": "/", "env": ["PATH=/bin"], "args": ["sh", "-c", "${3:-exec sleep 1000}"],
    "capabilities": {"bounding": ["CAP_MKNOD"], "effective": ["CAP_MKNOD"], "permitted": ["CAP_MKNOD"]}
  },
  "root": {"path": "rootfs"},
  "mounts": [{"destination": "/proc", "type": "proc", "source": "proc"}, {"destination": "/dev", "type": "tmpfs", "source": "tmpfs"}${4:-}],
  "linux": {
    "cgroupsPath": "/tests/$1",
    "namespaces": [{"type": "pid"}, {"type": "mount"}, {"type": "ipc"}, {"type": "uts"}, {"type": "cgroup"}],
    "resources": $2
  }
}
END
}
run() { # ID RESOURCES [SCRIPT]: detached, with nothing of our console
  bundle "$@"
  t run -d -b /b "$1" </dev/null >/tmp/$1.out 2>&1 || { cat /tmp/$1.out; return 1; }
}

ok 'a container runs with limits of every controller' run a '{
  "memory": {"limit": 67108864, "swap": 100663296, "reservation": 33554432},
  "cpu": {"shares": 512, "quota": 50000, "period": 200000, "cpus": "0", "mems": "0"},
  "pids": {"limit": 20}, "blockIO": {"weight": 300}, "hugepageLimits": [{"pageSize": "2MB", "limit": 4194304}],
  "unified": {"memory.high": "60000000", "cgroup.max.depth": "5"}
}'
ok 'memory.max is the limit' is $cg/a/memory.max 67108864
ok 'memory.swap.max is swap less memory' is $cg/a/memory.swap.max 33554432
ok 'memory.low is the reservation' is $cg/a/memory.low 33554432
ok 'unified memory.high is written as it is' grep -q '^59' $cg/a/memory.high
ok 'cpu.weight is converted from shares' is $cg/a/cpu.weight 59
ok 'cpu.max is quota and period' is $cg/a/cpu.max '50000 200000'
ok 'cpuset.cpus is set' is $cg/a/cpuset.cpus 0
ok 'pids.max is the limit' is $cg/a/pids.max 20
ok 'io.weight is converted from the weight' is $cg/a/io.weight 'default 2930'
ok 'hugetlb.2MB.max is the limit' is $cg/a/hugetlb.2MB.max 4194304
ok 'the first process is in the cgroup' grep -qx "$(t state a | sed -n 's/.*"pid": *\([0-9]*\).*/\1/p')" $cg/a/cgroup.procs
ok 'the container sees its cgroup as the root of its cgroup namespace' test "$(t exec a cat /proc/self/cgroup)" = 0::/

ok 'update changes the memory limit' t update --memory 134217728 --memory-swap 134217728 a
ok 'memory.max is the new limit' is $cg/a/memory.max 134217728
ok 'memory.swap.max is the new one' is $cg/a/memory.swap.max 0
ok 'update of the quota alone is accepted' t update --cpu-quota 30000 a
ok 'it keeps the period' is $cg/a/cpu.max '30000 200000'
ok 'update of the pids limit is accepted' t update --pids-limit 33 a
ok 'pids.max is the new limit' is $cg/a/pids.max 33

ok 'pause succeeds' t pause a
ok 'the cgroup is frozen' grep -qx 'frozen 1' $cg/a/cgroup.events
ok 'the status is paused' eventually sh -c "$TSRUN --root $root state a | grep -q '\"paused\"'"
ok 'resume succeeds' t resume a
ok 'the cgroup is not frozen' grep -qx 'frozen 0' $cg/a/cgroup.events

t events --stats a >/tmp/stats
ok 'events --stats gives the memory limit' grep -q '"limit":134217728' /tmp/stats
ok 'events --stats gives pids' grep -q '"pids":{"current":1,"limit":33}' /tmp/stats
ok 'ps lists the process' sh -c "[ \"\$($TSRUN --root $root ps -f json a)\" = \"[\$(cat $cg/a/cgroup.procs)]\" ]"

t exec -d a sleep 500 </dev/null >/dev/null 2>&1
ok 'an exec process is in the cgroup, too' sh -c "[ \$(wc -l <$cg/a/cgroup.procs) = 2 ]"
ok 'kill --all reaches both' t kill --all a KILL
ok 'the cgroup is empty after that' eventually grep -qx 'populated 0' $cg/a/cgroup.events
ok 'delete succeeds' t delete a
ok 'the cgroup is gone' not test -e $cg/a

ok 'a fork bomb stays within its pids limit' run bomb '{"pids": {"limit": 12}}' 'while :; do sleep 100 & done'
eventually sh -c "[ \$(cat $cg/bomb/pids.current) -ge 12 ]"
ok 'pids.current is at most 12' sh -c "[ \$(cat $cg/bomb/pids.current) -le 12 ]"
ok 'delete --force of it succeeds' t delete --force bomb
ok 'its cgroup is gone' not test -e $cg/bomb

ok 'a limit of one process still runs the container' run one '{"pids": {"limit": 1}}'
ok 'and is exact' is $cg/one/pids.max 1
t delete --force one

run hog '{"memory": {"limit": 16777216, "swap": 16777216}}' 'dd if=/dev/zero of=/dev/big bs=1M count=64; exec sleep 1000'
ok 'a container over its memory limit is killed by the kernel' eventually grep -Eq 'oom_kill [1-9]' $cg/hog/memory.events
t delete --force hog

# 7:0 is /dev/loop0, which needs no capability to open.
devices() { # ACCESS
  echo "{\"devices\": [{\"allow\": false, \"access\": \"rwm\"}, {\"allow\": true, \"type\": \"b\", \"major\": 7, \"minor\": 0, \"access\": \"$1\"}]}"
}
run dev "$(devices m)" 'mknod /dev/l b 7 0; exec sleep 1000'
ok 'a default device can be used under deny all' t exec dev sh -c 'echo x >/dev/null && dd if=/dev/zero of=/dev/null bs=1 count=1'
ok 'a node of a device that may only be made is there' eventually t exec dev test -b /dev/l
ok 'and cannot be opened' not t exec dev sh -c 'exec 3</dev/l'
ok 'for want of permission' sh -c "$TSRUN --root $root exec dev sh -c 'exec 3</dev/l' 2>&1 | grep -qi 'not permitted'"
t delete --force dev
run dev2 "$(devices rm)" 'mknod /dev/l b 7 0; exec sleep 1000'
ok 'a device that a rule allows for reading can be opened' eventually t exec dev2 sh -c 'exec 3</dev/l'
ok 'not for writing' not t exec dev2 sh -c 'exec 3>/dev/l'
ok 'update leaves the device rules alone' t update --pids-limit 100 dev2
ok 'they are as before' not t exec dev2 sh -c 'exec 3>/dev/l'
t delete --force dev2

bundle bad '{"memory": {"limit": 67108864, "swap": 1000}}'
ok 'swap below memory is an error' not t create -b /b bad
ok 'that names the entry' sh -c "$TSRUN --root $root create -b /b bad 2>&1 | grep -q /linux/resources/memory/swap"
ok 'and leaves no cgroup' not test -e $cg/bad
ok 'and no container' not t state bad
bundle bad '{"unified": {"nosuch.max": "1"}}'
ok 'unified with a controller that is not there is an error' not t create -b /b bad

mkdir $cg/mine
sleep 1000 &
echo $! >$cg/mine/cgroup.procs
bundle mine '{}'
ok 'create in a cgroup with processes fails' not t create -b /b mine
ok 'and does not touch those processes' kill -0 $!
t delete --force mine
ok 'nor does delete --force after it' kill -0 $!
kill -9 $!
wait
ok 'nor takes that cgroup away' test -d $cg/mine

mkdir -p /b/rootfs/sys/fs/cgroup
bundle rw '{}' 'exec sleep 1000' ', {"destination": "/sys", "type": "sysfs", "source": "sysfs"}, {"destination": "/sys/fs/cgroup", "type": "cgroup", "source": "cgroup", "options": ["rw"]}'
t run -d -b /b rw </dev/null >/tmp/rw.out 2>&1
ok 'the container can make cgroups in a writable cgroup mount' t exec rw busybox mkdir -p /sys/fs/cgroup/own/below
ok 'they are below its own' test -d $cg/rw/own/below
ok 'delete --force takes them away, too' t delete --force rw
ok 'all of them' not test -e $cg/rw

echo "1..$claims"
echo "# $failed of $claims failed"
[ $failed = 0 ]
