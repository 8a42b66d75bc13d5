/** Limits of everything but CPU and memory. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import * as cgroup from '../../src/backends/linux/cgroup/cgroup.ts';
import { findPlace } from '../../src/backends/linux/cgroup/place.ts';
import { type Claim, content, failure, limited, make, MIB, v2 } from './cgroup-kit.ts';

export const otherClaims: readonly Claim[] = [
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
];
