/** Addresses of sockets are short (108 bytes on Linux, 104 on macOS); directories need not be. */
import { mkdirSync } from 'node:fs';
import { expect } from 'vitest';
import { Box } from '../helpers/box.ts';
import { test } from '../helpers/test.ts';

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
