/** Where cgroups are, how they come and go, pause and kill. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, rmdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as cgroup from '../../src/backends/linux/cgroup/cgroup.ts';
import { findV1 } from '../../src/backends/linux/cgroup/place.ts';
import { cgroupStats } from '../../src/backends/linux/cgroup/stats.ts';
import { isAlive } from '../../src/backends/linux/proc.ts';
import type { Spec } from '../../src/oci/spec.ts';
import {
  type Claim,
  content,
  enter,
  facts,
  failure,
  limited,
  made,
  make,
  makeDefault,
  MIB,
  resolve,
  spec,
  until,
  v2,
} from './cgroup-kit.ts';

export const lifeClaims: readonly Claim[] = [
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
    name: 'the default place is the container’s own in every hierarchy: nothing is left, and a /tsrun of somebody else stays',
    async run() {
      const record = makeDefault('one');
      const dirs = Object.values(record.dirs);
      const theirs = dirs.map((dir) => `${dirname(dir)}/tsrun`);
      for (const dir of theirs) mkdirSync(dir, { recursive: true });
      assert.ok(isAlive(await enter(makeDefault('two'))));
      await cgroup.removeCgroup(record);
      const [ownLeft, theirsLeft] = [dirs.filter(existsSync), theirs.filter(existsSync)];
      for (const dir of theirs) rmdirSync(dir);
      assert.deepEqual([ownLeft, theirsLeft], [[], theirs]);
    },
  },
  {
    name: 'a parent that a cgroupsPath names stays',
    async run() {
      const record = make('named/child');
      await cgroup.removeCgroup(record);
      assert.ok(Object.values(record.dirs).every((dir) => existsSync(dirname(dir))));
    },
  },
  {
    name: 'a cpuset whose parent another create has made but not filled yet takes a process',
    on: 'v1',
    async run() {
      const dir = findV1(resolve(spec('empty/x')), 'cpuset');
      if (dir === undefined) return 'no v1 cpuset here';
      mkdirSync(dirname(dir), { recursive: true });
      assert.equal(readFileSync(`${dirname(dir)}/cpuset.cpus`, 'utf8').trim(), '');
      assert.ok(isAlive(await enter(make('empty/x'))));
      return undefined;
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
    name: 'of two creates at one path the second fails, and leaves the first one’s cgroup alone',
    run() {
      const config = spec('race');
      const [first, second] = [resolve(config), resolve(config)];
      made.push(first);
      cgroup.createCgroup(first, config, facts);
      assert.equal(failure(() => cgroup.createCgroup(second, config, facts)).code, 'STATE_CONFLICT');
      assert.ok(Object.values(first.dirs).every((dir) => existsSync(dir)));
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
