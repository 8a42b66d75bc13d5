import { describe, expect, test } from 'vitest';
import type { LinuxDeviceCgroup } from '../../oci/spec.ts';
import type { CgroupFacts, HostFacts } from '../../plan/facts.ts';
import type { BackendOptions, Finding } from '../backend.ts';
import { findings } from './check.ts';
import { gatherHostFacts } from './host.ts';

const options: BackendOptions = { cgroupManager: 'cgroupfs', rootless: 'auto', strict: false, debug: false };
const v2: CgroupFacts = { mode: 'v2', v1: [], v2: { mountpoint: '/sys/fs/cgroup', root: '/', own: '/', controllers: [] } };
const root: HostFacts = { ...gatherHostFacts(), euid: 0, inUserNamespace: false, cgroup: v2 };
const denyAll: LinuxDeviceCgroup = { allow: false, access: 'rwm' };
const allowAll: LinuxDeviceCgroup = { allow: true, access: 'rwm' };
const null13: LinuxDeviceCgroup = { allow: true, type: 'c', major: 1, minor: 3, access: 'rwm' };

function deviceFindings(devices: readonly LinuxDeviceCgroup[], facts: HostFacts, more: Partial<BackendOptions> = {}): readonly Finding[] {
  return findings({ ociVersion: '1.0.0', linux: { resources: { devices } } }, { ...options, ...more }, facts);
}

describe('device rules that nothing enforces are reported', () => {
  test.each<[string, HostFacts, Partial<BackendOptions>]>([
    ['cgroups are disabled', root, { cgroupManager: 'disabled' }],
    ['no cgroups are mounted', { ...root, cgroup: { mode: 'none', v1: [] } }, {}],
    ['the kernel takes them from root of the host only', { ...root, euid: 1000 }, {}],
    ['the kernel takes them from root of the host only', { ...root, inUserNamespace: true }, { rootless: false }],
  ])('%s', (reason, facts, more) => {
    expect(deviceFindings([denyAll, null13], facts, more)).toEqual([
      { level: 'recorded', pointer: '/linux/resources/devices', message: `device rules are not applied: ${reason}` },
    ]);
  });

  test('not where root has a cgroup for them', () => {
    expect(deviceFindings([denyAll], root)).toEqual([]);
    expect(deviceFindings([denyAll], root, { rootless: true })).toEqual([]);
  });

  test('not where they deny nothing in the end', () => {
    const rootless = { ...root, euid: 1000 };
    expect(deviceFindings([], rootless)).toEqual([]);
    expect(deviceFindings([denyAll, allowAll], rootless)).toEqual([]);
    expect(deviceFindings([denyAll, allowAll, { ...null13, allow: false }], rootless)).toHaveLength(1);
    expect(deviceFindings([denyAll, { ...allowAll, access: 'r' }], rootless)).toHaveLength(1);
  });
});
