import { describe, expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
import { boxCases, CASE_FILES, transcript } from './box-cases.ts';
import { bin, GuestWorld } from './guest-world.ts';

const applets = readFileSync(`${bin}applets.txt`, 'utf8').split('\n').filter(Boolean);

/** A kernel with the shell and the tools, as guestTools() lays them out. */
function toolWorld(): GuestWorld {
  const world = new GuestWorld({ hostname: 'guest' });
  world.install('sh');
  world.install('box');
  for (const name of applets) world.vfs.symlink(world.context, 'box', `/bin/${name}`);
  world.vfs.mkdir(world.context, '/work', 0o755);
  return world;
}

async function shell(
  world: GuestWorld,
  script: string,
): Promise<{ readonly stdout: string; readonly status: number; readonly stderr: string }> {
  const environment = ['PATH=/bin', 'HOME=/root', 'LC_ALL=C', 'TZ=UTC', 'PWD=/work'];
  const { stdout, stderr, status } = await world.run(['sh', '-c', script], { cwd: '/work', env: environment });
  const code = (status & 0x7f) === 0 ? status >> 8 : 128 + (status & 0x7f);
  return { stdout, stderr, status: code };
}

describe.each(CASE_FILES)('the tools agree with what GNU prints: %s', (file) => {
  it.each(boxCases(file))('$name', async ({ script, expected }) => {
    const world = toolWorld();
    const { stdout, status, stderr } = await shell(world, script);
    world.kernel.shutdown();
    expect(transcript(stdout, status), stderr).toBe(expected);
  });
});

describe('the binary of all tools', () => {
  it('lists what applets.txt lists, sorted', async () => {
    const { stdout } = await shell(toolWorld(), 'box --list');
    expect(stdout.split('\n').filter(Boolean)).toEqual(applets);
    expect(applets).toEqual(applets.toSorted());
  });

  it('runs a tool by its first argument, and says which names are unknown', async () => {
    expect(await shell(toolWorld(), 'box echo a')).toMatchObject({ stdout: 'a\n', status: 0 });
    expect(await shell(toolWorld(), 'box nosuchtool')).toMatchObject({ status: 127, stderr: 'box: nosuchtool: no such tool\n' });
  });

  it('ends by SIGPIPE when its reader goes', async () => {
    expect(await shell(toolWorld(), '{ yes; echo $? >status; } | head -n 1; cat status')).toMatchObject({ stdout: 'y\n141\n' });
  });
});
