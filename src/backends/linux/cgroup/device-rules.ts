/**
 * Device rules in order → the lines for devices.allow and devices.deny of cgroup v1. Pure.
 *
 * The kernel keeps a default (allow or deny all) and exceptions from it, not an ordered list; a line that says what the
 * default says only takes back an exception with the very same numbers. So the rules are played through here first, and
 * what cannot be expressed is an error instead of being dropped by the kernel without a word.
 */
import type { LinuxDeviceCgroup } from '../../../oci/spec.ts';
import { TsrunError } from '../../../core/errors.ts';
import { DEFAULT_DEVICE_RULES } from '../../../plan/device-rules.ts';

export interface DeviceWrite {
  readonly file: 'devices.allow' | 'devices.deny';
  readonly value: string;
  readonly pointer: string;
  /** One of the default devices, not a rule of the config. */
  readonly optional: boolean;
}

interface State {
  allowAll: boolean;
  /** 'c 1:3' → its letters */
  readonly exceptions: Map<string, string>;
}

const POINTER = '/linux/resources/devices';

/** As on v2 (plan/device-filter.ts): at first nothing is allowed; then the rules; then the default devices. */
export function planDeviceWrites(rules: readonly LinuxDeviceCgroup[]): readonly DeviceWrite[] {
  const state: State = { allowAll: true, exceptions: new Map() };
  return [
    ...play(state, { allow: false }, POINTER),
    ...rules.flatMap((rule, index) => play(state, rule, `${POINTER}/${index}`)),
    ...DEFAULT_DEVICE_RULES.flatMap((rule) => (state.allowAll ? [] : play(state, rule, POINTER))).map((write) => ({
      ...write,
      optional: true,
    })),
  ];
}

function play(state: State, rule: LinuxDeviceCgroup, pointer: string): readonly DeviceWrite[] {
  const access = rule.access === undefined || rule.access === '' ? 'rwm' : rule.access;
  const numbers = `${number(rule.major)}:${number(rule.minor)}`;
  const file = rule.allow ? 'devices.allow' : 'devices.deny';
  const type = rule.type ?? 'a';
  if (type === 'a' && numbers === '*:*' && [...'rwm'].every((letter) => access.includes(letter))) {
    const same = state.allowAll === rule.allow && state.exceptions.size === 0;
    state.allowAll = rule.allow;
    state.exceptions.clear();
    if (same) return [];
    return [{ file, value: 'a', pointer, optional: false }];
  }
  // The kernel ignores the numbers of an `a` line.
  return (type === 'a' ? ['b', 'c'] : [type]).flatMap((each) => playOne(state, rule.allow, `${each} ${numbers}`, access, pointer));
}

function playOne(state: State, allow: boolean, device: string, access: string, pointer: string): readonly DeviceWrite[] {
  const write: DeviceWrite = { file: allow ? 'devices.allow' : 'devices.deny', value: `${device} ${access}`, pointer, optional: false };
  const had = state.exceptions.get(device) ?? '';
  if (allow !== state.allowAll) {
    state.exceptions.set(device, had + [...access].filter((letter) => !had.includes(letter)).join(''));
    return [write];
  }
  for (const [other, letters] of state.exceptions) {
    if (other !== device && overlaps(other, device) && [...access].some((letter) => letters.includes(letter))) {
      throw new TsrunError(
        'CONFIG_UNSUPPORTED',
        `cgroup v1 cannot ${allow ? 'allow' : 'deny'} ${write.value} within the rule "${other} ${letters}" before it`,
        {
          pointer,
          hint: 'give rules for the single devices instead, or use cgroup v2',
        },
      );
    }
  }
  if (had === '') return [];
  const left = [...had].filter((letter) => !access.includes(letter)).join('');
  if (left === '') state.exceptions.delete(device);
  else state.exceptions.set(device, left);
  return [write];
}

/** Both are `type major:minor`; `*` is any number. */
function overlaps(one: string, other: string): boolean {
  const [a, b] = [one, other].map((text) => text.split(/[ :]/)) as [string[], string[]];
  return a.every((part, index) => part === b[index] || part === '*' || b[index] === '*');
}

function number(value: number | undefined): string {
  return value === undefined || value < 0 ? '*' : String(value);
}
