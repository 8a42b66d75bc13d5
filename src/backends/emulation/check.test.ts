import { describe, expect, test } from 'vitest';
import { defaultSpec } from '../../oci/defaults.ts';
import type { Spec } from '../../oci/spec.ts';
import type { BackendOptions } from '../backend.ts';
import { checkConfig } from './check.ts';

const options: BackendOptions = { cgroupManager: 'cgroupfs', rootless: 'auto', strict: false, debug: false };
const base = defaultSpec(true);
const found = (changes: Partial<Spec>): readonly string[] =>
  checkConfig({ ...base, ...changes }, options).map(({ level, pointer }) => `${level} ${pointer}`);
const linux = (changes: NonNullable<Spec['linux']>): Partial<Spec> => ({ linux: { ...base.linux, ...changes } });
const process = (changes: Partial<NonNullable<Spec['process']>>): Partial<Spec> => ({ process: { ...base.process, cwd: '/', ...changes } });

test('what `tsrun spec` writes is applied, whole', () => {
  expect(found({})).toEqual([]);
});

describe('refused', () => {
  test.each<[string, Partial<Spec>]>([
    ['/linux/intelRdt', linux({ intelRdt: { closID: 'x' } })],
    ['/linux/mountLabel', linux({ mountLabel: 'system_u:object_r:x' })],
    ['/process/apparmorProfile', process({ apparmorProfile: 'docker-default' })],
    ['/process/selinuxLabel', process({ selinuxLabel: 'x' })],
    ['/linux/devices/0', linux({ devices: [{ path: '/dev/sda', type: 'b', major: 8, minor: 0 }] })],
    ['/linux/devices/0', linux({ devices: [{ path: '/dev/fuse', type: 'c', major: 10, minor: 229 }] })],
    ['/linux/personality', linux({ personality: { domain: 'LINUX32' } })],
    ['/linux/resources/rdma', linux({ resources: { rdma: { mlx5: { hcaHandles: 1 } } } })],
    ['/linux/resources/hugepageLimits', linux({ resources: { hugepageLimits: [{ pageSize: '2MB', limit: 1 }] } })],
    ['/linux/resources/unified', linux({ resources: { unified: { 'memory.high': '1' } } })],
    ['/mounts/0', { mounts: [{ destination: '/mnt', type: 'ext4', source: '/dev/sda' }] }],
    [
      '/linux/seccomp/listenerPath',
      linux({
        seccomp: { defaultAction: 'SCMP_ACT_ALLOW', listenerPath: '/s', syscalls: [{ names: ['mkdir'], action: 'SCMP_ACT_NOTIFY' }] },
      }),
    ],
  ])('%s', (pointer, changes) => {
    expect(found(changes)).toContain(`refused ${pointer}`);
  });
});

describe('recorded', () => {
  test.each<[string, Partial<Spec>]>([
    ['/linux/seccomp', linux({ seccomp: { defaultAction: 'SCMP_ACT_ALLOW' } })],
    ['/linux/namespaces/0', linux({ namespaces: [{ type: 'network', path: '/run/netns/x' }, { type: 'mount' }, { type: 'uts' }] })],
    ['/linux/namespaces', linux({ namespaces: [{ type: 'mount' }, { type: 'uts' }] })],
    ['/linux/resources/memory/reservation', linux({ resources: { memory: { reservation: 1 } } })],
    ['/linux/resources/cpu/shares', linux({ resources: { cpu: { shares: 5 } } })],
    ['/linux/resources/blockIO', linux({ resources: { blockIO: { weight: 100 } } })],
    ['/process/scheduler', process({ scheduler: { policy: 'SCHED_BATCH' } })],
    ['/process/execCPUAffinity', process({ execCPUAffinity: { initial: '0' } })],
    ['/mounts/0/options', { mounts: [{ destination: '/mnt', type: 'tmpfs', source: 'tmpfs', options: ['huge=always', 'mpol=bind:0'] }] }],
    ['/process/ioPriority', process({ ioPriority: { class: 'IOPRIO_CLASS_BE' } })],
    ['/linux/memoryPolicy', linux({ memoryPolicy: { mode: 'MPOL_LOCAL' } })],
  ])('%s', (pointer, changes) => {
    expect(found(changes)).toContain(`recorded ${pointer}`);
  });
});

test('a sysctl and a limit that is only shown are visible', () => {
  expect(found(linux({ sysctl: { 'net.core.somaxconn': '5' } }))).toContain('visible /linux/sysctl/net.core.somaxconn');
  expect(found(process({ rlimits: [{ type: 'RLIMIT_STACK', soft: 1, hard: 1 }] }))).toContain('visible /process/rlimits/0');
  expect(found(process({ rlimits: [{ type: 'RLIMIT_NOFILE', soft: 9, hard: 9 }] }))).toEqual([]);
});

test('zeros of containerd and empty sections are no findings', () => {
  expect(
    found(
      linux({
        resources: {
          memory: { limit: 1 << 20, kernel: 0 },
          cpu: { shares: 0 },
          blockIO: { weight: 0 },
          devices: [{ allow: false, access: 'rwm' }],
        },
      }),
    ),
  ).toEqual([]);
});
