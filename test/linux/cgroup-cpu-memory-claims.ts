/** Limits of CPU and memory. */
import assert from 'node:assert/strict';
import * as cgroup from '../../src/backends/linux/cgroup/cgroup.ts';
import { type Claim, content, enter, failure, limited, make, MIB, until, v2 } from './cgroup-kit.ts';

export const cpuMemoryClaims: readonly Claim[] = [
  {
    name: 'memory limit, swap and reservation are in force',
    run() {
      const record = limited('memory', { memory: { limit: 64 * MIB, swap: 96 * MIB, reservation: 32 * MIB } });
      assert.equal(content(record, 'memory', 'memory.limit_in_bytes', 'memory.max'), String(64 * MIB));
      assert.equal(content(record, 'memory', 'memory.memsw.limit_in_bytes', 'memory.swap.max'), String((v2 ? 32 : 96) * MIB));
      assert.equal(content(record, 'memory', 'memory.soft_limit_in_bytes', 'memory.low'), String(32 * MIB));
    },
  },
  {
    name: 'memory and swap can be raised and lowered together in one update, and lifted with -1',
    run() {
      const record = limited('memory-update', { memory: { limit: 64 * MIB, swap: 64 * MIB } });
      for (const factor of [4, 1, 8, 2]) {
        cgroup.updateResources(record, { memory: { limit: 64 * factor * MIB, swap: 128 * factor * MIB } });
        assert.equal(content(record, 'memory', 'memory.limit_in_bytes', 'memory.max'), String(64 * factor * MIB));
        assert.equal(content(record, 'memory', 'memory.memsw.limit_in_bytes', 'memory.swap.max'), String((v2 ? 64 : 128) * factor * MIB));
      }
      cgroup.updateResources(record, { memory: { limit: -1 } });
      assert.equal(content(record, 'memory', 'memory.limit_in_bytes', 'memory.max'), v2 ? 'max' : '9223372036854771712');
      assert.equal(content(record, 'memory', 'memory.memsw.limit_in_bytes', 'memory.swap.max'), v2 ? 'max' : '9223372036854771712');
    },
  },
  {
    name: 'a memory limit below the usage is refused under checkBeforeUpdate, with usage and limit in the message',
    async run() {
      const record = limited('memory-check', { memory: { limit: 64 * MIB } });
      await enter(record, 'x=$(head -c 4000000 /dev/zero | tr "\\\\0" x); sleep 1000 & wait');
      await until(() => Number(content(record, 'memory', 'memory.usage_in_bytes', 'memory.current')) > 1000);
      const error = failure(() => cgroup.updateResources(record, { memory: { limit: 1000, checkBeforeUpdate: true } }));
      assert.match(error.message, /^rejecting memory limit 1000 <= usage \d+$/);
      assert.equal(error.pointer, '/linux/resources/memory/limit');
    },
  },
  {
    name: 'a memory limit that the kernel refuses is told with current and peak usage',
    on: 'v1',
    async run() {
      const record = limited('memory-busy', { memory: { limit: 64 * MIB } });
      await enter(record, 'x=$(head -c 1000000 /dev/zero | tr "\\0" x); while :; do sleep 1; done');
      await until(() => Number(content(record, 'memory', 'memory.usage_in_bytes', '')) > 1_000_000);
      await cgroup.freezeCgroup(record);
      const error = failure(() => cgroup.updateResources(record, { memory: { limit: 1 } }));
      assert.match(error.message, /^unable to set memory limit to 1 \(current usage: \d+, peak usage: \d+\)$/);
    },
  },
  {
    name: 'swap below the memory limit is refused and names its entry',
    run() {
      const record = make('swap');
      const error = failure(() => cgroup.applyResources(record, { memory: { limit: 64 * MIB, swap: 32 * MIB } }, { first: true }));
      assert.equal(error.code, 'CONFIG_INVALID');
      assert.match(error.pointer ?? '', /^\/linux\/resources\/memory\/(swap|limit)$/);
    },
  },
  {
    name: 'v1-only memory properties are errors on v2, not ignored',
    on: 'v2',
    run() {
      const record = make('v1-only');
      for (const memory of [{ disableOOMKiller: true }, { swappiness: 10 }, { kernelTCP: MIB }]) {
        const error = failure(() => cgroup.applyResources(record, { memory }, { first: true }));
        assert.equal(error.code, 'CONFIG_UNSUPPORTED');
        assert.equal(error.pointer, `/linux/resources/memory/${Object.keys(memory)[0]}`);
      }
      assert.equal(
        failure(() => cgroup.updateResources(record, { cpu: { realtimeRuntime: 5 } })).pointer,
        '/linux/resources/cpu/realtimeRuntime',
      );
    },
  },
  {
    name: 'swappiness and disableOOMKiller are applied',
    on: 'v1',
    run() {
      const record = limited('v1-memory', { memory: { limit: 64 * MIB, swappiness: 7, disableOOMKiller: true } });
      assert.equal(content(record, 'memory', 'memory.swappiness', ''), '7');
      assert.match(content(record, 'memory', 'memory.oom_control', ''), /oom_kill_disable 1/);
    },
  },
  {
    name: 'CPU shares, quota, period, burst and CPUs are in force; a quota or period alone keeps the other',
    run() {
      const record = limited('cpu', { cpu: { shares: 512, quota: 50_000, period: 200_000, burst: 10_000, cpus: '0', mems: '0' } });
      assert.equal(content(record, 'cpu', 'cpu.shares', 'cpu.weight'), v2 ? '59' : '512');
      const bandwidth = (): string =>
        v2
          ? content(record, 'cpu', '', 'cpu.max')
          : `${content(record, 'cpu', 'cpu.cfs_quota_us', '')} ${content(record, 'cpu', 'cpu.cfs_period_us', '')}`;
      assert.equal(bandwidth(), '50000 200000');
      assert.equal(content(record, 'cpu', 'cpu.cfs_burst_us', 'cpu.max.burst'), '10000');
      assert.equal(content(record, 'cpuset', 'cpuset.cpus', 'cpuset.cpus'), '0');
      cgroup.updateResources(record, { cpu: { quota: 30_000 } });
      assert.equal(bandwidth(), '30000 200000');
      cgroup.updateResources(record, { cpu: { period: 100_000 } });
      assert.equal(bandwidth(), '30000 100000');
      cgroup.updateResources(record, { cpu: { quota: 5000, burst: 2000 } });
      assert.equal(bandwidth(), '5000 100000');
      cgroup.updateResources(record, { cpu: { quota: -1, burst: 0 } });
      assert.equal(bandwidth(), v2 ? 'max 100000' : '-1 100000');
    },
  },
  {
    name: 'a burst above the quota is refused and names its entry',
    run() {
      const record = make('burst');
      const error = failure(() => cgroup.applyResources(record, { cpu: { quota: 10_000, burst: 20_000 } }, { first: true }));
      assert.match(error.pointer ?? '', /^\/linux\/resources\/cpu\/(burst|quota)$/);
      assert.match(error.message, /invalid argument/);
    },
  },
  {
    name: 'CPU idle can be set and taken back together with shares',
    run() {
      const record = limited('idle', { cpu: { idle: 1 } });
      assert.equal(content(record, 'cpu', 'cpu.idle', 'cpu.idle'), '1');
      cgroup.updateResources(record, { cpu: { idle: 0, shares: 2048 } });
      assert.equal(content(record, 'cpu', 'cpu.idle', 'cpu.idle'), '0');
      assert.equal(content(record, 'cpu', 'cpu.shares', 'cpu.weight'), v2 ? '174' : '2048');
    },
  },
  {
    name: 'a CPU that the host has not is refused',
    run() {
      const record = make('cpus');
      assert.equal(failure(() => cgroup.updateResources(record, { cpu: { cpus: '4000' } })).pointer, '/linux/resources/cpu/cpus');
    },
  },
  {
    name: 'an update with zeros changes nothing',
    run() {
      const record = limited('zeros', {
        memory: { limit: 64 * MIB, swap: 64 * MIB },
        cpu: { shares: 512, quota: 50_000 },
        pids: { limit: 30 },
        blockIO: { weight: 300 },
      });
      const look = (): string[] => [
        content(record, 'memory', 'memory.limit_in_bytes', 'memory.max'),
        content(record, 'memory', 'memory.memsw.limit_in_bytes', 'memory.swap.max'),
        content(record, 'cpu', 'cpu.shares', 'cpu.weight'),
        content(record, 'cpu', 'cpu.cfs_quota_us', 'cpu.max'),
        content(record, 'pids', 'pids.max', 'pids.max'),
      ];
      const before = look();
      cgroup.updateResources(record, {
        memory: { limit: 0, swap: 0, reservation: 0, kernel: 0, kernelTCP: 0 },
        cpu: { shares: 0, quota: 0, period: 0, realtimePeriod: 0, realtimeRuntime: 0, cpus: '', mems: '' },
        pids: { limit: 0 },
        blockIO: { weight: 0 },
      });
      assert.deepEqual(look(), before);
    },
  },
];
