/** The example for node:test holds too. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

test('node --test runs the example', () => {
  const example = fileURLToPath(new URL('node-test.example.mjs', import.meta.url));
  // Without vitest's own variables: node:test reports to its parent when it finds some.
  const { status, stdout } = spawnSync(process.execPath, ['--test', example], { encoding: 'utf8', env: { PATH: process.env['PATH'] } });
  expect({ status, passed: /^# pass 2$/m.test(stdout) || /^ℹ pass 2$/m.test(stdout) }).toEqual({ status: 0, passed: true });
});
