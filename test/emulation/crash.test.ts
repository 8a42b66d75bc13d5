/** kill -9 of the process that runs a container, or of the command that makes one, at any moment. */
import { readFileSync } from 'node:fs';
import { describe, expect } from 'vitest';
import { processesOf } from '../helpers/leftovers.ts';
import { poll, sleep } from '../helpers/process.ts';
import { test } from '../helpers/test.ts';

describe('SIGKILL of the supervisor', () => {
  for (const status of ['created', 'running', 'paused'] as const) {
    test(`of a ${status} container stops it; then it can be deleted`, async ({ box }) => {
      const bundle = status === 'created' ? await box.create('sleep 100') : await box.started('sleep 100');
      if (status === 'paused') await box.ok(['pause', bundle.id]);
      process.kill(await box.pid(bundle.id), 'SIGKILL');
      await box.until(bundle.id, 'stopped');
      expect((await box.fails(['exec', bundle.id, 'true'])).msg).toContain('cannot exec in a stopped container');
      expect((await box.fails(['kill', bundle.id, 'KILL'])).msg).toBe('container not running');
      await box.ok(['kill', '--all', bundle.id, 'KILL']);
      await box.ok(['delete', bundle.id]);
      expect([box.ids(), processesOf(bundle.id)]).toEqual([[], []]);
    });
  }

  test('ends what was exec’d in it, and who waits is told', async ({ box }) => {
    const bundle = await box.started('sleep 100');
    const running = box.exec(bundle.id, 'echo up; sleep 100');
    await poll('the exec', async () => (JSON.parse((await box.ok(['ps', '-f', 'json', bundle.id])).stdout) as number[]).length > 1);
    process.kill(await box.pid(bundle.id), 'SIGKILL');
    expect((await running).code).toBe(255);
    await box.until(bundle.id, 'stopped');
  });

  test('one that is stopped and answers nobody is deleted by force', async ({ box }) => {
    const bundle = await box.started('sleep 100');
    process.kill(await box.pid(bundle.id), 'SIGSTOP');
    await box.ok(['delete', '--force', bundle.id]);
    expect([box.ids(), processesOf(bundle.id)]).toEqual([[], []]);
  });
});

test('a create that is killed at any moment leaves nothing that delete --force does not remove', async ({ box }) => {
  for (let point = 0; point < 12; point++) {
    const bundle = box.bundle('sleep 100');
    const child = box.background(['create', '--bundle', bundle.path, bundle.id], {});
    await sleep(point * 25); // oxlint-disable-line no-await-in-loop
    child.kill('SIGKILL');
    await box.ok(['delete', '--force', bundle.id]); // oxlint-disable-line no-await-in-loop
    expect(box.ids()).toEqual([]);
    // A supervisor that had not yet said who it is finds its creator gone, and ends.
    await poll('no process', () => processesOf(bundle.id).length === 0); // oxlint-disable-line no-await-in-loop
  }
});

test('SIGKILL of a foreground run ends the container with it', async ({ box }) => {
  const bundle = box.bundle('echo up; sleep 100');
  const child = box.background(['run', '--bundle', bundle.path, '--pid-file', box.path('pid'), bundle.id]);
  let said = '';
  child.stdout?.on('data', (text: Buffer) => (said += text.toString()));
  await poll('the program', () => said.includes('up'));
  expect(Number(readFileSync(box.path('pid'), 'utf8'))).toBe(child.pid);
  child.kill('SIGKILL');
  await box.until(bundle.id, 'stopped');
  await box.ok(['delete', bundle.id]);
});
