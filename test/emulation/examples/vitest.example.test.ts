/** How a test of a program in a container looks in vitest. */
import { Container, runContainer } from 'tsrun';
import { temporaryBundle } from 'tsrun/testing';
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

test('a script sorts its input', async () => {
  const { exit, stdout } = await runContainer({ args: ['sh', '/script'], files: { '/script': 'sort -n' } }, { stdin: '10\n9\n' });
  expect({ exit, stdout }).toEqual({ exit: { code: 0 }, stdout: '9\n10\n' });
});

test('a service cleans up when it is told to end', async () => {
  const service = '#!/bin/sh\ntrap "rm /run/service; exit 0" TERM\necho up > /run/service\nwhile :; do sleep 1; done\n';
  await using container = await Container.create({ args: ['/service'], files: { '/service': service } });
  await container.start();
  await expect.poll(() => container.fs.exists('/run/service')).toBe(true);
  container.kill('TERM');
  expect(await container.wait()).toEqual({ code: 0 });
  expect(container.fs.exists('/run/service')).toBe(false);
});

test('the command line runs a bundle that is gone afterwards', () => {
  using bundle = temporaryBundle({ args: ['cat', '/etc/motd'], files: { '/etc/motd': 'hello\n' } });
  const tsrun = fileURLToPath(new URL('../../../dist/cli.js', import.meta.url));
  const command = [tsrun, '--root', `${bundle.path}/state`, '--backend', 'emulation', 'run', '--bundle', bundle.path, 'example'];
  expect(execFileSync(process.execPath, command, { encoding: 'utf8' })).toBe('hello\n');
});
