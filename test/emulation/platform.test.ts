/** On a system without /proc and without cgroups the emulation works whole, and nothing looks for what only Linux has. */
import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { Box } from '../helpers/box.ts';
import { repository } from '../helpers/host.ts';
import { poll } from '../helpers/process.ts';
import { test } from '../helpers/test.ts';

const program = process.env['TSRUN_UNDER_TEST']?.endsWith('.js') ? process.env['TSRUN_UNDER_TEST'] : `${repository}/dist/cli.js`;

test('a life from create to delete, with exec, signals, statistics and an end by force', async ({ box }) => {
  const preload = box.path('other-system.mjs');
  copyFileSync(new URL('other-system.mjs', import.meta.url), preload);
  // No --backend: this system leaves one choice.
  const mac = new Box({
    template: box.dir,
    subject: { name: 'emulation', ours: true, command: [process.execPath, '--import', preload, program] },
  });
  try {
    const bundle = box.bundle(`trap 'exit 3' TERM; while :; do sleep 0.05; done`, { '/process/args/0': 'sh' });
    const id = mac.newId();
    await mac.ok(['create', '--bundle', bundle.path, id]);
    expect(await mac.state(id)).toMatchObject({ status: 'created', backend: 'emulation' });
    await mac.ok(['start', id]);
    expect(await mac.exec(id, 'cat; exit 4', [], { stdin: 'typed' })).toMatchObject({ code: 4, stdout: 'typed' });
    await mac.ok(['pause', id]);
    await mac.ok(['resume', id]);
    expect((await mac.ok(['ps', id])).stdout).toContain('sh -c trap');
    expect((await mac.ok(['events', '--stats', id])).stdout).toContain('"pids"');
    await mac.ok(['kill', id, 'TERM']);
    await mac.until(id, 'stopped');
    expect(await mac.state(id)).toMatchObject({ exitCode: 3 });
    await mac.ok(['delete', id]);

    const other = mac.newId();
    await mac.ok(['run', '--detach', '--bundle', bundle.path, other]);
    const pid = await mac.pid(other);
    process.kill(pid, 'SIGSTOP');
    await mac.ok(['delete', '--force', other]);
    await poll('its process to end', () => !existsSync(`/proc/${pid}`));
  } finally {
    await mac.close();
  }
  expect(existsSync(box.path('touched.txt')) ? readFileSync(box.path('touched.txt'), 'utf8') : '').toBe('');
});

test('a state directory deeper than a socket address is long', async ({ box }) => {
  const deep = new Box({ template: box.dir, globals: ['--root', box.path('x'.repeat(90), 'state')] });
  mkdirSync(box.path('x'.repeat(90)));
  try {
    const bundle = box.bundle('exec sleep 100');
    const id = deep.newId();
    await deep.ok(['run', '--detach', '--bundle', bundle.path, id]);
    expect((await deep.exec(id, 'echo in')).stdout).toBe('in\n');
    await deep.ok(['delete', '--force', id]);
  } finally {
    await deep.close();
  }
});
