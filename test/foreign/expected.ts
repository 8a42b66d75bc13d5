/** Tests of others that tsrun fails, with the reason. */
import type { Expected } from './tap.ts';

const runc: Expected = {
  "looks for words of runc's own log or help, or for its name": [
    'debug.bats: global --debug',
    'debug.bats: global --debug to --log',
    "debug.bats: global --debug to --log --log-format 'text'",
    "debug.bats: global --debug to --log --log-format 'json'",
    'exec.bats: runc --debug exec',
    'exec.bats: runc --debug --log exec',
    'exec.bats: runc exec --cgroup sub-cgroups [v1]',
    'help.bats: runc -h',
    'version.bats: runc version',
    'seccomp.bats: runc run [seccomp] (startContainer hook)',
  ],
  'podman asks `checkpoint --help` whether there is checkpointing: it fails': ['help.bats: runc command -h'],
  'expects a warning where later versions of runc, and tsrun, refuse: a cgroup that has processes': [
    'cgroups.bats: runc run/create should warn about a non-empty cgroup',
  ],
  'cannot give its own cgroup a real-time budget on this host': ['update.bats: update rt period and runtime'],
  'gives a device rule the access "rwa", which is none': ['update.bats: update devices [minimal transition rules]'],
  'has a warning of tsrun on stderr where it expects the first line of the output': ['tty.bats: runc exec [tty consolesize]'],
};

const crun: Expected = {
  'reads files of crun’s own in the state directory': ['test_start.py: start'],
  'uses options, variables or annotations of crun’s own': [
    'test_delete.py: test_multiple_containers_delete',
    'test_start.py: listen_pid_env',
    'test_uid_gid.py: keep-groups',
  ],
  'fails with crun, too, or with runc': [
    'test_delete.py: test_simple_delete',
    'test_devices.py: owner-device',
    'test_exec.py: exec-root-netns-with-userns',
    'test_preserve_fds.py: preserve-fds-some',
    'test_seccomp.py: seccomp-listener',
    'test_start.py: sd-notify-proxy',
  ],
  'expects exec not to inherit noNewPrivileges, as it does in runc and here': ['test_exec.py: exec_add_no_new_privileges'],
  'expects hooks to inherit the environment of the runtime (config.md: env is the environment)': ['test_hooks.py: test-hook-env-inherit'],
};

const podman: Expected = {
  'needs a registry, or commands that are not installed (buildah, printenv)': [
    '030-run.bats: podman run --pull',
    '030-run.bats: podman run --rmi',
    '030-run.bats: podman run defaultenv',
    '055-rm.bats: podman rm container from storage',
    '060-mount.bats: podman mount external container - basic test',
    '090-events.bats: events with events_logfile_path in containers.conf',
    '140-diff.bats: podman diff',
    '140-diff.bats: podman diff with buildah container',
    '200-pod.bats: podman pod create should fail when infra-name is already in use',
  ],
  'needs journald': [
    '030-run.bats: podman run --log-driver',
    '030-run.bats: podman run --log-driver journald',
    '035-logs.bats: podman logs - tail test, journald',
    '035-logs.bats: podman logs - multi journald',
    '035-logs.bats: podman logs restarted journald',
    '035-logs.bats: podman logs - journald log driver requires journald events backend',
    '035-logs.bats: podman logs - since journald',
    '035-logs.bats: podman logs - until journald',
    '035-logs.bats: podman logs - --follow journald',
    '090-events.bats: events with disjunctive filters - journald',
    '090-events.bats: events with file backend and journald logdriver with --follow failure',
  ],
  'fails with runc too, on a host with hybrid cgroups and without systemd': [
    '030-run.bats: podman run --device-read-bps',
    '200-pod.bats: podman pod - communicating between pods',
    '200-pod.bats: podman pod - communicating via /dev/shm',
    '200-pod.bats: podman pod create - hashtag AllTheOptions',
    '200-pod.bats: podman pod create --share',
    '200-pod.bats: podman pod create --pod new: --hostname',
    '200-pod.bats: pod exit policies',
    '200-pod.bats: pod exit policies - play kube',
    '220-healthcheck.bats: podman healthcheck',
    '220-healthcheck.bats: podman healthcheck --health-on-failure',
  ],
  'copies the runtime without tsrun-helper, which has to lie beside it': ['030-run.bats: podman run : full path to --runtime is preserved'],
  'asks for the systemd cgroup manager': ['420-cgroups.bats: podman run, preserves initial --cgroup-manager'],
};

export const expected = { runc, crun, podman };
