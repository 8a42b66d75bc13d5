import { expect, test } from 'vitest';
import type { LinuxDeviceCgroup } from '../../../oci/spec.ts';
import { DEFAULT_DEVICE_LINES, planDeviceWrites } from './device-rules.ts';

function lines(rules: readonly LinuxDeviceCgroup[], list = 'a *:* rwm'): string[] {
  return planDeviceWrites(list, rules)
    .filter(({ optional }) => !optional)
    .map(({ file, value }) => `${file.slice('devices.'.length)} ${value}`);
}

test('deny all, then allow: what every engine sends', () => {
  const rules: LinuxDeviceCgroup[] = [
    { allow: false, access: 'rwm' },
    { allow: true, type: 'c', major: 10, minor: 229, access: 'rw' },
  ];
  expect(lines(rules)).toEqual(['deny a', 'allow c 10:229 rw']);
});

test('after deny all the default devices are allowed, else nothing is added', () => {
  const added = (rules: LinuxDeviceCgroup[]): string[] =>
    planDeviceWrites('a *:* rwm', rules).flatMap(({ optional, value }) => (optional ? [value] : []));
  expect(added([{ allow: false }])).toEqual(DEFAULT_DEVICE_LINES);
  expect(added([{ allow: false, type: 'b', major: 8 }])).toEqual([]);
});

test('type a with numbers or less than all access means both types', () => {
  expect(lines([{ allow: false }, { allow: true, access: 'm' }])).toEqual(['deny a', 'allow b *:* m', 'allow c *:* m']);
  expect(lines([{ allow: false }, { allow: true, type: 'a', major: 5 }])).toEqual(['deny a', 'allow b 5:* rwm', 'allow c 5:* rwm']);
});

test('taking back exactly what a rule before gave is a line, taking back what was never given is none', () => {
  const given: LinuxDeviceCgroup = { allow: true, type: 'c', major: 10, minor: 1, access: 'rw' };
  expect(lines([{ allow: false }, given, { ...given, allow: false, access: 'w' }])).toEqual(['deny a', 'allow c 10:1 rw', 'deny c 10:1 w']);
  expect(lines([{ allow: false }, { ...given, allow: false }])).toEqual(['deny a']);
});

test('a rule that cuts a piece out of another cannot be expressed, and is not dropped', () => {
  const cut = (): string[] =>
    lines([{ allow: false }, { allow: true, type: 'c', major: 10 }, { allow: false, type: 'c', major: 10, minor: 1 }]);
  expect(cut).toThrow(/cgroup v1 cannot deny c 10:1 rwm within the rule "c 10:\* rwm" before it/);
});

test('an inherited allow list counts as what was given', () => {
  expect(lines([{ allow: false, type: 'c', major: 1, minor: 5 }], 'c 1:3 rwm\nc 1:5 rw')).toEqual(['deny c 1:5 rwm']);
});
