import { describe, expect, test } from 'vitest';
import type { CgroupFacts, CgroupRecord, HostFacts } from '../../../plan/facts.ts';
import { resolveCgroup } from './resolve.ts';

// Mount points that do not exist: nothing there can be in use, and nothing is made.
const v1: CgroupFacts = {
  mode: 'v1',
  v1: [
    { controllers: ['cpu', 'cpuacct'], mountpoint: '/nowhere/cpu', root: '/', own: '/user' },
    { controllers: ['memory'], mountpoint: '/nowhere/memory', root: '/docker/x', own: '/docker/x/y' },
  ],
};
const v2: CgroupFacts = { mode: 'v2', v1: [], v2: { mountpoint: '/nowhere', root: '/', own: '/a/scope', controllers: [] } };

function resolve(
  cgroup: CgroupFacts,
  cgroupsPath: string | undefined,
  manager: 'cgroupfs' | 'systemd' | 'disabled' = 'cgroupfs',
): CgroupRecord {
  const facts = { cgroup, euid: 0, inUserNamespace: false } as HostFacts;
  const config = { ociVersion: '1.0.0', linux: cgroupsPath === undefined ? {} : { cgroupsPath } };
  return resolveCgroup(config, 'ID', facts, { cgroupManager: manager, rootless: 'auto' });
}

test('an absolute path is taken from each mount point', () => {
  expect(resolve(v1, '/x/y/').dirs).toEqual({ 'cpu,cpuacct': '/nowhere/cpu/x/y', memory: '/nowhere/memory/x/y' });
  expect(resolve(v2, '/x//y').dirs).toEqual({ '': '/nowhere/x/y' });
  expect(resolve(v2, '/x//y').path).toBe('/x/y');
});

test('slashes at the end are none, and a million in the middle take no time', () => {
  expect(resolve(v2, '/x///').dirs).toEqual({ '': '/nowhere/x' });
  const began = process.cpuUsage().user;
  expect(resolve(v2, `${'/'.repeat(1_000_000)}x`).path).toBe('/x');
  expect(process.cpuUsage().user - began).toBeLessThan(1_000_000);
});

test('a relative path is below tsrun’s own cgroup on v1, beside it on v2', () => {
  expect(resolve(v1, 'x').dirs).toEqual({ 'cpu,cpuacct': '/nowhere/cpu/user/x', memory: '/nowhere/memory/y/x' });
  expect(resolve(v2, 'x').dirs).toEqual({ '': '/nowhere/a/x' });
});

test('without a path root’s containers are in /ID', () => {
  expect(resolve(v2, undefined).dirs).toEqual({ '': '/nowhere/ID' });
  expect(resolve(v2, '')).toEqual(resolve(v2, undefined));
});

describe('a path that cannot be', () => {
  test.each(['../x', '/a/../../x', 'a\nb', `/${'x'.repeat(256)}`])('%j is refused', (path) => {
    expect(() => resolve(v2, path)).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID', pointer: '/linux/cgroupsPath' }));
  });
  test('the systemd form is refused with a hint', () => {
    expect(() => resolve(v2, 'system.slice:docker:abc')).toThrow(
      expect.objectContaining({ code: 'CONFIG_INVALID', hint: expect.stringContaining('cgroup manager') }),
    );
  });
  test('colons in a path with slashes are none of systemd’s business', () => {
    expect(resolve(v2, '/a:b:c').dirs).toEqual({ '': '/nowhere/a:b:c' });
  });
});

test('the systemd manager is not supported, and says so', () => {
  expect(() => resolve(v2, 'a:b:c', 'systemd')).toThrow(expect.objectContaining({ code: 'NOT_SUPPORTED' }));
});

test('disabled: no directories', () => expect(resolve(v2, '/x', 'disabled').dirs).toEqual({}));

test('rootless: what cannot be written is left out', () => {
  const facts = { cgroup: v2, euid: 0, inUserNamespace: false } as HostFacts;
  const asRoot = process.geteuid?.() === 0;
  const record = resolveCgroup({ ociVersion: '1.0.0' }, 'ID', facts, { cgroupManager: 'cgroupfs', rootless: true });
  // The nearest directory that exists is /, which root can write.
  expect(record.dirs).toEqual(asRoot ? { '': '/nowhere/a/ID' } : {});
});
