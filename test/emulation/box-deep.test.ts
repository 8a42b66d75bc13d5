/** Trees that are deeper than a path is long (PATH_MAX), and than a stack would bear recursion. */
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bin, GuestWorld } from './guest-world.ts';

const LEVELS = 5000;
let world: GuestWorld;

beforeEach(() => {
  world = new GuestWorld();
  world.install('sh');
  world.install('box');
  for (const name of readFileSync(`${bin}applets.txt`, 'utf8').split('\n').filter(Boolean))
    world.vfs.symlink(world.context, 'box', `/bin/${name}`);
  let { context } = world;
  for (let level = 0; level < LEVELS; level++) {
    world.vfs.mkdir(context, 'd', 0o755);
    context = { ...context, cwd: world.vfs.resolve(context, 'd') };
  }
  world.vfs.mkdir(context, 'leaf', 0o755);
});
afterEach(() => world.kernel.shutdown());

describe(`a tree of ${LEVELS} levels`, () => {
  it.each([
    ['find', 'find d | wc -l; find d -type d -name leaf -printf "%d\\n"', `${LEVELS + 1}\n${LEVELS}\n`],
    ['find -delete', 'find d -delete; ls -d d 2>&1', "ls: cannot access 'd': No such file or directory\n"],
    ['du', 'du d | wc -l; du -s d', `${LEVELS + 1}\n${4 * (LEVELS + 1)}\td\n`],
    ['chmod', 'chmod -R 700 d; find d -perm 700 | wc -l', `${LEVELS + 1}\n`],
    ['chown', 'chown -R 5:6 d; find d -user 5 -group 6 | wc -l', `${LEVELS + 1}\n`],
    ['ls', 'ls -R d | tail -n 2 | tail -c 9', '/d/leaf:\n'],
    ['rm', 'rm -r d; ls -d d 2>&1', "ls: cannot access 'd': No such file or directory\n"],
    ['cp and diff', 'cp -r d e; find e | wc -l; diff -r d e; echo $?', `${LEVELS + 1}\n0\n`],
    ['grep', 'grep -r word d; echo $?', '1\n'],
    ['mkdir', `mkdir -p $(find d | tail -n 1)/more; find d | wc -l`, `${LEVELS + 2}\n`],
    ['tar', 'tar -c d | tar -t | wc -l', `${LEVELS + 1}\n`],
  ])('%s', async (_name, script, expected) => {
    const { stdout, stderr } = await world.run(['sh', '-c', script]);
    expect(stderr.slice(-1000)).toBe('');
    expect(stdout).toBe(expected);
  });
});
