/**
 * Device rules in order → the lines for devices.allow and devices.deny of cgroup v1. Pure.
 *
 * The kernel keeps a default (allow or deny all) and exceptions from it, not an ordered list; a line that says what the
 * default says only takes back an exception with the very same numbers. So the rules are played through here first, and
 * what cannot be expressed is an error instead of being dropped by the kernel without a word.
 */
import type { LinuxDeviceCgroup } from '../../../oci/spec.ts';
import { TsrunError } from '../../../core/errors.ts';

export interface DeviceWrite {
  readonly file: 'devices.allow' | 'devices.deny';
  readonly value: string;
  readonly pointer: string;
  /** One of the default devices, not a rule of the config. */
  readonly optional: boolean;
}

/**
 * Usable in every container (config-linux.md, "Default Devices"), with mknod of any node, which gives no access by
 * itself: null, zero, full, tty, console, ptmx, random, urandom, pseudo terminals.
 */
export const DEFAULT_DEVICE_LINES: readonly string[] = [
  'c *:* m',
  'b *:* m',
  'c 1:3 rwm',
  'c 1:5 rwm',
  'c 1:7 rwm',
  'c 1:8 rwm',
  'c 1:9 rwm',
  'c 5:0 rwm',
  'c 5:1 rwm',
  'c 5:2 rwm',
  'c 136:* rwm',
];

interface State {
  allowAll: boolean;
  /** 'c 1:3' → its letters */
  readonly exceptions: Map<string, string>;
}

/** `list`: the content of devices.list before, as inherited from the parent cgroup. */
export function planDeviceWrites(list: string, rules: readonly LinuxDeviceCgroup[]): readonly DeviceWrite[] {
  const state = parseList(list);
  const writes: DeviceWrite[] = [];
  for (const [index, rule] of rules.entries()) writes.push(...play(state, rule, `/linux/resources/devices/${index}`));
  if (!state.allowAll)
    for (const value of DEFAULT_DEVICE_LINES)
      writes.push({ file: 'devices.allow', value, pointer: '/linux/resources/devices', optional: true });
  return writes;
}

function parseList(list: string): State {
  const exceptions = new Map<string, string>();
  if (/^a \*:\* rwm$/m.test(list)) return { allowAll: true, exceptions };
  for (const line of list.split('\n')) {
    const match = /^([bc] \S+) (\w+)$/.exec(line);
    if (match?.[1] !== undefined && match[2] !== undefined) exceptions.set(match[1], match[2]);
  }
  return { allowAll: false, exceptions };
}

function play(state: State, rule: LinuxDeviceCgroup, pointer: string): readonly DeviceWrite[] {
  const access = rule.access === undefined || rule.access === '' ? 'rwm' : rule.access;
  const numbers = `${number(rule.major)}:${number(rule.minor)}`;
  const file = rule.allow ? 'devices.allow' : 'devices.deny';
  const type = rule.type ?? 'a';
  if (type === 'a' && numbers === '*:*' && [...'rwm'].every((letter) => access.includes(letter))) {
    state.allowAll = rule.allow;
    state.exceptions.clear();
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
