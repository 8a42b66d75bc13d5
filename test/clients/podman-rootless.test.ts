/** podman as a user without privileges. On cgroup v1 it has no cgroups: what needs them is not asked. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { confinementClaims } from './claims/confinement.ts';
import { execClaims } from './claims/exec.ts';
import { lifecycleClaims } from './claims/lifecycle.ts';
import { leftBehind, type Engine } from './engine.ts';
import { firstSubId, rootlessPodman, user } from './podman-setup.ts';
import { missing } from './runtime.ts';
import { Sandbox } from './sandbox/sandbox.ts';

const reason = missing('podman', 'conmon', 'newuidmap', 'setpriv');

describe('podman rootless', { timeout: 30_000 }, () => {
  let sandbox: Sandbox;
  let podman: Engine;
  let mounts: readonly string[];

  beforeEach(({ skip }) => {
    if (reason !== undefined) skip(reason);
  });
  beforeAll(async () => {
    if (reason !== undefined) return;
    sandbox = await Sandbox.start('rootless');
    podman = await rootlessPodman(sandbox);
    mounts = sandbox.mounts();
  }, 60_000);
  afterAll(async () => {
    if (reason === undefined) await sandbox.stop();
  }, 30_000);

  test('root of the container is the user outside', async () => {
    await podman.detached('exec sleep 100', [], async (name) => {
      const pid = await podman.inspect(name, '.State.Pid');
      expect(await sandbox.sh(`stat -c '%u %g' /proc/${pid}; tr -s ' ' < /proc/${pid}/uid_map`)).toBe(
        `${user} ${user}\n 0 ${user} 1\n 1 ${firstSubId} 65536`,
      );
    });
  });

  test('--userns keep-id: the user is itself inside', async () => {
    expect(await podman.output('id -u', ['--userns', 'keep-id'])).toBe(`${user}`);
  });

  lifecycleClaims(() => podman);
  execClaims(() => podman);
  confinementClaims(() => podman);

  test('the default network of rootless podman is there', async ({ skip }) => {
    if (missing('slirp4netns') !== undefined) skip('not installed: slirp4netns');
    expect(await podman.ok(['run', '--rm', 'busy', 'ip', '-o', '-4', 'address'])).toMatch(/tap0 +inet 10\./);
  });

  test('nothing is left when all containers are removed: no process, mount or state', async () => {
    await podman.ok(['rm', '-af', '-t', '0']);
    await podman.ok(['system', 'migrate']); // ends podman's own pause process
    await expect.poll(async () => await leftBehind(podman, mounts, /^$/), { timeout: 5000 }).toEqual([]);
  });
});
