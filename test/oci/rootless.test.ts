/** Without privileges: a user of the host runs containers in a user namespace of its own. */
import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { inject } from 'vitest';
import { describe, expect } from 'vitest';
import { blames } from '../helpers/assert.ts';
import { Box, type As, type Bundle } from '../helpers/box.ts';
import type { Changes } from '../helpers/config.ts';
import { isRoot, unprivilegedUserNamespaces } from '../helpers/host.ts';
import { host } from '../helpers/box.ts';
import { cleanEnv } from '../helpers/process.ts';
import { anyUserTest as plain } from '../helpers/test.ts';

const allowed = unprivilegedUserNamespaces();

/** Root becomes this user for the calls; a user without privileges stays itself. */
async function withBox(as: As, use: (box: Box, self: As) => Promise<void>): Promise<void> {
  const self = isRoot ? as : { uid: process.geteuid?.() ?? 0, gid: process.getegid?.() ?? 0 };
  const box = new Box({ template: inject('template'), ...(isRoot ? { as } : {}) });
  try {
    await use(box, self);
  } finally {
    await box.close();
  }
}

const nobody: As = { uid: 65_534, gid: 65_534 };
const rootlessChanges = (self: As): Changes => ({
  '/linux/namespaces/-': { type: 'user' },
  '/linux/uidMappings': [{ containerID: 0, hostID: self.uid, size: 1 }],
  '/linux/gidMappings': [{ containerID: 0, hostID: self.gid, size: 1 }],
  '/linux/cgroupsPath': undefined,
  '/linux/resources': undefined,
  '/mounts/2/options': ['nosuid', 'noexec', 'newinstance', 'ptmxmode=0666', 'mode=0620'],
});

function bundleOf(box: Box, script: string, changes: Changes): Bundle {
  const bundle = box.bundle(script, changes);
  if (isRoot) host('chown', '-R', '--no-dereference', '65534:65534', bundle.path);
  return bundle;
}

describe.skipIf(!allowed)('oci-checklist §2.1: rootless with a single id', () => {
  plain('run: root inside, the user outside', async () => {
    await withBox(nobody, async (box, self) => {
      const bundle = bundleOf(box, 'id -u; cat /proc/self/uid_map; touch /written; hostname; cat /etc/marker', rootlessChanges(self));
      const result = await box.runBundle(bundle, { env: { ...cleanEnv, XDG_RUNTIME_DIR: box.dir } });
      expect(result.stdout.replaceAll(/ +/g, ' ')).toBe(`0\n 0 ${self.uid} 1\nbox\ncontainer\n`);
      expect(existsSync(`${bundle.rootfs}/written`)).toBe(true);
    });
  });

  plain('create, start, state, exec, kill and delete', async () => {
    await withBox(nobody, async (box, self) => {
      const bundle = bundleOf(box, 'exec sleep 100', rootlessChanges(self));
      await box.ok(['create', '--bundle', bundle.path, bundle.id]);
      await box.ok(['start', bundle.id]);
      expect(await box.state(bundle.id)).toMatchObject({ status: 'running' });
      expect(readFileSync(`/proc/${await box.pid(bundle.id)}/status`, 'utf8')).toMatch(new RegExp(`^Uid:\\t${self.uid}\\t`, 'm'));
      expect((await box.exec(bundle.id, 'id -u; hostname')).stdout).toBe('0\nbox\n');
      await box.ok(['kill', bundle.id, 'KILL']);
      await box.until(bundle.id, 'stopped');
      await box.ok(['delete', bundle.id]);
    });
  });

  plain('what cannot be applied is refused, not forgotten: a second uid', async () => {
    await withBox(nobody, async (box, self) => {
      const bundle = bundleOf(box, 'true', { ...rootlessChanges(self), '/process/user': { uid: 1000, gid: 1000 } });
      await box.fails(['run', '--bundle', bundle.path, bundle.id]);
      expect(box.ids()).toEqual([]);
    });
  });

  plain('device rules, which only root of the host can set, are not dropped in silence', async () => {
    await withBox(nobody, async (box, self) => {
      const devices = [{ allow: false, access: 'rwm' }];
      const bundle = bundleOf(box, 'echo ran', { ...rootlessChanges(self), '/linux/resources': { devices } });
      const result = await box.runBundle(bundle);
      expect(result.stdout).toBe('ran\n');
      expect(result.warnings).toEqual([expect.stringContaining('device rules are not applied')]);
      const failure = await box.fails(['--strict', 'run', '--bundle', bundle.path, bundle.id]);
      blames(failure, '/linux/resources/devices');
    });
  });

  plain('without a user namespace it is refused in words that help', async () => {
    await withBox(nobody, async (box) => {
      const bundle = bundleOf(box, 'true', { '/linux/cgroupsPath': undefined, '/linux/resources': undefined });
      const failure = await box.fails(['run', '--bundle', bundle.path, bundle.id]);
      expect(failure.msg + (failure.hint ?? '')).toMatch(/user namespace|not permitted|rootless/i);
    });
  });
});

/** A user that /etc/subuid gives a range to: the test makes such an entry in a mount namespace of its own. */
describe.skipIf(!allowed || !isRoot || !existsSync('/usr/bin/newuidmap'))('oci-checklist §2.1: rootless with subordinate ids', () => {
  plain('newuidmap and newgidmap write the ranges of /etc/subuid', async () => {
    await withBox(nobody, async (box, self) => {
      const ranges = [
        { containerID: 0, hostID: self.uid, size: 1 },
        { containerID: 1, hostID: 300_000, size: 5000 },
      ];
      const bundle = bundleOf(box, 'cat /proc/self/uid_map; id -u; id -g', {
        ...rootlessChanges(self),
        '/linux/uidMappings': ranges,
        '/linux/gidMappings': ranges,
        '/process/user': { uid: 1000, gid: 100 },
      });
      const sub = box.file('sub', '65534:300000:5000\nnobody:300000:5000\n');
      chmodSync(sub, 0o644);
      const tsrun = box.argv(['run', '--bundle', bundle.path, bundle.id]).join(' ');
      const { run } = await import('../helpers/process.ts');
      const result = await run([
        'unshare',
        '--mount',
        '/bin/sh',
        '-c',
        `mount --bind ${sub} /etc/subuid && mount --bind ${sub} /etc/subgid && exec ${tsrun}`,
      ]);
      expect(`${result.stdout}${result.stderr}`.replaceAll(/ +/g, ' ')).toBe(' 0 65534 1\n 1 300000 5000\n1000\n100\n');
    });
  });
});
