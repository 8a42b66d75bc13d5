import { expect, test } from 'vitest';
import { type LinuxHandle, parseHandle } from './handle.ts';

const good: LinuxHandle = {
  pid: 42,
  startTime: 99,
  ownPidNamespace: true,
  cgroup: { manager: 'cgroupfs', mode: 'v2', path: '/tsrun/x', dirs: { '': '/sys/fs/cgroup/tsrun/x' } },
  late: { first: 3, steps: [] },
};

test('a handle survives JSON', () => {
  expect(parseHandle(JSON.parse(JSON.stringify(good)))).toEqual(good);
});
test('what another backend or a damaged file holds is refused', () => {
  const bad: unknown[] = [
    null,
    7,
    'x',
    [],
    {},
    { ...good, pid: -1 },
    { ...good, pid: 1.5 },
    { ...good, startTime: '99' },
    { ...good, ownPidNamespace: 1 },
  ];
  bad.push(
    { ...good, cgroup: null },
    { ...good, cgroup: { ...good.cgroup, dirs: { a: 'relative' } } },
    { ...good, late: null },
    { ...good, late: { first: 0 } },
  );
  for (const value of bad) expect(() => parseHandle(value as never), JSON.stringify(value)).toThrow('not one of the linux backend');
});
