import { describe, expect, it } from 'vitest';
import { resourcesFromFlags, withoutZeros } from './resources.ts';

describe('withoutZeros', () => {
  it('keeps only what containerd really asks for', () => {
    const sent = {
      memory: { limit: 67108864, reservation: 0, swap: 67108864, kernel: 0 },
      cpu: { shares: 0, quota: 50000, period: 100000, cpus: '' },
      pids: { limit: 77 },
      blockIO: { weight: 0 },
    };
    expect(withoutZeros(sent)).toEqual({
      memory: { limit: 67108864, swap: 67108864 },
      cpu: { quota: 50000, period: 100000 },
      pids: { limit: 77 },
    });
  });

  it('keeps zeros that are settings, and unified whole', () => {
    expect(withoutZeros({ memory: { swappiness: 0 }, cpu: { idle: 0 }, unified: { 'pids.max': '0' } })).toEqual({
      memory: { swappiness: 0 },
      cpu: { idle: 0 },
      unified: { 'pids.max': '0' },
    });
  });
});

describe('resourcesFromFlags', () => {
  it('reads sizes with units, and -1 as no limit', () => {
    expect(resourcesFromFlags({ memory: '32M', memorySwap: '-1', pidsLimit: '-1', cpuQuota: '-1' })).toEqual({
      memory: { limit: 33554432, swap: -1 },
      pids: { limit: -1 },
      cpu: { quota: -1 },
    });
  });

  it.each([
    [{ cpuShare: 'x' }, 'invalid value "x" for --cpu-share'],
    [{ cpuShare: '-1' }, 'invalid value "-1" for --cpu-share'],
    [{ memory: '1Z' }, 'invalid value for --memory'],
    [{ l3CacheSchema: 'x' }, 'Intel RDT is not supported'],
  ])('refuses %j', (flags, message) => {
    expect(() => resourcesFromFlags(flags)).toThrow(message);
  });
});
