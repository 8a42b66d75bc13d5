import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CAPABILITIES, capabilityMask, capabilityNames, capabilityNumber } from './capabilities.ts';
import { parseCpuList } from './cpu-list.ts';
import { nearest } from './did-you-mean.ts';
import { toInt64, toUint64 } from './int64.ts';
import { hasNewNamespace, NAMESPACES, namespaceOf } from './namespaces.ts';
import { rlimitNumber } from './rlimits.ts';
import { buildState, splitStateText } from './state.ts';
import { parseSysctlName } from './sysctl.ts';

/** A macro's value in the kernel's own header of this machine. */
function macro(header: string, name: string): number {
  const text = readFileSync(header, 'utf8');
  return Number(new RegExp(`#\\s*define\\s+${name}\\s+(\\w+)`).exec(text)?.[1]);
}

describe('capabilities', () => {
  test('have the kernel’s numbers', () => {
    for (const name of CAPABILITIES) expect(capabilityNumber(name)).toBe(macro('/usr/include/linux/capability.h', name));
    expect(capabilityNumber('CAP_CHECKPOINT_RESTORE')).toBe(40);
    expect(capabilityNumber('cap_kill')).toBeUndefined();
  });
  test('bit sets and names turn into each other', () => {
    fc.assert(
      fc.property(fc.subarray([...CAPABILITIES]), (names) => {
        const { mask, unknown } = capabilityMask(names);
        expect(unknown).toEqual([]);
        expect(capabilityNames(mask)).toEqual(names);
      }),
    );
    expect(capabilityMask(['CAP_X', 'CAP_CHOWN'])).toEqual({ mask: 1n, unknown: ['CAP_X'] });
  });
});

test('rlimits have the kernel’s numbers', () => {
  expect(rlimitNumber('RLIMIT_NOFILE')).toBe(macro('/usr/include/asm-generic/resource.h', 'RLIMIT_NOFILE'));
  expect(rlimitNumber('RLIMIT_RTTIME')).toBe(15);
  expect(rlimitNumber('toString')).toBeUndefined();
});

test('namespaces have the kernel’s flags', () => {
  const clone = {
    mount: 'CLONE_NEWNS',
    network: 'CLONE_NEWNET',
    cgroup: 'CLONE_NEWCGROUP',
    time: 'CLONE_NEWTIME',
    user: 'CLONE_NEWUSER',
  } as const;
  for (const type of ['mount', 'network', 'cgroup', 'time', 'user'] as const) {
    expect(NAMESPACES[type].flag).toBe(macro('/usr/include/linux/sched.h', clone[type]));
  }
  const spec = { ociVersion: '1.0.0', linux: { namespaces: [{ type: 'pid' }, { type: 'network', path: '/run/netns/a' }] } } as const;
  expect(hasNewNamespace(spec, 'pid')).toBe(true);
  expect(hasNewNamespace(spec, 'network')).toBe(false);
  expect(namespaceOf(spec, 'network')?.path).toBe('/run/netns/a');
  expect(namespaceOf(spec, 'uts')).toBeUndefined();
});

test('64-bit values come back as the kernel wants them', () => {
  expect(toUint64(Number('18446744073709551615'))).toBe(0xffff_ffff_ffff_ffffn);
  expect(toInt64(Number('9223372036854775807'))).toBe(0x7fff_ffff_ffff_ffffn);
  expect(toInt64(-9223372036854775808)).toBe(-0x8000_0000_0000_0000n);
  expect(toInt64(9223372036854771712)).toBe(9223372036854771712n);
  expect(toInt64(-1)).toBe(-1n);
  expect(() => toUint64(-1)).toThrow(RangeError);
});

describe('parseCpuList', () => {
  test('reads any list of ranges', () => {
    expect(parseCpuList('0-3,7, 9 - 10')).toEqual({ value: [0, 1, 2, 3, 7, 9, 10] });
    expect(parseCpuList('3,1,1-2')).toEqual({ value: [1, 2, 3] });
    expect(parseCpuList('')).toEqual({ value: [] });
  });
  test.each([',', '1,', '3-1', '-1', '1-', 'a', '1 2', '999999', '0-3:2/1', '0-99999'])('%j is refused', (text) => {
    expect(parseCpuList(text)).toHaveProperty('error');
  });
});

describe('parseSysctlName', () => {
  test.each([
    ['net.ipv4.ip_forward', 'net/ipv4/ip_forward'],
    ['net/ipv4/ip_forward', 'net/ipv4/ip_forward'],
    ['net.ipv4.conf.eth0/1.forwarding', 'net/ipv4/conf/eth0.1/forwarding'],
    ['net/ipv4/conf/eth0.1/forwarding', 'net/ipv4/conf/eth0.1/forwarding'],
  ])('%s is %s', (name, value) => {
    expect(parseSysctlName(name)).toEqual({ value });
  });
  test.each([
    '',
    'kernel',
    '.net.x',
    'net..x',
    'net.',
    '/net/x',
    'net/../kernel/core_pattern',
    'net.//.x',
    'net/./x',
    'net/x/..',
    'net/x\n',
    'net/x y',
    'net/\0',
  ])('%j is refused', (name) => {
    expect(parseSysctlName(name)).toHaveProperty('error');
  });
  test('no accepted name leaves its first directory', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('.', '/', 'a', 'net', '-'), maxLength: 12 }), (name) => {
        const parsed = parseSysctlName(name);
        if ('value' in parsed) expect(new URL(parsed.value, 'file:///').pathname).toBe(`/${parsed.value}`);
      }),
      { numRuns: 2000 },
    );
  });
});

test('nearest finds slips and leaves other words alone', () => {
  expect(nearest('rootPropagation', ['rootfsPropagation', 'resources'])).toBe('rootfsPropagation');
  expect(nearest('Args', ['args', 'env'])).toBe('args');
  expect(nearest('x', ['cpu', 'pids'])).toBeUndefined();
  expect(nearest('vendorExtension', ['devices', 'mounts'])).toBeUndefined();
});

describe('state', () => {
  const fields = { ociVersion: '1.0.2', id: 'a', status: 'created', bundle: '/b "q"', annotations: { k: 'v' } } as const;
  test('has the pid only while there is a process', () => {
    expect(buildState({ ...fields, pid: 7 })).toEqual({ ...fields, pid: 7 });
    expect(buildState({ ociVersion: '1.0.2', id: 'a', status: 'stopped', pid: 0, bundle: '/b' })).toEqual({
      ociVersion: '1.0.2',
      id: 'a',
      status: 'stopped',
      bundle: '/b',
    });
  });
  test('the split text with a pid between is the same document', () => {
    const [before, after] = splitStateText(fields);
    expect(JSON.parse(`${before}42${after}`)).toEqual(buildState({ ...fields, pid: 42 }));
    const [head, tail] = splitStateText({ ociVersion: '1.0.2', id: 'a', status: 'creating', bundle: '/b' });
    expect(JSON.parse(`${head}1${tail}`)).toEqual({ ociVersion: '1.0.2', id: 'a', status: 'creating', pid: 1, bundle: '/b' });
  });
});
