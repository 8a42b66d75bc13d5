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

const podman: Expected = {};

export const expected = { runc, crun, podman };
