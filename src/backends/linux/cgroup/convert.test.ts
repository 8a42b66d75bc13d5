import { expect, test } from 'vitest';
import { cpuMax, cpuWeight, ioWeight, pageSizeName, swapMax } from './convert.ts';

test.each([
  [1, 1],
  [2, 1],
  [512, 59],
  [1024, 100],
  [2048, 174],
  [262_144, 10_000],
  [10 ** 9, 10_000],
])('cpu.shares %i is cpu.weight %i', (shares, weight) => expect(cpuWeight(shares)).toBe(weight));

test('cpu.weight grows with the shares and stays in range', () => {
  let last = 0;
  for (let shares = 2; shares <= 262_144; shares += 97) {
    const weight = cpuWeight(shares);
    expect(weight).toBeGreaterThanOrEqual(last);
    last = weight;
  }
  expect(last).toBeLessThanOrEqual(10_000);
});

test.each([
  [10, 1],
  [300, 2930],
  [500, 4950],
  [1000, 10_000],
])('blkio weight %i is io.weight %i', (weight, converted) => expect(ioWeight(weight)).toBe(converted));

test.each([
  [100, 60, 40],
  [60, 60, 0],
  [-1, 60, 'max'],
  [-1, -1, 'max'],
  [undefined, -1, 'max'],
  [0, -1, 'max'],
  [0, 60, undefined],
  [undefined, 60, undefined],
])('memory+swap %s with limit %s is swap %s', (swap, limit, expected) => expect(swapMax(swap, limit)).toBe(expected));

test('swap that cannot be converted is an error', () => {
  expect(swapMax(50, 60)).toEqual({ error: 'memory+swap limit should be >= memory limit' });
  expect(swapMax(50, undefined)).toEqual({ error: 'unable to set swap limit without memory limit' });
  expect(swapMax(50, -1)).toEqual({ error: 'unable to set swap limit without memory limit' });
});

test.each([
  [5000, 10_000, 'max 100000', '5000 10000'],
  [5000, undefined, 'max 200000', '5000 200000'],
  [undefined, 50_000, '7000 100000', '7000 50000'],
  [-1, undefined, '7000 100000', 'max 100000'],
  [undefined, undefined, '', 'max 100000'],
])('quota %s, period %s over "%s" is "%s"', (quota, period, current, expected) => expect(cpuMax(quota, period, current)).toBe(expected));

test.each([
  [2 ** 21, '2MB'],
  [2 ** 30, '1GB'],
  [2 ** 16, '64KB'],
])('page size %i is %s', (bytes, name) => expect(pageSizeName(bytes)).toBe(name));
