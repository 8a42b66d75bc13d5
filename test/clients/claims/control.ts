/** pause, update, limits, stats, top, health checks: what engines do to a running container. */
import { expect, test } from 'vitest';
import type { Engine } from '../engine.ts';

const MiB = 1024 * 1024;

export function controlClaims(engine: () => Engine): void {
  test('pause stops all processes, unpause lets them go on', async () => {
    const script = 'i=0; while :; do i=$((i+1)); echo $i > /tmp/count; sleep 0.02; done';
    await engine().detached(script, ['-v', `${engine().sandbox.dir}/shared:/tmp`], async (name) => {
      const count = async (): Promise<string> => await engine().sandbox.sh(`cat ${engine().sandbox.dir}/shared/count`);
      await expect.poll(count).not.toBe('');
      await engine().ok(['pause', name]);
      expect(await engine().inspect(name, '.State.Status')).toBe('paused');
      const frozen = await count();
      await engine().sandbox.sh('sleep 0.3');
      expect(await count()).toBe(frozen);
      await engine().ok(['unpause', name]);
      expect(await engine().inspect(name, '.State.Status')).toBe('running');
      await expect.poll(count).not.toBe(frozen);
    });
  });

  test('a paused container can be removed by force', async () => {
    await engine().detached('exec sleep 100', [], async (name) => {
      await engine().ok(['pause', name]);
      await engine().ok([...engine().remove, name]);
      expect((await engine().cli(['inspect', name])).code).not.toBe(0);
    });
  });

  test('limits of run reach the cgroup', async () => {
    const flags = ['-m', '64m', '--memory-swap', '64m', '--cpu-shares', '512', '--cpus', '0.5', '--pids-limit', '50', '--cpuset-cpus', '0'];
    await engine().detached('exec sleep 100', flags, async (name) => {
      const file = async (controller: string, path: string): Promise<string> => await engine().cgroupFile(name, controller, path);
      expect(await file('memory', 'memory.limit_in_bytes')).toBe(`${64 * MiB}`);
      expect(await file('cpu', 'cpu.shares')).toBe('512');
      expect(await file('cpu', 'cpu.cfs_quota_us')).toBe('50000');
      expect(await file('pids', 'pids.max')).toBe('50');
      expect(await file('cpuset', 'cpuset.cpus')).toBe('0');
    });
  });

  test('update changes the cgroup of a running container and leaves the rest alone', async () => {
    await engine().detached('exec sleep 100', ['-m', '64m', '--memory-swap', '128m', '--cpu-shares', '512'], async (name) => {
      await engine().ok(['update', '-m', '32m', '--memory-swap', '64m', '--cpu-period', '100000', '--cpu-quota', '20000', name]);
      expect(await engine().cgroupFile(name, 'memory', 'memory.limit_in_bytes')).toBe(`${32 * MiB}`);
      expect(await engine().cgroupFile(name, 'cpu', 'cpu.cfs_quota_us')).toBe('20000');
      expect(await engine().cgroupFile(name, 'cpu', 'cpu.shares')).toBe('512');
      await engine().ok(['update', '--cpu-shares', '256', name]);
      expect(await engine().cgroupFile(name, 'cpu', 'cpu.shares')).toBe('256');
      expect(await engine().cgroupFile(name, 'memory', 'memory.limit_in_bytes')).toBe(`${32 * MiB}`);
      expect(await engine().inspect(name, '.State.Running')).toBe('true');
    });
  });

  test('a container over its memory limit is killed: 137, and docker says OOMKilled', async () => {
    await engine().detached('tail /dev/zero; exit $?', ['-m', '16m', '--memory-swap', '16m'], async (name) => {
      expect(await engine().ok(['wait', name])).toBe('137');
      // conmon 2.1.6 on cgroup v1 misses the event when it comes together with the exit.
      if (engine().name === 'docker') expect(await engine().inspect(name, '.State.OOMKilled')).toBe('true');
    });
  });

  test('a container over its pids limit cannot fork', async () => {
    const script = 'for i in 1 2 3 4 5 6 7 8 9 10 11 12; do sleep 5 & done; wait';
    expect((await engine().script(script, ['--pids-limit', '6'])).stderr).toMatch(/can't fork|Resource temporarily unavailable/);
  });

  test('stats shows memory and processes', async () => {
    await engine().detached('sleep 100 & exec sleep 101', [], async (name) => {
      const stats = async (): Promise<string> => await engine().ok(['stats', '--no-stream', '--format', '{{.PIDs}} {{.MemUsage}}', name]);
      await expect.poll(stats, { timeout: 8000 }).toMatch(/^2 \d*\.?\d+ ?[KkM]i?B/);
    });
  });

  test('top lists the processes', async () => {
    await engine().detached('sleep 100 & exec sleep 101', [], async (name) => {
      const list = await engine().ok(['top', name]);
      expect(list).toContain('sleep 100');
      expect(list).toContain('sleep 101');
    });
  });

  test('a health check is run in the container', async () => {
    const flags = ['--health-cmd', 'test -e /tmp/healthy', '--health-interval', '1s', '--health-retries', '1'];
    await engine().detached('exec sleep 100', flags, async (name) => {
      const health = async (): Promise<string> => {
        // podman has timers only under systemd: run the check by hand. docker has no such command and does it alone.
        if (engine().name.startsWith('podman')) await engine().cli(['healthcheck', 'run', name]);
        return await engine().inspect(name, '.State.Health.Status');
      };
      await expect.poll(health, { timeout: 10_000, interval: 300 }).toBe('unhealthy');
      await engine().ok(['exec', name, 'touch', '/tmp/healthy']);
      await expect.poll(health, { timeout: 10_000, interval: 300 }).toBe('healthy');
    });
  });
}
