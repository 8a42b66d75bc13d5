import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaultSpec } from './defaults.ts';
import { jsonPointer, valueAt } from './pointer.ts';
import { validateConfig, validateProcess, validateResources } from './validate.ts';

const TOP = ['ociVersion', 'root', 'process', 'hostname', 'mounts', 'hooks', 'annotations', 'linux', 'windows', 'vm', 'x'] as const;
const LINUX = [
  'namespaces',
  'uidMappings',
  'resources',
  'seccomp',
  'sysctl',
  'devices',
  'netDevices',
  'intelRdt',
  'memoryPolicy',
  'timeOffsets',
] as const;

/** Some of the keys, with any JSON value each. */
function garbage(keys: readonly string[]): fc.Arbitrary<object> {
  return fc
    .uniqueArray(fc.tuple(fc.constantFrom(...keys), fc.jsonValue({ maxDepth: 3 })), { selector: ([key]) => key })
    .map((entries) => Object.fromEntries(entries));
}

test('no JSON makes the validators throw, and a value comes exactly with no errors', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.jsonValue(), garbage(TOP)),
      garbage(LINUX),
      garbage(['args', 'cwd', 'user', 'capabilities', 'rlimits']),
      (any, linux, process) => {
        for (const input of [any, { ...defaultSpec(true), linux }, { ...defaultSpec(true), process }, { ...Object(any), linux, process }]) {
          for (const validate of [validateConfig, validateProcess, validateResources]) {
            const { value, errors } = validate(input);
            expect(value === undefined).toBe(errors.length > 0);
          }
        }
      },
    ),
    { numRuns: 60 },
  );
}, 30_000);

test('what it is given is left unchanged', () => {
  const legacy = { ociVersion: 'x', process: { cwd: 1, capabilities: ['CAP_KILL'] }, mounts: [{ destination: '/a', type: 'bind' }] };
  const before = structuredClone(legacy);
  validateConfig(legacy);
  expect(legacy).toEqual(before);
});

test('every pointer of a problem leads to the entry at fault, or to where it is missing', () => {
  const config = { ociVersion: '1.0.0', root: { path: 'r' }, process: { cwd: '/', args: ['a', 3] }, annotations: { 'a/b~c': 1 } };
  const { errors } = validateConfig(config);
  expect(errors.map(({ pointer }) => [pointer, valueAt(config, pointer)])).toEqual([
    ['/process/args/1', 3],
    ['/annotations/a~1b~0c', 1],
  ]);
  expect(jsonPointer(['annotations', 'a/b~c'])).toBe('/annotations/a~1b~0c');
});

test('unknown properties, however many, hide no error and are none', () => {
  const unknown = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`x${index}`, 1]));
  expect(validateConfig({ ...defaultSpec(true), ...unknown }).errors).toEqual([]);
  const { errors } = validateConfig({ ...unknown, ...defaultSpec(true), ...unknown, hostname: 3 });
  expect(errors.map(({ pointer }) => pointer)).toEqual(['/hostname']);
});

test('a file with a hundred thousand faults is answered in linear time, with the first thousand', () => {
  const many = <T>(value: T): T[] => Array.from({ length: 40_000 }, () => value);
  const config = {
    ...defaultSpec(true),
    mounts: many({}),
    linux: { namespaces: many({ type: 'x' }), uidMappings: many({ containerID: 0, hostID: 0, size: 1 }), maskedPaths: many(1) },
  };
  const start = performance.now();
  expect(validateConfig(config).errors.length).toBeGreaterThanOrEqual(1000);
  expect(validateResources({ hugepageLimits: many({ pageSize: '2MB', limit: 1 }) }).errors.length).toBe(39_999);
  expect(performance.now() - start).toBeLessThan(15_000);
}, 30_000);
