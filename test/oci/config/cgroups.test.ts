import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { blames } from '../../helpers/assert.ts';
import type { Bundle } from '../../helpers/box.ts';
import type { JsonValue } from '../../helpers/config.ts';
import { cgroupMounts } from '../../helpers/host.ts';
import { cgroupsOf, processesOf } from '../../helpers/leftovers.ts';
import { poll } from '../../helpers/process.ts';
import { test } from '../../helpers/test.ts';

const has = (controller: string): boolean => cgroupMounts.has(controller);
const v1 = has('memory');
const hugepagesOnV2 =
  v1 &&
  has('') &&
  existsSync('/sys/kernel/mm/hugepages/hugepages-2048kB') &&
  readFileSync(join(cgroupMounts.get('') ?? '', 'cgroup.controllers'), 'utf8')
    .split(/\s/)
    .includes('hugetlb');
/** A file of the container's cgroup directory; '' is the v2 tree. */
const file = (bundle: Bundle, controller: string, name: string): string =>
  readFileSync(join(cgroupMounts.get(controller) ?? '', bundle.cgroupsPath, name), 'utf8').trim();
const resources = (value: { readonly [key: string]: JsonValue }): Record<string, JsonValue> =>
  Object.fromEntries(Object.entries(value).map(([key, entry]) => [`/linux/resources/${key}`, entry]));

describe.skipIf(!v1)('config-linux.md#control-groups on cgroup v1', () => {
  test('an absolute cgroupsPath is below the mount point of every hierarchy', async ({ box }) => {
    const bundle = await box.create('sleep 100');
    const pid = await box.pid(bundle.id);
    for (const controller of ['memory', 'pids', 'cpu', 'cpuset', 'devices', 'freezer', 'blkio'].filter(has)) {
      expect({ controller, procs: file(bundle, controller, 'cgroup.procs') }).toEqual({ controller, procs: String(pid) });
    }
  });

  test("the same relative path gives the same place, and no path a place of the runtime's choice", async ({ box }) => {
    const relative = await box.create('sleep 100', { '/linux/cgroupsPath': `rel-${box.token}` });
    expect(cgroupsOf(`rel-${box.token}`).length).toBeGreaterThan(3);
    await box.ok(['delete', '--force', relative.id]);
    const none = await box.create('sleep 100', { '/linux/cgroupsPath': undefined });
    const own = readFileSync(`/proc/${await box.pid(none.id)}/cgroup`, 'utf8');
    expect(own).toContain(none.id);
  });

  test('memory', async ({ box }) => {
    const memory = { limit: 64 << 20, reservation: 32 << 20, swap: 128 << 20, swappiness: 50 };
    const bundle = await box.create('sleep 100', resources({ memory }));
    expect(file(bundle, 'memory', 'memory.limit_in_bytes')).toBe(String(64 << 20));
    expect(file(bundle, 'memory', 'memory.soft_limit_in_bytes')).toBe(String(32 << 20));
    if (existsSync(join(cgroupMounts.get('memory') ?? '', 'memory.memsw.limit_in_bytes'))) {
      expect(file(bundle, 'memory', 'memory.memsw.limit_in_bytes')).toBe(String(128 << 20));
    }
    expect(file(bundle, 'memory', 'memory.swappiness')).toBe('50');
  });

  test('a memory limit is real: a program above it is killed', async ({ box }) => {
    const result = await box.run(
      'head -c 60m /dev/zero | tail -c 59m > /dev/null; echo $?',
      resources({ memory: { limit: 16 << 20, swap: 16 << 20 } }),
    );
    expect(result.stdout === '' || result.stdout === '137\n').toBe(true);
  });

  test('limits of -1 mean unlimited', async ({ box }) => {
    const bundle = await box.create('sleep 100', resources({ memory: { limit: -1, swap: -1 }, pids: { limit: -1 }, cpu: { quota: -1 } }));
    expect(file(bundle, 'pids', 'pids.max')).toBe('max');
    expect(Number(file(bundle, 'memory', 'memory.limit_in_bytes'))).toBeGreaterThan(2 ** 50);
    expect(file(bundle, 'cpu', 'cpu.cfs_quota_us')).toBe('-1');
  });

  test('cpu and cpuset', async ({ box }) => {
    const bundle = await box.create('sleep 100', resources({ cpu: { shares: 512, quota: 50_000, period: 200_000, cpus: '0', mems: '0' } }));
    expect(file(bundle, 'cpu', 'cpu.shares')).toBe('512');
    expect(file(bundle, 'cpu', 'cpu.cfs_quota_us')).toBe('50000');
    expect(file(bundle, 'cpu', 'cpu.cfs_period_us')).toBe('200000');
    expect(file(bundle, 'cpuset', 'cpuset.cpus')).toBe('0');
    expect(file(bundle, 'cpuset', 'cpuset.mems')).toBe('0');
  });

  test('pids', async ({ box }) => {
    const bundle = await box.create('sleep 100', resources({ pids: { limit: 7 } }));
    expect(file(bundle, 'pids', 'pids.max')).toBe('7');
  });

  test('pids: the limit is real', async ({ box }) => {
    const result = await box.run('for i in 1 2 3 4 5 6 7 8 9; do sleep 1 & done 2>&1; wait', resources({ pids: { limit: 5 } }));
    expect(result.stdout + result.stderr).toMatch(/fork/);
  });

  test('zeros mean: leave alone', async ({ box }) => {
    const bundle = await box.create(
      'sleep 100',
      resources({ memory: { limit: 0, reservation: 0, swap: 0 }, cpu: { shares: 0, quota: 0, period: 0 }, blockIO: { weight: 0 } }),
    );
    expect(file(bundle, 'cpu', 'cpu.shares')).toBe('1024');
    expect(file(bundle, 'cpu', 'cpu.cfs_quota_us')).toBe('-1');
    expect(Number(file(bundle, 'memory', 'memory.limit_in_bytes'))).toBeGreaterThan(2 ** 50);
  });

  test.skipIf(!existsSync('/sys/fs/cgroup/blkio/blkio.throttle.read_bps_device'))('blockIO throttling', async ({ box }) => {
    const { statSync } = await import('node:fs');
    const { dev } = statSync('/tmp');
    const [major, minor] = [(dev >> 8) & 0xfff, dev & 0xff];
    const blockIO = { throttleReadBpsDevice: [{ major, minor, rate: 1_000_000 }], throttleWriteIOPSDevice: [{ major, minor, rate: 100 }] };
    const bundle = await box.create('sleep 100', resources({ blockIO }));
    expect(file(bundle, 'blkio', 'blkio.throttle.read_bps_device')).toBe(`${major}:${minor} 1000000`);
    expect(file(bundle, 'blkio', 'blkio.throttle.write_iops_device')).toBe(`${major}:${minor} 100`);
  });

  test('a limit below the use is refused and says so', async ({ box }) => {
    const failure = await box.runFails('true', resources({ memory: { limit: 1000 } }));
    expect(failure.msg).toMatch(/memory/i);
    blames(failure, '/linux/resources/memory');
  });

  test.skipIf(!hugepagesOnV2)('hugepageLimits of a hybrid host, where hugetlb is on the v2 side', async ({ box }) => {
    const limits = resources({ hugepageLimits: [{ pageSize: '2MB', limit: 4 << 20 }] });
    const bundle = await box.create('sleep 100', limits);
    expect(file(bundle, '', 'hugetlb.2MB.max')).toBe(String(4 << 20));
    await box.ok(['delete', '--force', bundle.id]);
    const failure = await box.runFails('true', resources({ hugepageLimits: [{ pageSize: '3MB', limit: 4 << 20 }] }));
    blames(failure, '/linux/resources/hugepageLimits/0/pageSize');
  });

  test('a controller that is not there cannot be set in silence', async ({ box }) => {
    if (has('rdma')) return;
    const failure = await box.runFails('true', resources({ rdma: { mlx5_0: { hcaHandles: 2 } } }));
    blames(failure, '/linux/resources/rdma');
  });

  test('a cgroup that has processes is refused', async ({ box }) => {
    const first = await box.started();
    const second = box.bundle('true', { '/linux/cgroupsPath': first.cgroupsPath });
    const failure = await box.fails(['create', '--bundle', second.path, second.id]);
    expect(failure.msg).toMatch(/container's cgroup is not empty/);
    expect(await box.state(first.id)).toMatchObject({ status: 'running' });
    expect(file(first, 'pids', 'cgroup.procs').split('\n').length).toBeGreaterThan(0);
  });

  test('a frozen cgroup is refused', async ({ box }) => {
    const bundle = box.bundle('true');
    const dir = join(cgroupMounts.get('freezer') ?? '', bundle.cgroupsPath);
    mkdirSync(dir);
    writeFileSync(join(dir, 'freezer.state'), 'FROZEN');
    box.defer(() => {
      if (existsSync(dir)) rmdirSync(dir);
    });
    const failure = await box.fails(['create', '--bundle', bundle.path, bundle.id], { timeout: 9000 });
    expect(failure.msg).toMatch(/frozen/);
  });

  test('delete removes cgroups the container made below its own', async ({ box }) => {
    const script = 'mkdir /cg/inner && echo $$ > /cg/inner/cgroup.procs; exec sleep 100';
    const mount = { destination: '/sys/fs/cgroup', type: 'cgroup', source: 'cgroup', options: ['nosuid', 'noexec', 'nodev', 'rw'] };
    const bundle = await box.started(script.replaceAll('/cg/', '/sys/fs/cgroup/pids/'), { '/mounts/-': mount });
    expect(cgroupsOf(bundle.id)).not.toEqual([]);
    await poll('the inner cgroup', () => existsSync(join(cgroupMounts.get('pids') ?? '', bundle.cgroupsPath, 'inner')));
    await box.ok(['delete', '--force', bundle.id]);
    expect(cgroupsOf(bundle.id)).toEqual([]);
    expect(processesOf(box.token)).toEqual([]);
  });

  test("a cgroup mount shows the container's own cgroup, read-only where it says so", async ({ box }) => {
    const mount = {
      destination: '/sys/fs/cgroup',
      type: 'cgroup',
      source: 'cgroup',
      options: ['nosuid', 'noexec', 'nodev', 'relatime', 'ro'],
    };
    const script = 'cat /sys/fs/cgroup/pids/pids.max; mkdir /sys/fs/cgroup/pids/x 2>/dev/null || echo ro; ls -d /sys/fs/cgroup/memory';
    expect((await box.run(script, { '/mounts/-': mount, ...resources({ pids: { limit: 42 } }) })).stdout).toBe(
      '42\nro\n/sys/fs/cgroup/memory\n',
    );
  });
});
