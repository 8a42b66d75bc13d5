/** linux.resources.devices in words: what device-bpf.ts compiles, and what the emulated kernel asks. */
import type { LinuxDeviceCgroup } from '../oci/spec.ts';

/**
 * Allowed in every container after the config's own rules, as in runc: making any node (opening it is another
 * matter), the default devices, pseudo terminals.
 */
export const DEFAULT_DEVICE_RULES: readonly LinuxDeviceCgroup[] = [
  { allow: true, type: 'c', access: 'm' },
  { allow: true, type: 'b', access: 'm' },
  ...[3, 5, 7, 8, 9].map((minor) => ({ allow: true, type: 'c', major: 1, minor }) as const),
  { allow: true, type: 'c', major: 5, minor: 0 },
  { allow: true, type: 'c', major: 5, minor: 1 },
  { allow: true, type: 'c', major: 5, minor: 2 },
  { allow: true, type: 'c', major: 136 },
];

export interface DeviceRequest {
  readonly type: 'b' | 'c';
  readonly major: number;
  readonly minor: number;
  /** Letters of r, w and m. */
  readonly access: string;
}

/** For each letter the last rule that matches decides; without one it is denied. */
export function allowsDevice(rules: readonly LinuxDeviceCgroup[], { type, major, minor, access }: DeviceRequest): boolean {
  const isAny = (value: number | undefined): boolean => value === undefined || value < 0;
  const matching = rules.filter(
    (rule) =>
      (rule.type === undefined || rule.type === 'a' || rule.type === type) &&
      (isAny(rule.major) || rule.major === major) &&
      (isAny(rule.minor) || rule.minor === minor),
  );
  return [...access].every((letter) => matching.findLast((rule) => !rule.access || rule.access.includes(letter))?.allow === true);
}
