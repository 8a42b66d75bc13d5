/** Assertions that many tests share. */
import { expect } from 'vitest';
import type { Failure } from './box.ts';
import { subject } from './subject.ts';

/**
 * tsrun names the config entry to blame: `pointer` or something below it. Its error is one line, and stdout stays empty.
 * Other runtimes promise none of this, so nothing is asked of them.
 */
export function blames(failure: Failure, pointer: string): void {
  if (!subject.ours) return;
  expect(`${failure.pointer} (${failure.msg})`).toMatch(new RegExp(`^${pointer.replaceAll(/[.*+?^$()|[\]\\]/g, String.raw`\$&`)}(/| )`));
  expect(failure.msg).not.toContain('\n');
  expect(failure.stderr.split('\n').filter((line) => line.includes('level=error') || line.startsWith('{')).length).toBeLessThanOrEqual(1);
  expect(failure.stdout).toBe('');
}

/** Value of a line `Name:  value` of /proc/PID/status. */
export function statusField(text: string, name: string): string {
  return new RegExp(`^${name}:\\s*(.*)$`, 'm').exec(text)?.[1]?.trim() ?? '';
}

/** A line of mountinfo. */
export interface MountInfo {
  readonly root: string;
  readonly target: string;
  readonly options: readonly string[];
  readonly propagation: string;
  readonly type: string;
  readonly source: string;
  readonly superOptions: readonly string[];
}

/** /proc/self/mountinfo by mount point; the last mount on a point wins. */
export function parseMountinfo(text: string): ReadonlyMap<string, MountInfo> {
  return new Map(
    text
      .split('\n')
      .filter((line) => line.includes(' - '))
      .map((line): [string, MountInfo] => {
        const [head = '', tail = ''] = line.split(' - ');
        const [, , , root = '', target = '', options = '', ...propagation] = head.trim().split(' ');
        const [type = '', source = '', superOptions = ''] = tail.split(' ');
        return [
          target,
          {
            root,
            target,
            options: options.split(','),
            propagation: propagation.join(' '),
            type,
            source,
            superOptions: superOptions.split(','),
          },
        ];
      }),
  );
}
