import { expect, test } from 'vitest';
import type { LinuxDeviceCgroup } from '../../../oci/spec.ts';
import { planDeviceWrites } from './device-rules.ts';

function lines(rules: readonly LinuxDeviceCgroup[]): string[] {
  return planDeviceWrites(rules)
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

test('the default devices are allowed at the end, also without any rule', () => {
  const added = (rules: LinuxDeviceCgroup[]): string[] =>
    planDeviceWrites(rules).flatMap(({ optional, value }) => (optional ? [value] : []));
  expect(added([])).toContain('c 1:3 rwm');
  expect(added([])).toContain('b *:* m');
  expect(added([{ allow: false }])).toEqual(added([]));
  expect(added([{ allow: true }])).toEqual([]);
  expect(lines([])).toEqual(['deny a']);
});

test('allow all, then a device that is denied', () => {
  expect(lines([{ allow: true }, { allow: false, type: 'b', major: 8 }])).toEqual(['deny a', 'allow a', 'deny b 8:* rwm']);
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
