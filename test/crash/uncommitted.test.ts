/**
 * kill -9 in the one moment that no cgroup helps with: the first process is ready and waits, and tsrun has not written down
 * which process it is.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { poll } from '../helpers/process.ts';
import { subject } from '../helpers/subject.ts';
import { test } from '../helpers/test.ts';

const status = (pid: number): string => readFileSync(`/proc/${pid}/status`, 'latin1');
const parentOf = (pid: number): number => Number(/^PPid:\s+(\d+)/m.exec(status(pid))?.[1]);
function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+[ZX]/m.test(status(pid));
  } catch {
    return false; // gone
  }
}
/** Real uid; the last thing of the set-up that can be seen from outside. */
const uidOf = (pid: number): number => Number(/^Uid:\s+(\d+)/m.exec(status(pid))?.[1]);

describe.skipIf(!subject.ours)('tsrun is killed when the container is ready, before it has recorded the pid', () => {
  for (const command of ['create', 'run'] as const) {
    test(`${command}: without any cgroup the first process ends, too, and delete --force leaves nothing`, async ({ box }) => {
      // The hook runs in the first process, before the pivot, and stops tsrun: whatever comes is read by nobody.
      const note = box.path('first');
      const parent = (pid: string): string => `$(sed -n 's/^PPid:[[:space:]]*//p' /proc/${pid}/status)`;
      const script = `#!/bin/sh\nfirst=${parent('$$')}\nhelper=${parent('$first')}\ntsrun=${parent('$helper')}\nkill -STOP $tsrun\necho $first > ${note}\n`;
      const bundle = box.bundle('exec sleep 100', {
        '/linux/namespaces/0': undefined, // the pid namespace: the hook must see tsrun
        '/process/user': { uid: 1234, gid: 1234 },
        '/hooks/createContainer': [{ path: box.file('hook', script, 0o755) }],
      });
      const child = box.background(['--cgroup-manager', 'disabled', command, '--bundle', bundle.path, bundle.id]);
      const tsrun = child.pid ?? 0;
      const first = Number(await poll('the first process', () => readNote(note)));
      expect(parentOf(parentOf(first))).toBe(tsrun);
      await poll('the end of its set-up', () => uidOf(first) === 1234);
      await new Promise((resolve) => setTimeout(resolve, 200)); // now it waits for tsrun's word, or for nobody's
      expect(isAlive(first)).toBe(true);
      expect(readFileSync(join(box.root, bundle.id, 'state.json'), 'utf8')).not.toContain(`"pid":${first}`);

      child.kill('SIGKILL');
      await poll('the end of the first process', () => !isAlive(first), 3000);
      await box.ok(['delete', '--force', bundle.id]);
      expect(box.ids()).toEqual([]);
    });
  }
});

function readNote(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').trim() || undefined;
  } catch {
    return undefined; // not written yet
  }
}
