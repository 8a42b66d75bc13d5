import { describe, expect } from 'vitest';
import { anyUserTest, test } from '../helpers/test.ts';

describe('runtime.md#state', () => {
  test('a created container has every required property', async ({ box }) => {
    const bundle = await box.create('sleep 100', { '/annotations': { 'org.example.key': 'value' } });
    const state = await box.state(bundle.id);
    expect(state).toMatchObject({ id: bundle.id, status: 'created', bundle: bundle.path, annotations: { 'org.example.key': 'value' } });
    expect(state['ociVersion']).toMatch(/^1\.\d+\.\d+/);
    expect(state['pid']).toBeGreaterThan(1);
    process.kill(Number(state['pid']), 0);
  });

  test('status goes created, running, stopped, and pid is that of the program', async ({ box }) => {
    const bundle = await box.create('exec sleep 100');
    const created = await box.state(bundle.id);
    await box.ok(['start', bundle.id]);
    const running = await box.state(bundle.id);
    expect(running).toMatchObject({ status: 'running', pid: created['pid'] });
    await box.ok(['kill', bundle.id, 'KILL']);
    await box.until(bundle.id, 'stopped');
    expect((await box.state(bundle.id))['pid'] ?? 0).toBe(0);
  });

  test('a paused container says so', async ({ box }) => {
    const bundle = await box.started();
    await box.ok(['pause', bundle.id]);
    expect(await box.state(bundle.id)).toMatchObject({ status: 'paused' });
    await box.ok(['resume', bundle.id]);
    expect(await box.state(bundle.id)).toMatchObject({ status: 'running' });
  });

  test('the fields that engines read are there: rootfs, created, owner', async ({ box }) => {
    const bundle = await box.create('true');
    const state = await box.state(bundle.id);
    expect(state['rootfs']).toBe(bundle.rootfs);
    expect(state).toHaveProperty('owner');
    expect(String(state['created'])).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);
    expect(Math.abs(Date.parse(String(state['created'])) - Date.now())).toBeLessThan(10_000);
  });

  test('bundle is absolute although --bundle was relative', async ({ box }) => {
    const bundle = box.bundle('true');
    await box.ok(['create', '--bundle', `./${bundle.path.split('/').at(-1)}`, bundle.id], { cwd: box.dir });
    expect(await box.state(bundle.id)).toMatchObject({ bundle: bundle.path });
  });

  test('the bundle defaults to the current directory', async ({ box }) => {
    const bundle = box.bundle('true');
    await box.ok(['create', bundle.id], { cwd: bundle.path });
    expect(await box.state(bundle.id)).toMatchObject({ bundle: bundle.path });
  });
});

describe('runtime.md#query-state', () => {
  anyUserTest('state of an unknown id is an error in the words engines match', async ({ box }) => {
    const failure = await box.fails(['state', 'nobody']);
    expect(failure).toMatchObject({ code: 1, stdout: '' });
    expect(failure.msg).toMatch(/container does not exist/);
  });

  anyUserTest('state without an id is an error', async ({ box }) => {
    expect((await box.tsrun(['state'])).code).toBe(1);
  });
});
