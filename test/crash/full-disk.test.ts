/** A state file system that is full, at every number of free pages and inodes up to what a create needs. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { missing } from '../clients/runtime.ts';
import { subject } from '../helpers/subject.ts';
import { Ground } from './ground.ts';

const reason = missing();

describe('a full state file system', { timeout: 60_000 }, () => {
  let ground: Ground;

  beforeEach(({ skip }) => {
    if (reason !== undefined) skip(reason);
  });
  beforeAll(async () => {
    if (reason !== undefined) return;
    ground = await Ground.make('full');
    ground.bundle('full', 'exec sleep 100');
  }, 30_000);
  afterAll(async () => {
    if (reason === undefined) await ground.sandbox.stop();
  }, 30_000);

  /** One create on a fresh tmpfs as the state root; what it said, undefined when it succeeded. Nothing may be left. */
  async function createOn(options: string, fill: string): Promise<string | undefined> {
    await ground.sandbox.sh(`mount -t tmpfs -o ${options} tmpfs ${ground.root}; cd ${ground.root}; ${fill}`);
    try {
      const before = ground.snapshot();
      const result = await ground.tsrun(['create', '--bundle', `${ground.bundles}/full`, 'full']);
      if (result.code === 0) expect(await ground.tsrun(['delete', '--force', 'full'])).toMatchObject({ code: 0, stderr: '' });
      // The parent cgroup is shared by all containers and stays.
      const left = (): readonly string[] => ground.changes(before).filter((line) => !/cgroup \S+\/crash$/.test(line));
      await expect.poll(left, { timeout: 4000 }).toEqual([]);
      return result.code === 0 ? undefined : result.stderr;
    } finally {
      // What a failed test leaves must not disturb the next: its error is the one to see.
      await ground.sandbox.sh(`
        for pid in $(cat /sys/fs/cgroup/pids/crash/full/cgroup.procs 2>/dev/null || true); do kill -9 $pid; done
        sleep 0.1; rmdir /sys/fs/cgroup/*/crash/full 2>/dev/null || true
        umount -l ${ground.root}`);
    }
  }

  test.for(['0', '1', '2', '3', '4', '6', '8'])('%s free pages: create succeeds or says why, and leaves nothing', async (pages) => {
    const fill = `dd if=/dev/zero of=filler bs=4k count=$((64 - ${pages})) 2>/dev/null`;
    const said = await createOn('size=256k', fill);
    if (said !== undefined) expect(said).toMatch(/no space left on device/i);
    if (pages === '0' && subject.ours) expect(said).toBeDefined();
  });

  test('a command that finds no room for its lock names the place; delete --force needs none', async () => {
    await ground.sandbox.sh(`mount -t tmpfs -o size=1m,nr_inodes=20 tmpfs ${ground.root}`);
    try {
      await ground.tsrun(['create', '--bundle', `${ground.bundles}/full`, 'full']);
      await ground.sandbox.sh(`cd ${ground.root}; i=0; while touch f$i; do i=$((i+1)); done 2>/dev/null`);
      const { code, stderr } = await ground.tsrun(['start', 'full']);
      expect({ code, stderr }).toEqual({
        code: 1,
        stderr: expect.stringContaining(`${ground.root}/full: no space left on device`) as string,
      });
      expect(await ground.tsrun(['delete', '--force', 'full'])).toMatchObject({ code: 0, stderr: '' });
    } finally {
      await ground.sandbox.sh(`umount -l ${ground.root}`);
    }
  });

  test.for(['0', '1', '2', '3', '4', '6', '8'])('%s free inodes: create succeeds or says why, and leaves nothing', async (inodes) => {
    // The root directory takes one.
    const said = await createOn('size=1m,nr_inodes=20', `i=0; while [ $i -lt $((19 - ${inodes})) ]; do : > f$i; i=$((i+1)); done`);
    if (said !== undefined) expect(said).toMatch(/no space left on device/i);
    if (inodes === '0') expect(said).toBeDefined();
  });
});
