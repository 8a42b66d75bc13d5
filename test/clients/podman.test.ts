/** podman as root. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { confinementClaims } from './claims/confinement.ts';
import { controlClaims } from './claims/control.ts';
import { execClaims } from './claims/exec.ts';
import { lifecycleClaims } from './claims/lifecycle.ts';
import { subject } from '../helpers/subject.ts';
import { leftBehind, type Engine } from './engine.ts';
import { rootfulPodman } from './podman-setup.ts';
import { missing } from './runtime.ts';
import { Sandbox } from './sandbox/sandbox.ts';

const reason = missing('podman', 'conmon');

describe('podman', { timeout: 30_000 }, () => {
  let sandbox: Sandbox;
  let podman: Engine;
  let mounts: readonly string[];

  beforeEach(({ skip }) => {
    if (reason !== undefined) skip(reason);
  });
  beforeAll(async () => {
    if (reason !== undefined) return;
    sandbox = await Sandbox.start('podman');
    podman = await rootfulPodman(sandbox);
    mounts = sandbox.mounts();
  }, 60_000);
  afterAll(async () => {
    if (reason === undefined) await sandbox.stop();
  }, 30_000);

  test('info shows the runtime', async () => {
    expect(await podman.ok(['info', '-f', '{{.Host.OCIRuntime.Path}}'])).toMatch(/(tsrun|runc|crun)$/);
  });

  lifecycleClaims(() => podman);
  execClaims(() => podman);
  controlClaims(() => podman);
  confinementClaims(() => podman);

  test('--uidmap: root of the container is nobody outside, its files are its own inside', async () => {
    const flags = ['--uidmap', '0:200000:5000', '--gidmap', '0:300000:5000'];
    expect(await podman.output("tr -s ' ' < /proc/self/uid_map; tr -s ' ' < /proc/self/gid_map; stat -c %u /bin/busybox", flags)).toBe(
      ' 0 200000 5000\n 0 300000 5000\n0',
    );
    await podman.detached('exec sleep 100', flags, async (name) => {
      const pid = await podman.inspect(name, '.State.Pid');
      expect(await podman.sandbox.sh(`stat -c '%u %g' /proc/${pid}`)).toBe('200000 300000');
      expect(await podman.ok(['exec', name, 'id', '-u'])).toBe('0');
    });
  });

  test('a pod shares its network namespace and hostname', async () => {
    try {
      await podman.ok([
        'pod',
        'create',
        '--name',
        'pod',
        '--infra=true',
        '--infra-image',
        'busy',
        '--infra-command',
        'sleep 100',
        '--network',
        'none',
      ]);
      await podman.ok(['run', '-d', '--pod', 'pod', '--name', 'member', 'busy', 'sh', '-c', 'busybox nc -l -p 70 < /etc/marker']);
      const ask = async (): Promise<string> =>
        (await podman.cli(['run', '--rm', '--pod', 'pod', 'busy', 'busybox', 'nc', '127.0.0.1', '70'])).stdout;
      await expect.poll(ask, { timeout: 8000 }).toBe('container\n');
    } finally {
      const id = await podman.ok(['pod', 'inspect', '-f', '{{.ID}}', 'pod']);
      await podman.cli(['pod', 'rm', '-f', '-t', '0', 'pod']);
      // podman 4.3 does not remove its pod's cgroup where a hierarchy has no controller; rmdir shows that nothing of ours is in it.
      await sandbox.sh(`for dir in /sys/fs/cgroup/*/libpod_parent/${id}; do [ ! -d $dir ] || rmdir $dir; done`);
    }
  });

  test('OCI hooks of a hooks directory run at their moments', async () => {
    const dir = `${sandbox.dir}/hooks`;
    const stages = ['prestart', 'createRuntime', 'createContainer', 'startContainer', 'poststart', 'poststop'];
    const script = `#!/bin/sh\nread state; echo "$1" >> ${sandbox.dir}/shared/hooks; case $state in *'"id"'*) ;; *) exit 1;; esac\n`;
    await sandbox.sh(`mkdir -p ${dir}; cat > ${dir}/hook; chmod 755 ${dir}/hook`, { stdin: script });
    // startContainer runs inside the container, where the hook's path must be there too.
    const json = (stage: string): string =>
      JSON.stringify({ version: '1.0.0', hook: { path: `${dir}/hook`, args: ['hook', stage] }, when: { always: true }, stages: [stage] });
    const host = stages.filter((stage) => stage !== 'startContainer' && stage !== 'createContainer');
    for (const stage of host) {
      // oxlint-disable-next-line no-await-in-loop -- one file at a time
      await sandbox.sh(`cat > ${dir}/${stage}.json`, { stdin: json(stage) });
    }
    const name = podman.newName();
    await podman.ok(['--hooks-dir', dir, 'run', '--name', name, '--network', 'none', 'busy', 'true']);
    await podman.ok(['--hooks-dir', dir, ...podman.remove, name]);
    expect((await sandbox.sh(`cat ${sandbox.dir}/shared/hooks`)).split('\n')).toEqual(host);
  });

  test('--network bridge: eth0 has an address', async () => {
    expect(await podman.ok(['run', '--rm', 'busy', 'ip', '-o', '-4', 'address'])).toMatch(/eth0 +inet 10\./);
  });

  test('--cgroups=disabled: the container has no cgroup of its own', async ({ skip }) => {
    if (subject.name === 'runc') skip('runc has no such mode');
    const file = '/proc/self/cgroup';
    const own = await podman.output(`sed -n 's/.*:memory://p' ${file}`, ['--cgroupns', 'host']);
    expect(own).toContain('libpod');
    expect(await podman.output(`sed -n 's/.*:memory://p' ${file}`, ['--cgroups', 'disabled', '--cgroupns', 'host'])).not.toContain(
      'libpod',
    );
  });

  test('nothing is left when all containers are removed: no process, mount, cgroup or state', async () => {
    await podman.ok(['rm', '-af', '-t', '0']);
    await expect
      .poll(async () => await leftBehind(podman, mounts, /^\/libpod_parent(\/conmon)?$|^\/run\/netns$/), { timeout: 5000 })
      .toEqual([]);
  });
});
