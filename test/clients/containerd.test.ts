/** containerd with ctr, the runtime named by --runc-binary. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { poll } from '../helpers/process.ts';
import { Engine, leftBehind } from './engine.ts';
import { makeImage } from './image.ts';
import { missing, runtimePath } from './runtime.ts';
import { Sandbox } from './sandbox/sandbox.ts';

const reason = missing('containerd', 'ctr');
const image = 'localhost/busy:latest';

const configuration = (dir: string): string => `
version = 2
root = "${dir}/root"
state = "/run/containerd/state"
disabled_plugins = ["io.containerd.grpc.v1.cri", "io.containerd.internal.v1.opt"]
[grpc]
  address = "/run/containerd/containerd.sock"
[debug]
  level = "warn"
`;

describe('containerd', { timeout: 30_000 }, () => {
  let sandbox: Sandbox;
  let ctr: Engine;
  let runtime: string;
  let mounts: readonly string[];
  let end: () => Promise<void>;

  beforeEach(({ skip }) => {
    if (reason !== undefined) skip(reason);
  });
  beforeAll(async () => {
    if (reason !== undefined) return;
    sandbox = await Sandbox.start('containerd');
    mounts = sandbox.mounts();
    const { dir } = sandbox;
    const outside = sandbox.outside(dir);
    mkdirSync(`${outside}/shared`);
    writeFileSync(`${outside}/config.toml`, configuration(dir));
    runtime = runtimePath(outside).replace(outside, dir);
    const { archive } = makeImage(outside);
    const daemon = sandbox.spawn(['containerd', '-c', `${dir}/config.toml`]);
    let log = '';
    daemon.stderr?.on('data', (data: Buffer) => (log += data.toString()));
    ctr = new Engine({
      name: 'ctr',
      sandbox,
      command: ['ctr', '-a', '/run/containerd/containerd.sock', '-n', 'test'],
      remove: [],
      build: [],
      stateRoots: ['/run/containerd/runc/test'],
    });
    await poll(
      'containerd to answer',
      async () => {
        if (daemon.exitCode !== null) throw new Error(`containerd ended: ${log}`);
        return (await ctr.cli(['version'])).code === 0;
      },
      20_000,
    );
    await ctr.ok(['image', 'import', archive.replace(outside, dir)]);
    end = async () => {
      daemon.kill('SIGTERM'); // nsenter's; the daemon gets its own below
      await sandbox.sh('kill $(pidof containerd)');
      await poll('containerd to end', async () => (await sandbox.run(['pidof', 'containerd'])).code !== 0, 20_000);
    };
  }, 60_000);
  afterAll(async () => {
    if (reason === undefined) await sandbox.stop();
  }, 30_000);

  // ctr 1.6 hangs when its stdin is at end of file at once, with any runtime: give it a terminal-less stdin that lasts.
  const run = async (name: string, script: string, flags: readonly string[] = []): ReturnType<Engine['cli']> =>
    await ctr.cli(['run', '--rm', '--null-io=false', '--runc-binary', runtime, ...flags, image, name, 'sh', '-c', script]);

  /** A detached container that is removed after `use`, however that ends. */
  async function detached(script: string, flags: readonly string[], use: (name: string, pid: string) => Promise<void>): Promise<void> {
    const name = ctr.newName();
    try {
      await ctr.ok(['run', '-d', '--runc-binary', runtime, ...flags, image, name, 'sh', '-c', script]);
      await use(name, (await task(name))[1] ?? '');
    } finally {
      await ctr.cli(['tasks', 'rm', '-f', name]);
      await ctr.cli(['containers', 'rm', name]);
    }
  }

  /** [id, pid, status] of `ctr tasks ls`. */
  async function task(name: string): Promise<readonly string[]> {
    const lines = (await ctr.ok(['tasks', 'ls'])).split('\n').map((line) => line.trim().split(/\s+/));
    return lines.find((words) => words[0] === name) ?? [];
  }

  const status =
    (name: string): (() => Promise<string | undefined>) =>
    async () =>
      (await task(name))[2];

  test('run passes stdout, stderr and the exit code on', async () => {
    const result = await run(ctr.newName(), 'echo out; echo err >&2; exit 7');
    expect(result).toMatchObject({ code: 7, stdout: 'out\n' });
    expect(result.stderr).toContain('err');
  });

  test('run -t gives a terminal', async () => {
    const command = [...ctr.command, 'run', '--rm', '-t', '--runc-binary', runtime, image, ctr.newName(), 'sh', '-c'].join(' ');
    const script = `stty cols 90 rows 33; exec ${command} 'test -t 0 && tty; sleep 0.5; stty size; exit 6'`;
    const { code, stdout } = await ctr.host(['script', '-qec', script, '/dev/null']);
    expect(stdout).toMatch(/\/dev\/(pts\/0|console)\r+\n[^\r\n]*33 90\r+\n/);
    expect(code).toBe(6);
  });

  test('tasks ls shows RUNNING with the pid on the host, ps its processes', async () => {
    await detached('sleep 100 & exec sleep 101', [], async (name, pid) => {
      expect(await status(name)()).toBe('RUNNING');
      expect(await sandbox.sh(`tr '\\0' ' ' < /proc/${pid}/cmdline`)).toMatch(/sleep 101|sh -c/);
      const pids = async (): Promise<number> => (await ctr.ok(['tasks', 'ps', name])).split('\n').length - 1;
      await expect.poll(pids).toBe(2);
    });
  });

  test('pause and resume', async () => {
    await detached('exec sleep 100', [], async (name) => {
      await ctr.ok(['tasks', 'pause', name]);
      expect(await status(name)()).toBe('PAUSED');
      await ctr.ok(['tasks', 'resume', name]);
      expect(await status(name)()).toBe('RUNNING');
    });
  });

  test('kill sends the signal, wait-free stop is seen, delete gives the exit code', async () => {
    await detached('trap "exit 3" TERM; while :; do sleep 0.05; done', [], async (name) => {
      await sandbox.sh('sleep 0.2');
      await ctr.ok(['tasks', 'kill', '-s', 'SIGTERM', name]);
      await expect.poll(status(name)).toBe('STOPPED');
      expect((await ctr.cli(['tasks', 'rm', name])).stderr).toContain('exit code 3');
      expect(await task(name)).toEqual([]);
    });
  });

  test('kill of a task that ended says that its process is not there', async () => {
    await detached('exit 0', [], async (name) => {
      await expect.poll(status(name)).toBe('STOPPED');
      expect((await ctr.cli(['tasks', 'kill', name])).stderr).toMatch(/not found|already finished/);
    });
  });

  test('exec passes output and exit code on', async () => {
    await detached('exec sleep 100', [], async (name) => {
      const result = await ctr.cli(['tasks', 'exec', '--exec-id', 'e1', name, 'sh', '-c', 'echo out; exit 5']);
      expect(result).toMatchObject({ code: 5, stdout: 'out\n' });
    });
  });

  test('exec of what is not there fails with runc words', async () => {
    await detached('exec sleep 100', [], async (name) => {
      const { code, stderr } = await ctr.cli(['tasks', 'exec', '--exec-id', 'e1', name, 'nosuch']);
      expect(code).not.toBe(0);
      expect(stderr).toContain('exec: "nosuch": executable file not found in $PATH');
    });
  });

  test('run of what is not there fails with runc words, and leaves no task', async () => {
    const name = ctr.newName();
    const { code, stderr } = await ctr.cli(['run', '--rm', '--runc-binary', runtime, image, name, 'nosuch']);
    expect(code).not.toBe(0);
    expect(stderr).toContain('OCI runtime create failed');
    expect(stderr).toContain('exec: "nosuch": executable file not found in $PATH');
    await ctr.cli(['containers', 'rm', name]);
    expect(await task(name)).toEqual([]);
  });

  test('metrics reads the cgroup that the runtime made', async () => {
    await detached('exec sleep 100', ['--memory-limit', '33554432'], async (name) => {
      const metrics = await ctr.ok(['tasks', 'metrics', name]);
      expect(metrics).toMatch(/memory\.limit_in_bytes +33554432/);
      expect(metrics).toMatch(/pids\.current +1/);
    });
  });

  test('limits of run reach the cgroup', async () => {
    await detached('exec sleep 100', ['--cpu-quota', '20000', '--cpu-period', '100000', '--memory-limit', '33554432'], async (name) => {
      expect(await sandbox.sh(`cat /sys/fs/cgroup/cpu/test/${name}/cpu.cfs_quota_us`)).toBe('20000');
      expect(await sandbox.sh(`cat /sys/fs/cgroup/memory/test/${name}/memory.limit_in_bytes`)).toBe('33554432');
    });
  });

  test('--rootfs, --read-only, --mount, --env, --cwd', async () => {
    const flags = [
      '--read-only',
      '--env',
      'COLOUR=red',
      '--cwd',
      '/tmp',
      '--mount',
      `type=bind,src=${sandbox.dir}/shared,dst=/mnt,options=rbind:rw`,
    ];
    const { stdout } = await run(ctr.newName(), 'echo $COLOUR; pwd; touch /file 2>&1; echo text > /mnt/file', flags);
    expect(stdout).toBe('red\n/tmp\ntouch: /file: Read-only file system\n');
    expect(await sandbox.sh(`cat ${sandbox.dir}/shared/file`)).toBe('text');
  });

  test('--with-ns joins a namespace by path, --net-host that of the host', async () => {
    await detached('exec sleep 100', [], async (_name, pid) => {
      const inside = await sandbox.sh(`readlink /proc/${pid}/ns/net`);
      const joined = await run(ctr.newName(), 'readlink /proc/self/ns/net', ['--with-ns', `network:/proc/${pid}/ns/net`]);
      expect(joined.stdout.trim()).toBe(inside);
    });
    expect((await run(ctr.newName(), 'readlink /proc/self/ns/net', ['--net-host'])).stdout.trim()).toBe(
      await sandbox.sh('readlink /proc/1/ns/net'),
    );
  });

  test('a container without a pid namespace ends with all its processes', async () => {
    const name = ctr.newName();
    await ctr.ok([
      'run',
      '-d',
      '--runc-binary',
      runtime,
      '--with-ns',
      'pid:/proc/1/ns/pid',
      image,
      name,
      'sh',
      '-c',
      'sleep 4444 & exec sleep 100',
    ]);
    await ctr.ok(['tasks', 'kill', '-s', 'SIGKILL', name]);
    await expect.poll(status(name)).toBe('STOPPED');
    await ctr.cli(['tasks', 'rm', name]);
    await ctr.ok(['containers', 'rm', name]);
    await expect.poll(() => sandbox.processes().filter((line) => line.includes('sleep 4444'))).toEqual([]);
  });

  test('an OOM kill is seen as 137', async () => {
    await detached('tail /dev/zero; exit $?', ['--memory-limit', '16777216'], async (name) => {
      await expect.poll(status(name), { timeout: 8000 }).toBe('STOPPED');
      expect((await ctr.cli(['tasks', 'rm', name])).stderr).toContain('exit code 137');
    });
  });

  test('nothing is left when the daemon ends: no process, mount, cgroup or state', async () => {
    expect(await ctr.ok(['containers', 'ls', '-q'])).toBe('');
    await end();
    await expect.poll(async () => await leftBehind(ctr, mounts, /^\/test$/), { timeout: 5000 }).toEqual([]);
  });
});
