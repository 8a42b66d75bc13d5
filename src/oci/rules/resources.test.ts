import { describe, expect, test } from 'vitest';
import { validateConfig, validateResources } from '../validate.ts';
import { config } from './config.fixture.ts';

describe('resources', () => {
  test.each<[string, object, string]>([
    ['swap below the limit', { memory: { limit: 2000, swap: 1000 } }, '/memory/swap'],
    ['swap limited without memory', { memory: { limit: -1, swap: 1000 } }, '/memory/swap'],
    ['a negative limit', { memory: { limit: -2 } }, '/memory/limit'],
    ['swappiness above 100', { memory: { swappiness: 101 } }, '/memory/swappiness'],
    ['burst above the quota', { cpu: { quota: 10_000, burst: 20_000 } }, '/cpu/burst'],
    ['a tiny period', { cpu: { period: 10 } }, '/cpu/period'],
    ['a tiny quota', { cpu: { quota: 10 } }, '/cpu/quota'],
    ['idle of 2', { cpu: { idle: 2 } }, '/cpu/idle'],
    ['pids below -1', { pids: { limit: -5 } }, '/pids/limit'],
    ['a weight of 5', { blockIO: { weight: 5 } }, '/blockIO/weight'],
    ['a weight device without weight', { blockIO: { weightDevice: [{ major: 8, minor: 0 }] } }, '/blockIO/weightDevice/0'],
    ['a throttle without rate', { blockIO: { throttleReadBpsDevice: [{ major: 8, minor: 0 }] } }, '/blockIO/throttleReadBpsDevice/0/rate'],
    ['rdma without limits', { rdma: { mlx5: {} } }, '/rdma/mlx5'],
    ['a page size in bytes', { hugepageLimits: [{ pageSize: '2097152', limit: 1 }] }, '/hugepageLimits/0/pageSize'],
    ['a page size twice', { hugepageLimits: [1, 2].map((limit) => ({ pageSize: '2MB', limit })) }, '/hugepageLimits/1/pageSize'],
    ['a unified key with a slash', { unified: { '../memory.max': '1' } }, '/unified/..~1memory.max'],
    ['a device access of x', { devices: [{ allow: true, access: 'x' }] }, '/devices/0/access'],
  ])('%s is refused in config.json and in `update --resources`', (_name, resources, pointer) => {
    expect(validateConfig(config({ linux: { resources } })).errors.map((problem) => problem.pointer)).toEqual([
      `/linux/resources${pointer}`,
    ]);
    expect(validateResources(resources).errors.map((problem) => problem.pointer)).toEqual([pointer]);
  });
  test('zeros and -1 are legal: leave alone, no limit', () => {
    const resources = {
      memory: { limit: 0, swap: -1 },
      cpu: { quota: -1, period: 0, burst: 0 },
      pids: { limit: 0 },
      blockIO: { weight: 0 },
    };
    expect(validateResources(resources)).toEqual({ value: resources, errors: [], warnings: [] });
  });
});
