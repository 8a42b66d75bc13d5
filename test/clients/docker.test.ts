/** dockerd with tsrun as its default runtime. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { poll } from '../helpers/process.ts';
import { confinementClaims } from './claims/confinement.ts';
import { controlClaims } from './claims/control.ts';
import { execClaims } from './claims/exec.ts';
import { lifecycleClaims } from './claims/lifecycle.ts';
import { Engine, leftBehind } from './engine.ts';
import { makeImage } from './image.ts';
import { missing, runtimePath } from './runtime.ts';
import { Sandbox } from './sandbox/sandbox.ts';

// Debian's own client: another docker may come earlier in PATH.
const client = '/usr/bin/docker';
const reason = missing('dockerd', 'containerd', client, 'iptables');

describe('docker', { timeout: 30_000 }, () => {
  let sandbox: Sandbox;
  let docker: Engine;
  let mounts: readonly string[];
  let end: () => Promise<void>;

  beforeEach(({ skip }) => {
    if (reason !== undefined) skip(reason);
  });
  beforeAll(async () => {
    if (reason !== undefined) return;
    sandbox = await Sandbox.start('docker');
    mounts = sandbox.mounts();
    const { dir } = sandbox;
    const outside = sandbox.outside(dir);
    mkdirSync(`${outside}/shared`);
    writeFileSync(`${outside}/daemon.json`, '{}');
    const image = makeImage(outside);
    docker = new Engine({
      name: 'docker',
      sandbox,
      command: [client],
      remove: ['rm', '-f'],
      build: ['build', '--network', 'none'],
      // Debian's dockerd uses this directory for every runtime, whatever its name.
      stateRoots: ['/run/docker-exec/runtime-tsrun/moby', '/run/docker-exec/runtime-runc/moby'],
    });
    const files = ['--config-file', `${dir}/daemon.json`, '--data-root', `${dir}/data`, '--exec-root', '/run/docker-exec'];
    const runtime = ['--add-runtime', `tsrun=${runtimePath(outside).replace(outside, dir)}`, '--default-runtime', 'tsrun'];
    const daemon = sandbox.spawn(['dockerd', ...files, '--pidfile', '/run/docker.pid', ...runtime, '--log-level', 'warn']);
    let log = '';
    daemon.stderr?.on('data', (data: Buffer) => (log += data.toString()));
    await poll(
      'dockerd to answer',
      async () => {
        if (daemon.exitCode !== null) throw new Error(`dockerd ended: ${log}`);
        return (await docker.cli(['version'])).code === 0;
      },
      20_000,
    );
    await docker.ok(['import', '--change', 'ENV PATH=/usr/bin:/bin', image.layer.replace(outside, dir), 'busy']);
    end = async () => {
      await sandbox.sh('kill $(cat /run/docker.pid)');
      await poll('dockerd to end', () => daemon.exitCode !== null, 20_000);
    };
  }, 60_000);
  afterAll(async () => {
    if (reason === undefined) await sandbox.stop();
  }, 30_000);

  test('the daemon shows the runtime and its version', async () => {
    expect(await docker.ok(['info', '-f', '{{.DefaultRuntime}} {{json .Runtimes}}'])).toContain('tsrun');
  });

  lifecycleClaims(() => docker);
  execClaims(() => docker);
  controlClaims(() => docker);
  confinementClaims(() => docker);

  test("docker's own network comes by a prestart hook: eth0 has an address", async () => {
    const addresses = await docker.ok(['run', '--rm', 'busy', 'ip', '-o', '-4', 'address']);
    expect(addresses).toMatch(/eth0 +inet 172\./);
  });

  test('two containers on one network reach each other', async () => {
    const name = docker.newName();
    try {
      await docker.ok([
        'run',
        '-d',
        '--name',
        name,
        'busy',
        'sh',
        '-c',
        'echo hello > /tmp/hello; while :; do busybox nc -l -p 80 < /tmp/hello; done',
      ]);
      const address = await docker.inspect(name, '.NetworkSettings.IPAddress');
      // Not wget: Debian's static busybox crashes in it.
      const ask = async (): Promise<string> => (await docker.cli(['run', '--rm', 'busy', 'busybox', 'nc', address, '80'])).stdout;
      await expect.poll(ask, { timeout: 8000 }).toBe('hello\n');
    } finally {
      await docker.cli([...docker.remove, name]);
    }
  });

  test('the default seccomp filter refuses a new user namespace', async () => {
    expect((await docker.script('busybox unshare -U true')).stderr).toMatch(/not permitted/);
    expect((await docker.script('busybox unshare -U true', ['--security-opt', 'seccomp=unconfined'])).code).toBe(0);
  });

  test('commit of a running container pauses it and keeps its files', async () => {
    await docker.detached('echo kept > /etc/kept; exec sleep 100', [], async (name) => {
      await expect.poll(async () => (await docker.cli(['exec', name, 'cat', '/etc/kept'])).stdout).toBe('kept\n');
      await docker.ok(['commit', name, 'committed']);
      expect(await docker.inspect(name, '.State.Status')).toBe('running');
      expect(await docker.ok(['run', '--rm', '--network', 'none', 'committed', 'cat', '/etc/kept'])).toBe('kept');
    });
    await docker.ok(['rmi', 'committed']);
  });

  test('nothing is left when the daemon ends: no process, mount, cgroup or state', async () => {
    expect(await docker.ok(['ps', '-aq'])).toBe('');
    await end();
    await expect.poll(async () => await leftBehind(docker, mounts, /^\/docker$/), { timeout: 5000 }).toEqual([]);
  });
});
