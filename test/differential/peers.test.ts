/** The same bundles in Debian's runc and crun and in tsrun: what the program inside sees must be the same. */
import { readlinkSync } from 'node:fs';
import { basename } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { Box } from '../helpers/box.ts';
import { isRoot, which } from '../helpers/host.ts';
import { subject, type Subject } from '../helpers/subject.ts';
import { allowedDifferences, type AllowedDifference } from './allowed.ts';
import { bundles } from './bundles.ts';
import { differences, parseSight, probeScript, type Sight } from './probe.ts';

const hostNamespaces = new Map(
  ['pid', 'net', 'ipc', 'uts', 'mnt', 'user', 'cgroup', 'time'].map((name) => [name, readlinkSync(`/proc/self/ns/${name}`)]),
);

/** crun 1.8 takes a hybrid host for cgroup v2: it works once the extra tree is out of its sight. */
const hideUnified = 'grep -q " /sys/fs/cgroup/unified " /proc/self/mountinfo && umount /sys/fs/cgroup/unified; exec "$@"';
const peers: Readonly<Record<'runc' | 'crun', Subject>> = {
  runc: { command: [which('runc') ?? 'runc'], name: 'runc', ours: false },
  crun: { command: ['unshare', '--mount', '/bin/sh', '-c', hideUnified, 'sh', which('crun') ?? 'crun'], name: 'crun', ours: false },
};

async function look(who: Subject, name: string): Promise<Sight> {
  const box = new Box({ template: inject('template'), subject: who });
  try {
    const bundle = box.bundle(probeScript, bundles[name] ?? {});
    const result = await box.runBundle(bundle);
    const sight = parseSight(result.stdout, bundle, hostNamespaces);
    if (Object.keys(sight).length < 20)
      throw new Error(`the probe did not run to its end under ${who.name}:\n${result.stdout}${result.stderr}`);
    return sight;
  } finally {
    await box.close();
  }
}

const used = new Set<AllowedDifference>();
const ours = new Map<string, Sight>();

describe.skipIf(!isRoot)(`differential${isRoot ? '' : ' (skipped: needs root)'}`, () => {
  beforeAll(async () => {
    for (const name of Object.keys(bundles)) {
      // oxlint-disable-next-line no-await-in-loop -- one container at a time
      ours.set(name, await look(subject, name));
    }
  });

  for (const peer of ['runc', 'crun'] as const) {
    const missing = which(peer) === undefined;
    const itself = basename(subject.command[0] ?? '') === peer;
    describe.skipIf(missing || itself)(`${peer}${missing ? ' (skipped: not installed, scripts/setup.mjs does it)' : ''}`, () => {
      for (const name of Object.keys(bundles)) {
        test(`a ${name} container sees the same as under ${peer}`, async () => {
          const found = differences(await look(peers[peer], name), ours.get(name) ?? {});
          const unexplained = found.filter((line) => {
            const allowed = allowedDifferences.find((entry) => entry.peer === peer && entry.line.test(line));
            if (allowed !== undefined) used.add(allowed);
            return allowed === undefined;
          });
          expect(unexplained).toEqual([]);
        });
      }

      test.runIf(subject.ours)(`every allowed difference from ${peer} still occurs`, () => {
        expect(allowedDifferences.filter((entry) => entry.peer === peer && !used.has(entry)).map((entry) => String(entry.line))).toEqual(
          [],
        );
      });
    });
  }
  afterAll(() => used.clear());
});
