import { describe, expect, test } from 'vitest';
import { cgroupFacts, gatherHostFacts, isInitialUidMap, parseKernelVersion } from './host.ts';

const none = (): string => '';

describe('cgroup facts', () => {
  test('v2 alone', () => {
    const facts = cgroupFacts('26 1 0:2 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n', '0::/user.slice\n', (path) =>
      path === '/sys/fs/cgroup/cgroup.controllers' ? 'cpu io memory pids\n' : '',
    );
    expect(facts).toEqual({
      mode: 'v2',
      v1: [],
      v2: { mountpoint: '/sys/fs/cgroup', root: '/', own: '/user.slice', controllers: ['cpu', 'io', 'memory', 'pids'] },
    });
  });

  const merged = [
    '30 1 0:5 / /sys/fs/cgroup/cpu,cpuacct rw shared:9 - cgroup cgroup rw,cpu,cpuacct',
    '31 1 0:6 /docker/x /sys/fs/cgroup/memory ro - cgroup cgroup rw,memory',
    '32 1 0:7 / /sys/fs/cgroup/systemd rw - cgroup cgroup rw,xattr,name=systemd',
  ].join('\n');
  const own = '5:cpu,cpuacct:/a\n4:memory:/docker/x\n3:pids:/not-mounted\n1:name=systemd:/\n0::/\n';

  test('v1 with merged and named hierarchies; one that is not mounted is left out', () => {
    expect(cgroupFacts(merged, own, none)).toEqual({
      mode: 'v1',
      v1: [
        { controllers: ['cpu', 'cpuacct'], mountpoint: '/sys/fs/cgroup/cpu,cpuacct', root: '/', own: '/a' },
        { controllers: ['memory'], mountpoint: '/sys/fs/cgroup/memory', root: '/docker/x', own: '/docker/x' },
        { controllers: ['name=systemd'], mountpoint: '/sys/fs/cgroup/systemd', root: '/', own: '/' },
      ],
    });
  });

  test('hybrid: v1 and a v2 tree beside it', () => {
    const facts = cgroupFacts(`${merged}\n33 1 0:8 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw`, own, none);
    expect([facts.mode, facts.v1.length, facts.v2?.mountpoint]).toEqual(['hybrid', 3, '/sys/fs/cgroup/unified']);
  });

  test('cpu is not mistaken for cpuset or cpuacct', () => {
    const facts = cgroupFacts('30 1 0:5 / /c rw - cgroup cgroup rw,cpuset\n31 1 0:6 / /d rw - cgroup cgroup rw,cpu', '1:cpu:/\n', none);
    expect(facts.v1.map(({ mountpoint }) => mountpoint)).toEqual(['/d']);
  });

  test('the standard mount wins over a copy in somebody’s chroot, and blanks in paths are decoded', () => {
    const mounts = '29 1 0:5 / /my\\040chroot rw - cgroup cgroup rw,pids\n';
    expect(cgroupFacts(mounts, '1:pids:/\n', none).v1[0]?.mountpoint).toBe('/my chroot');
    const both = `${mounts}30 1 0:5 / /sys/fs/cgroup/pids rw - cgroup cgroup rw,pids\n`;
    expect(cgroupFacts(both, '1:pids:/\n', none).v1[0]?.mountpoint).toBe('/sys/fs/cgroup/pids');
  });

  test('nothing readable is mode none', () => expect(cgroupFacts('', '', none)).toEqual({ mode: 'none', v1: [] }));
});

test('only the identity map of all ids is the initial user namespace', () => {
  expect(isInitialUidMap('         0          0 4294967295\n')).toBe(true);
  expect(isInitialUidMap('')).toBe(true);
  expect(isInitialUidMap('0 1000 1\n1 100000 65536\n')).toBe(false);
  expect(isInitialUidMap('0 0 1000\n')).toBe(false);
});

test.each([
  ['6.1.0-56-cloud-amd64', [6, 1]],
  ['5.15.0', [5, 15]],
  ['nonsense', [0, 0]],
])('kernel version of %s', (text, version) => expect(parseKernelVersion(text)).toEqual(version));

test('facts of this host are gathered and consistent', () => {
  const facts = gatherHostFacts();
  expect(facts.euid).toBe(process.geteuid?.());
  expect(facts.filesystems).toContain('proc');
  expect(facts.lastCapability).toBeGreaterThanOrEqual(36);
});
