/**
 * What src/backends/linux/cgroup does on a real kernel, on v1, hybrid and v2 alike. Free of a test runner: vitest runs the
 * claims on this host (cgroup.test.ts), a compiled program runs them in the cgroup v2 guest (test/vm).
 */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmdirSync, statSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import * as cgroup from '../../src/backends/linux/cgroup/cgroup.ts';
import { cgroupStats } from '../../src/backends/linux/cgroup/stats.ts';
import { cgroupsBelow } from '../../src/backends/linux/cgroup/processes.ts';
import { findPlace } from '../../src/backends/linux/cgroup/place.ts';
import { gatherHostFacts } from '../../src/backends/linux/host.ts';
import { isAlive } from '../../src/backends/linux/proc.ts';
import { TsrunError } from '../../src/core/errors.ts';
import type { LinuxResources, Spec } from '../../src/oci/spec.ts';
import type { CgroupRecord } from '../../src/plan/facts.ts';

const MIB = 2 ** 20;
export const facts = gatherHostFacts();
const v2 = facts.cgroup.mode === 'v2';
const top = `/tsrun-test-${process.pid}`;
const made: CgroupRecord[] = [];
const children: ChildProcess[] = [];

export interface Claim {
  readonly name: string;
  /** Absent: on every kind of host. */
  readonly on?: 'v1' | 'v2';
  /** May give the reason for which this host cannot show it. */
  readonly run: () => void | string | undefined | Promise<void>;
}

function spec(name: string, linux: Spec['linux'] = {}): Spec {
  return { ociVersion: '1.0.0', linux: { ...linux, cgroupsPath: `${top}/${name}` } };
}

function resolve(config: Spec): CgroupRecord {
  return cgroup.resolveCgroup(config, 'id', facts, { cgroupManager: 'cgroupfs', rootless: 'auto' });
}

function make(name: string, linux: Spec['linux'] = {}): CgroupRecord {
  const config = spec(name, linux);
  const record = resolve(config);
  made.push(record);
  cgroup.createCgroup(record, config, facts);
  return record;
}

function limited(name: string, resources: LinuxResources): CgroupRecord {
  const record = make(name);
  cgroup.applyResources(record, resources, { first: true });
  return record;
}

/** A process in every hierarchy of the cgroup. */
async function enter(record: CgroupRecord, script = 'exec sleep 1000', below = ''): Promise<number> {
  const child = spawn('/bin/sh', ['-c', `read go; echo in; ${script}`], { stdio: ['pipe', 'pipe', 'ignore'] });
  children.push(child);
  const pid = child.pid ?? assert.fail('no process');
  for (const dir of Object.values(record.dirs)) writeFileSync(`${dir}${below}/cgroup.procs`, String(pid));
  const entered = once(child.stdout, 'data');
  child.stdin.end('go\n');
  await entered;
  return pid;
}

async function until(what: () => boolean): Promise<void> {
  for (const end = Date.now() + 5000; !what(); await sleep(5)) if (Date.now() > end) assert.fail(`never: ${String(what)}`);
}

function content(record: CgroupRecord, controller: string, v1File: string, v2File: string): string {
  const place = findPlace(record, controller) ?? assert.fail(`no ${controller} controller`);
  return readFileSync(`${place.dir}/${place.version === 1 ? v1File : v2File}`, 'utf8').trim();
}

function failure(act: () => void): TsrunError {
  try {
    act();
  } catch (error) {
    if (error instanceof TsrunError) return error;
    throw error;
  }
  return assert.fail('should have failed');
}

/** Undoes all claims: to be called once at the end, whatever failed. */
export async function cleanUp(): Promise<void> {
  for (const child of children) child.kill('SIGKILL');
  for (const record of made.toReversed()) {
    await cgroup.killCgroup(record, 9);
    await cgroup.removeCgroup({ ...record, existing: [] });
  }
  const dirs = made.flatMap(({ dirs: each }) => Object.values(each)).map((dir) => dir.slice(0, dir.indexOf(top) + top.length));
  for (const dir of new Set(dirs)) for (const each of [...cgroupsBelow(dir).toReversed(), dir]) if (existsSync(each)) rmdirSync(each);
}

export const claims: readonly Claim[] = [
  {
    name: 'create makes the directory in every hierarchy and remove takes it away again',
    async run() {
      const record = make('plain');
      const dirs = Object.values(record.dirs);
      assert.ok(dirs.length > 0 && dirs.every((dir) => existsSync(dir)));
      await cgroup.removeCgroup(record);
      assert.ok(dirs.every((dir) => !existsSync(dir)));
      await cgroup.removeCgroup(record);
    },
  },
  {
    name: 'the same cgroupsPath is the same place each time',
    run: () => assert.deepEqual(resolve(spec('same')), resolve(spec('same'))),
  },
  {
    name: 'a process can enter at once: a new cpuset has its parent’s CPUs and memory nodes',
    async run() {
      const record = make('deep/er/cpuset');
      const pid = await enter(record);
      assert.deepEqual(cgroup.cgroupProcesses(record), [pid]);
      assert.equal(cgroup.isCgroupEmpty(record), false);
    },
  },
  {
    name: 'create in a cgroup with processes fails with their number',
    async run() {
      await enter(make('busy'));
      const error = failure(() => make('busy'));
      assert.equal(error.message, "container's cgroup is not empty: 1 process(es) found");
      assert.equal(error.pointer, '/linux/cgroupsPath');
    },
  },
  {
    name: 'create in a frozen cgroup fails',
    async run() {
      const record = make('cold');
      await cgroup.freezeCgroup(record);
      assert.equal(failure(() => make('cold')).message, "container's cgroup unexpectedly frozen");
      await cgroup.thawCgroup(record);
    },
  },
  {
    name: 'remove leaves alone a cgroup that was there before create',
    async run() {
      make('mine');
      const second = make('mine');
      await cgroup.removeCgroup(second);
      assert.ok(Object.values(second.dirs).every((dir) => existsSync(dir)));
    },
  },
  {
    name: 'remove takes away cgroups that the container made below its own',
    async run() {
      const record = make('nested');
      for (const dir of Object.values(record.dirs)) mkdirSync(`${dir}/sub/sub`, { recursive: true });
      await cgroup.removeCgroup(record);
      assert.ok(Object.values(record.dirs).every((dir) => !existsSync(dir)));
    },
  },
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
  {
    name: 'pids limit: exact after create, room for create itself before, -1 lifts it, 0 is a limit',
    run() {
      const record = limited('pids', { pids: { limit: 0 } });
      const max = (): string => content(record, 'pids', 'pids.max', 'pids.max');
      assert.equal(max(), '16');
      cgroup.applyPidsLimit(record, { pids: { limit: 0 } });
      assert.equal(max(), '0');
      cgroup.updateResources(record, { pids: { limit: 40 } });
      assert.equal(max(), '40');
      cgroup.updateResources(record, { pids: { limit: -1 } });
      assert.equal(max(), 'max');
    },
  },
  {
    name: 'an I/O weight of the config is the weight of whichever file the kernel has',
    run() {
      const record = limited('weight', { blockIO: { weight: 300 } });
      const place = findPlace(record, v2 ? 'io' : 'blkio') ?? assert.fail();
      const seen = ['io.bfq.weight', 'io.weight', 'blkio.bfq.weight', 'blkio.weight'].flatMap((file) =>
        existsSync(`${place.dir}/${file}`) ? [readFileSync(`${place.dir}/${file}`, 'utf8').trim()] : [],
      );
      assert.ok(seen.length > 0 && seen.every((value) => ['300', 'default 300', 'default 2930'].includes(value)), seen.join(' '));
    },
  },
  {
    name: 'throttling of a device is in force and rate 0 lifts it',
    run() {
      const device = /^ *(\d+) +(\d+) +\d+ +[a-z]+\d?$/m.exec(readFileSync('/proc/partitions', 'utf8'));
      if (device === null) return 'needs a block device';
      const [major, minor] = [Number(device[1]), Number(device[2])];
      const record = limited('throttle', {
        blockIO: { throttleReadBpsDevice: [{ major, minor, rate: MIB }], throttleWriteIOPSDevice: [{ major, minor, rate: 77 }] },
      });
      const look = (): string => content(record, v2 ? 'io' : 'blkio', 'blkio.throttle.read_bps_device', 'io.max');
      assert.equal(look(), v2 ? `${major}:${minor} rbps=${MIB} wbps=max riops=max wiops=77` : `${major}:${minor} ${MIB}`);
      cgroup.updateResources(record, {
        blockIO: { throttleReadBpsDevice: [{ major, minor, rate: 0 }], throttleWriteIOPSDevice: [{ major, minor, rate: 0 }] },
      });
      assert.equal(look(), '');
      return undefined;
    },
  },
  {
    name: 'throttling a device that does not exist is an error with its index',
    run() {
      const record = make('no-device');
      const error = failure(() =>
        cgroup.updateResources(record, { blockIO: { throttleReadBpsDevice: [{ major: 250, minor: 99, rate: 1 }] } }),
      );
      assert.equal(error.pointer, '/linux/resources/blockIO/throttleReadBpsDevice/0');
      assert.match(error.message, /no such device/);
    },
  },
  {
    name: 'huge page limits are in force, for reservations too; an unknown size is an error',
    run() {
      const record = limited('huge', { hugepageLimits: [{ pageSize: '2MB', limit: 4 * MIB }] });
      assert.equal(content(record, 'hugetlb', 'hugetlb.2MB.limit_in_bytes', 'hugetlb.2MB.max'), String(4 * MIB));
      assert.equal(content(record, 'hugetlb', 'hugetlb.2MB.rsvd.limit_in_bytes', 'hugetlb.2MB.rsvd.max'), String(4 * MIB));
      const error = failure(() => cgroup.updateResources(record, { hugepageLimits: [{ pageSize: '3MB', limit: 1 }] }));
      assert.equal(error.pointer, '/linux/resources/hugepageLimits/0/pageSize');
    },
  },
  {
    name: 'a controller that is not there is an error, not a limit that is silently not set',
    run() {
      const record = make('absent');
      const error = failure(() => cgroup.updateResources(record, { network: { classID: 1 } }));
      assert.equal(error.code, 'CONFIG_UNSUPPORTED');
      assert.equal(error.pointer, '/linux/resources/network/classID');
      const none = failure(() => cgroup.updateResources({ ...record, dirs: {} }, { memory: { limit: MIB } }));
      assert.equal(none.message, 'cannot set memory limit: container could not join or create cgroup');
    },
  },
  {
    name: 'unified writes files as they are, unknown ones of an enabled controller too (which then fail)',
    on: 'v2',
    run() {
      const record = limited('unified', { unified: { 'memory.high': String(32 * MIB), 'cpu.weight': '77', 'pids.max': '9' } });
      assert.equal(content(record, 'memory', '', 'memory.high'), String(32 * MIB));
      assert.equal(content(record, 'cpu', '', 'cpu.weight'), '77');
      const unknown = failure(() => cgroup.updateResources(record, { unified: { 'memory.nonsense': '1' } }));
      assert.equal(unknown.pointer, '/linux/resources/unified/memory.nonsense');
      const missing = failure(() => cgroup.updateResources(record, { unified: { 'nosuch.max': '1' } }));
      assert.match(missing.message, /controller "nosuch" not available/);
    },
  },
  {
    name: 'unified is an error on a host that does not use v2',
    on: 'v1',
    run: () =>
      assert.equal(
        failure(() => cgroup.updateResources(make('unified'), { unified: { 'memory.max': '1' } })).pointer,
        '/linux/resources/unified/memory.max',
      ),
  },
  {
    name: 'device rules: deny all, then single devices',
    on: 'v1',
    run() {
      const record = limited('devices', {
        devices: [
          { allow: false, access: 'rwm' },
          { allow: true, type: 'c', major: 10, minor: 229, access: 'rw' },
        ],
      });
      const list = content(record, 'devices', 'devices.list', '').split('\n');
      assert.ok(list.includes('c 10:229 rw') && list.includes('c 1:3 rwm') && !list.includes('a *:* rwm'), list.join(';'));
      const before = list.join();
      cgroup.updateResources(record, { devices: [{ allow: true, access: 'rwm' }] });
      assert.equal(content(record, 'devices', 'devices.list', '').split('\n').join(), before);
    },
  },
  {
    name: 'a device rule that v1 cannot express is an error with its index',
    on: 'v1',
    run() {
      const record = make('devices-order');
      const rules = [{ allow: false }, { allow: true, type: 'c', major: 10 }, { allow: false, type: 'c', major: 10, minor: 200 }] as const;
      assert.equal(failure(() => cgroup.applyResources(record, { devices: rules }, { first: true })).pointer, '/linux/resources/devices/2');
    },
  },
  {
    name: 'freeze stops a busy process that keeps forking, thaw lets it go on',
    async run() {
      const record = make('freeze');
      const pid = await enter(record, 'while :; do /bin/true; done');
      await cgroup.freezeCgroup(record);
      assert.equal(cgroup.isCgroupFrozen(record), true);
      const ticks = (): number =>
        cgroup
          .cgroupProcesses(record)
          .reduce((sum, each) => sum + Number(readFileSync(`/proc/${each}/stat`, 'latin1').split(') ')[1]?.split(' ')[11]), 0);
      const [before, processes] = [ticks(), cgroup.cgroupProcesses(record).join()];
      await sleep(100);
      assert.deepEqual([ticks(), cgroup.cgroupProcesses(record).join()], [before, processes]);
      await cgroup.thawCgroup(record);
      assert.equal(cgroup.isCgroupFrozen(record), false);
      await cgroup.killCgroup(record, 9);
      await until(() => !isAlive(pid));
    },
  },
  {
    name: 'freeze without a cgroup is an error',
    run: async () =>
      assert.rejects(cgroup.freezeCgroup({ manager: 'disabled', mode: facts.cgroup.mode, path: '', dirs: {} }), /unable to freeze/),
  },
  {
    name: 'processes in cgroups below are listed, and killed, too',
    async run() {
      const record = make('below');
      for (const dir of Object.values(record.dirs)) mkdirSync(`${dir}/sub`);
      for (const [key, dir] of Object.entries(record.dirs)) {
        if (!key.split(',').includes('cpuset')) continue;
        for (const file of ['cpuset.cpus', 'cpuset.mems']) writeFileSync(`${dir}/sub/${file}`, readFileSync(`${dir}/${file}`));
      }
      const pid = await enter(record, 'exec sleep 1000', '/sub');
      assert.deepEqual(cgroup.cgroupProcesses(record), [pid]);
      await cgroup.killCgroup(record, 9);
      await until(() => !isAlive(pid));
      await cgroup.removeCgroup(record);
    },
  },
  {
    name: 'kill reaches every process of a fork storm',
    async run() {
      const record = limited('storm', { pids: { limit: 200 } });
      await enter(record, 'f() { while :; do sleep 0.01 & (sleep 100 & sleep 0.01) & wait $!; done; }; f & f & f & f');
      await sleep(200);
      assert.ok(cgroup.cgroupProcesses(record).length > 2);
      await cgroup.killCgroup(record, 9);
      await until(() => cgroup.cgroupProcesses(record).every((pid) => !isAlive(pid)));
      await cgroup.removeCgroup(record);
    },
  },
  {
    name: 'killing a frozen container ends it, another signal leaves it frozen',
    async run() {
      const record = make('kill-frozen');
      const pid = await enter(record, "trap '' USR1; while :; do sleep 0.05; done");
      await cgroup.freezeCgroup(record);
      await cgroup.killCgroup(record, 10);
      assert.equal(cgroup.isCgroupFrozen(record), true);
      assert.equal(isAlive(pid), true);
      await cgroup.killCgroup(record, 9);
      await until(() => !isAlive(pid));
    },
  },
  {
    name: 'stats show the limits and what is in use',
    async run() {
      const record = limited('stats', { memory: { limit: 64 * MIB }, pids: { limit: 50 }, cpu: { cpus: '0', mems: '0' } });
      await enter(record);
      await until(() => Number(content(record, 'memory', 'memory.usage_in_bytes', 'memory.current')) > 0);
      const stats = JSON.parse(JSON.stringify(cgroupStats(record)));
      assert.deepEqual(stats.pids, { current: 1, limit: 50 });
      assert.equal(stats.memory.usage.limit, 64 * MIB);
      assert.ok(stats.memory.usage.usage > 0 && stats.cpu.usage.total > 0);
      assert.deepEqual([stats.cpuset.cpus, stats.network_interfaces], [[0], null]);
      assert.ok(BigInt(stats.memory.swap.limit) < 2n ** 64n && !JSON.stringify(stats).includes('e+'));
      assert.deepEqual(cgroup.oomDirectory(record)?.version, v2 ? 'v2' : 'v1');
    },
  },
  {
    name: 'the cgroup is handed to the mapped user with a cgroup namespace and a writable cgroup mount, and only then',
    on: 'v2',
    run() {
      const owned = (name: string, options: string[]): string => {
        const config: Spec = {
          ...spec(name, {
            namespaces: [{ type: 'cgroup' }, { type: 'user' }],
            uidMappings: [{ containerID: 0, hostID: 100_000, size: 1000 }],
          }),
          mounts: [{ destination: '/sys/fs/cgroup', type: 'cgroup', source: 'cgroup', options }],
          process: { cwd: '/', user: { uid: 5, gid: 5 } },
        };
        const record = resolve(config);
        made.push(record);
        cgroup.createCgroup(record, config, facts);
        const dir = record.dirs[''] ?? assert.fail();
        return ['', '/cgroup.procs', '/cgroup.subtree_control', '/memory.max'].map((file) => statSync(dir + file).uid).join();
      };
      assert.equal(owned('owned', ['rw']), '100005,100005,100005,0');
      assert.equal(owned('not-owned', ['ro']), '0,0,0,0');
    },
  },
];
