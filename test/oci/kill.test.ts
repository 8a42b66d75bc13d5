import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { poll } from '../helpers/process.ts';
import type { Box } from '../helpers/box.ts';
import { processesOf } from '../helpers/leftovers.ts';
import { anyUserTest, test } from '../helpers/test.ts';

const catches = (signal: string): string => `trap 'echo got > /got; exit 0' ${signal}; echo ready > /ready; while :; do sleep 0.05; done`;
const pids = async (box: Box, id: string): Promise<readonly number[]> =>
  JSON.parse((await box.ok(['ps', '--format', 'json', id])).stdout) as readonly number[];
const readable = (path: string): string | undefined => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
};

describe('runtime.md#kill', () => {
  for (const [argument, signal] of [
    ['TERM', 'TERM'],
    ['SIGHUP', 'HUP'],
    ['sigusr1', 'USR1'],
    ['10', 'USR1'],
    ['37', '37'],
  ] as const) {
    test(`the argument ${argument} delivers ${signal} to the container's process`, async ({ box }) => {
      const bundle = await box.started(catches(signal));
      await poll('the trap', () => readable(join(bundle.rootfs, 'ready')));
      await box.ok(['kill', bundle.id, argument]);
      await poll('the signal', () => readable(join(bundle.rootfs, 'got')));
      await box.until(bundle.id, 'stopped');
    });
  }

  test('the default signal is TERM', async ({ box }) => {
    const bundle = await box.started(catches('TERM'));
    await poll('the trap', () => readable(join(bundle.rootfs, 'ready')));
    await box.ok(['kill', bundle.id]);
    await poll('the signal', () => readable(join(bundle.rootfs, 'got')));
  });

  test('kill of a created container works', async ({ box }) => {
    const bundle = await box.create('sleep 100');
    await box.ok(['kill', bundle.id, 'KILL']);
    await box.until(bundle.id, 'stopped');
  });

  test('kill of a stopped container is an error and has no effect', async ({ box }) => {
    const bundle = await box.started('true');
    await box.until(bundle.id, 'stopped');
    const failure = await box.fails(['kill', bundle.id, 'TERM']);
    expect(failure).toMatchObject({ code: 1 });
    expect(failure.msg).toMatch(/container not running/);
    expect(await box.state(bundle.id)).toMatchObject({ status: 'stopped' });
  });

  test('kill --all of a stopped container succeeds, as engines expect', async ({ box }) => {
    const bundle = await box.started('true');
    await box.until(bundle.id, 'stopped');
    await box.ok(['kill', '--all', bundle.id, '9']);
    await box.ok(['kill', '-a', bundle.id, 'KILL']);
  });

  anyUserTest('kill of an unknown id is an error', async ({ box }) => {
    expect((await box.fails(['kill', 'nobody', '9'])).msg).toMatch(/container does not exist/);
  });

  anyUserTest('kill without an id is an error', async ({ box }) => {
    expect((await box.tsrun(['kill'])).code).toBe(1);
  });

  for (const signal of ['BADSIG', '0x9', '-1', '99999', '9x', 'SIG']) {
    test(`the signal ${signal} is unknown`, async ({ box }) => {
      const bundle = await box.create('sleep 100');
      expect((await box.fails(['kill', bundle.id, '--', signal])).msg).toBe(`unknown signal "${signal}"`);
      expect(await box.state(bundle.id)).toMatchObject({ status: 'created' });
    });
  }

  test('without a pid namespace of its own, kill --all reaches every process', async ({ box }) => {
    const bundle = await box.started('sleep 101 & sleep 102 & wait', { '/linux/namespaces/0': undefined });
    await poll('three processes', async () => (await pids(box, bundle.id)).length === 3);
    await box.ok(['kill', '--all', bundle.id, '9']);
    await poll('no process', () => processesOf(box.token).length === 0);
  });

  test('without a pid namespace of its own, delete --force ends every process', async ({ box }) => {
    const bundle = await box.started('sleep 101 & sleep 102 & wait', { '/linux/namespaces/0': undefined });
    await poll('three processes', async () => (await pids(box, bundle.id)).length === 3);
    await box.ok(['delete', '--force', bundle.id]);
    expect(processesOf(box.token)).toEqual([]);
  });
});
