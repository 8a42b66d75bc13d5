import { expect, test } from 'vitest';
import { parseBlkio, parseIoStat } from './stats-io.ts';
import { cpuList, flatKeyed, number, sparse } from './stats-parse.ts';

test('no limit is printed as a number that fits 64 bits', () => {
  expect(BigInt(JSON.stringify(number('max')))).toBeLessThan(2n ** 64n);
  expect(BigInt(JSON.stringify(number('18446744073709551615')))).toBeLessThan(2n ** 64n);
  expect(number(undefined)).toBe(0);
});

test('lists of CPUs', () => {
  expect(cpuList('0-2,5')).toEqual([0, 1, 2, 5]);
  expect(cpuList('')).toEqual([]);
  expect(cpuList(undefined)).toEqual([]);
});

test('lines of key and value', () => expect(flatKeyed('a 1\nb 2\n')).toEqual({ a: 1, b: 2 }));

test('zeros are left out', () => expect(sparse({ a: 0, b: 1, c: undefined })).toEqual({ b: 1 }));

test('blkio: the total without a device is left out', () => {
  expect(parseBlkio('8:0 Read 4096\n8:0 Total 0\n8:16 77\nTotal 4096\n')).toEqual([
    { major: 8, op: 'Read', value: 4096 },
    { major: 8, op: 'Total' },
    { major: 8, minor: 16, value: 77 },
  ]);
});

test('io.stat becomes bytes and operations', () => {
  expect(parseIoStat('8:1 rbytes=10 wbytes=20 rios=1 wios=2 dbytes=0 dios=0 cost.usage=9')).toEqual({
    ioServiceBytesRecursive: [
      { major: 8, minor: 1, op: 'Read', value: 10 },
      { major: 8, minor: 1, op: 'Write', value: 20 },
      { major: 8, minor: 1, op: 'Discard' },
    ],
    ioServicedRecursive: [
      { major: 8, minor: 1, op: 'Read', value: 1 },
      { major: 8, minor: 1, op: 'Write', value: 2 },
      { major: 8, minor: 1, op: 'Discard' },
    ],
  });
});
