// How a test of a program in a container looks with node:test: `node --test test/emulation/examples/node-test.example.mjs`.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Container, runContainer } from 'tsrun';

test('a script counts lines', async () => {
  const { exit, stdout } = await runContainer({ args: ['wc', '-l'] }, { stdin: 'a\nb\n' });
  assert.deepEqual(exit, { code: 0 });
  assert.equal(stdout.trim(), '2');
});

test('two processes share a container', async () => {
  const container = await Container.create({ args: ['sleep', '100'] });
  try {
    await container.start();
    await container.output(['sh', '-c', 'echo shared > /tmp/file']);
    assert.equal(container.fs.readText('/tmp/file'), 'shared\n');
  } finally {
    await container.delete({ force: true });
  }
});
