import { describe, expect, test } from 'vitest';
import { knownDifference } from '../oci/known-differences.ts';
import { parseMountinfo, statusField } from './assert.ts';
import { change, defaultConfig } from './config.ts';

describe('change', () => {
  test('sets, removes, appends and makes parents; the original stays as it was', () => {
    const before = { a: { list: [1, 2] }, b: 'x' };
    expect(change(before, { '/a/list/-': 3, '/a/list/-1': 4, '/b': undefined, '/new/deep': true, '/made/-': 'first' })).toEqual({
      a: { list: [1, 2, 3, 4] },
      new: { deep: true },
      made: ['first'],
    });
    expect(before).toEqual({ a: { list: [1, 2] }, b: 'x' });
  });

  test('removes an element of an array', () => {
    expect(change({ list: [1, 2, 3] }, { '/list/1': undefined })).toEqual({ list: [1, 3] });
  });

  test('a pointer through a scalar is an error', () => {
    expect(() => change({ a: 1 }, { '/a/b': 2 })).toThrow('/a/b');
  });

  test('the defaults are a document of their own for each call', () => {
    expect(defaultConfig('true', '/x')).toEqual(defaultConfig('true', '/x'));
    expect(JSON.stringify(defaultConfig('script', '/place'))).toContain('/place');
  });
});

describe('assertions', () => {
  test('mountinfo: the last mount on a point wins', () => {
    const seen = parseMountinfo('1 0 0:1 / /a ro - tmpfs x rw\n2 1 0:2 /sub /a rw,nosuid shared:4 - ext4 /dev/sda rw,size=1k\n');
    expect(seen.get('/a')).toEqual({
      root: '/sub',
      target: '/a',
      options: ['rw', 'nosuid'],
      propagation: 'shared:4',
      type: 'ext4',
      source: '/dev/sda',
      superOptions: ['rw', 'size=1k'],
    });
  });

  test('a field of /proc/PID/status', () => {
    expect(statusField('Name:\tx\nCapEff:\t00ff\n', 'CapEff')).toBe('00ff');
  });

  test('known differences are found by backend and name', () => {
    expect(knownDifference('runc', 'ioPriority')?.reason).toMatch(/version/);
    expect(knownDifference('linux', 'ioPriority')).toBeUndefined();
  });
});
