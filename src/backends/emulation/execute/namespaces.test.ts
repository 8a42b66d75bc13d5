import { statSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { NAMESPACES } from '../../../oci/namespaces.ts';
import type { Spec } from '../../../oci/spec.ts';
import type { Errno } from '../errno.ts';
import { joinNamespace, namespaceNumbers } from './namespaces.ts';
import { scriptContainer } from './script-container.fixture.ts';
import { clockOffsets, timeOffsets } from './time.ts';
import type { World } from './world.ts';

const spec = (linux: Spec['linux']): Spec => ({ ociVersion: '1.2.0', linux }) as Spec;
const outcome = (attempt: () => void): string => {
  try {
    attempt();
    return 'done';
  } catch (error) {
    return (error as Errno).errno;
  }
};

describe.skipIf(process.platform !== 'linux')('namespaces of the host', () => {
  const join = (path: string, init = true): string =>
    outcome(() =>
      joinNamespace({ init } as World, {
        op: 'joinNamespace',
        stage: 'join',
        origin: '',
        path,
        own: 'self/ns/net',
        flags: NAMESPACES.network.flag,
      }),
    );

  it.each([
    ['/proc/self/ns/net', 'done'],
    ['/proc/self/ns/uts', 'EINVAL'],
    ['/etc/passwd', 'EINVAL'],
    ['/', 'EINVAL'],
    ['/nope/ns', 'ENOENT'],
  ])('joining %s as a network namespace: %s', (path, expected) => {
    expect(join(path)).toBe(expected);
  });

  it('a process that is executed later joins those of the container, whose paths are not of the host', () => {
    expect(join('/proc/1/ns/nope', false)).toBe('done');
  });

  it('the numbers are new ones, those of a path, and the inherited ones', () => {
    const config = spec({ namespaces: [{ type: 'network', path: '/proc/self/ns/uts' }, { type: 'pid' }] });
    const [one, two] = [namespaceNumbers(config), namespaceNumbers(config)];
    expect(one.get('net')).toBe(statSync('/proc/self/ns/uts').ino);
    expect(one.get('ipc')).toBe(statSync('/proc/self/ns/ipc').ino);
    expect(one.get('pid')).not.toBe(statSync('/proc/self/ns/pid').ino);
    expect(one.get('pid')).not.toBe(two.get('pid'));
  });
});

test('an id that the user namespace does not map is refused', async () => {
  const range = [{ containerID: 0, hostID: 100_000, size: 10 }];
  const linux = { namespaces: [{ type: 'user' }, { type: 'mount' }, { type: 'uts' }], uidMappings: range, gidMappings: range } as const;
  const create = async (uid: number, additionalGids: readonly number[]): Promise<unknown> =>
    await scriptContainer(
      { main: () => 0 },
      { config: { linux, process: { args: ['/bin/main'], cwd: '/', user: { uid, gid: 0, additionalGids } } } },
    );
  await expect(create(10, [])).rejects.toMatchObject({ pointer: expect.stringMatching(/^\/process\/user/), step: { errno: 'EINVAL' } });
  await expect(create(9, [10])).rejects.toMatchObject({ step: { errno: 'EINVAL' } });
  await expect(create(9, [9])).resolves.toBeDefined();
});

test('clock offsets are seconds and nanoseconds, and none brings a clock below zero', () => {
  const set = (secs: number, nanosecs = 0): string =>
    outcome(() => timeOffsets({ config: spec({ timeOffsets: { monotonic: { secs, nanosecs } } }) } as World));
  expect(clockOffsets(spec({ timeOffsets: { boottime: { secs: 2, nanosecs: 5 } } }))).toEqual({ monotonic: 0n, boottime: 2_000_000_005n });
  expect(clockOffsets(spec({}))).toEqual({ monotonic: 0n, boottime: 0n });
  expect(set(5)).toBe('done');
  expect(set(-1_000_000_000)).toBe('ERANGE');
});
