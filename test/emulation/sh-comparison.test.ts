/** The guest shell in the emulated kernel prints what dash printed on Linux: cases of fixtures/shell, recorded by its record.ts. */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { caseNames, folder, recorded, type Result } from '../../fixtures/shell/cases.ts';
import { GuestWorld, bin } from './guest-world.ts';

const applets = readFileSync(`${bin}applets.txt`, 'utf8').split('\n').filter(Boolean);

/** A kernel with our shell and tools, and the folders that the cases look at. */
function world(): GuestWorld {
  const guest = new GuestWorld();
  guest.install('sh');
  guest.install('box');
  for (const applet of applets) guest.vfs.symlink(guest.context, 'box', `/bin/${applet}`);
  for (const path of ['/usr', '/usr/bin', '/tmp/case', '/tmp/case/work']) guest.vfs.mkdir(guest.context, path, 0o755);
  return guest;
}

async function run(name: string): Promise<Result> {
  const guest = world();
  guest.file('/tmp/case/case.sh', readFileSync(`${folder}${name}.sh`));
  try {
    const { stdout, stderr, status } = await guest.run(['/bin/sh', '../case.sh'], {
      cwd: '/tmp/case/work',
      env: ['PATH=/bin', 'HOME=/root', 'LC_ALL=C'],
    });
    return { stdout, stderr, status: (status & 0x7f) === 0 ? status >> 8 : 128 + (status & 0x7f) };
  } finally {
    guest.kernel.shutdown();
  }
}

describe('the guest shell prints what dash prints', () => {
  beforeAll(async () => {
    await run('snippets/list-status'); // the modules are compiled once
  }, 60_000);
  for (const name of caseNames())
    test(name, async () => {
      expect(await run(name)).toEqual(recorded(name));
    });
});
