import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { cgroupsOf, processesOf } from '../helpers/leftovers.ts';
import { subject } from '../helpers/subject.ts';
import { anyUserTest, test } from '../helpers/test.ts';

describe('runtime.md#delete', () => {
  test('delete of a stopped container removes what create made, and the id is free', async ({ box }) => {
    const bundle = await box.started('true');
    await box.until(bundle.id, 'stopped');
    await box.ok(['delete', bundle.id]);
    expect(box.ids()).toEqual([]);
    expect(cgroupsOf(bundle.id)).toEqual([]);
    expect((await box.runBundle(bundle)).code).toBe(0);
  });

  test('delete leaves bundle and rootfs alone', async ({ box }) => {
    const bundle = await box.started('echo kept > /kept');
    await box.until(bundle.id, 'stopped');
    await box.ok(['delete', bundle.id]);
    expect(existsSync(join(bundle.rootfs, 'kept'))).toBe(true);
    expect(existsSync(join(bundle.path, 'config.json'))).toBe(true);
  });

  test('delete of a running container is an error and has no effect', async ({ box }) => {
    const bundle = await box.started();
    const before = await box.state(bundle.id);
    const failure = await box.fails(['delete', bundle.id]);
    expect(failure.code).toBe(1);
    expect(failure.msg).toContain(`cannot delete container ${bundle.id} that is not stopped: running`);
    expect(await box.state(bundle.id)).toEqual(before);
  });

  test('delete of a paused container is an error; with --force it is removed', async ({ box }) => {
    const bundle = await box.started();
    await box.ok(['pause', bundle.id]);
    expect((await box.fails(['delete', bundle.id])).msg).toContain('that is not stopped: paused');
    await box.ok(['delete', '--force', bundle.id]);
    expect(processesOf(box.token)).toEqual([]);
  });

  test('delete of a created container works, because containerd relies on it', async ({ box }) => {
    const bundle = await box.create('sleep 100');
    await box.ok(['delete', bundle.id]);
    expect(processesOf(box.token)).toEqual([]);
    expect(box.ids()).toEqual([]);
  });

  test.runIf(subject.ours)('under --strict delete of a created container is refused, as the specification says', async ({ box }) => {
    const bundle = await box.create('sleep 100');
    const failure = await box.fails(['--strict', 'delete', bundle.id]);
    expect(failure.msg).toContain('that is not stopped: created');
    expect(await box.state(bundle.id)).toMatchObject({ status: 'created' });
  });

  test('delete --force ends a running container', async ({ box }) => {
    const bundle = await box.started('trap "" TERM; while :; do sleep 1; done');
    await box.ok(['delete', '--force', bundle.id]);
    expect(processesOf(box.token)).toEqual([]);
    expect(cgroupsOf(bundle.id)).toEqual([]);
  });

  anyUserTest('delete --force of an unknown id succeeds and says nothing', async ({ box }) => {
    expect(await box.tsrun(['delete', '--force', 'nobody'])).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(await box.tsrun(['delete', '-f', 'nobody'])).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  anyUserTest('delete of an unknown id is an error', async ({ box }) => {
    expect((await box.fails(['delete', 'nobody'])).msg).toMatch(/container does not exist/);
  });

  anyUserTest('delete without an id is an error', async ({ box }) => {
    expect((await box.tsrun(['delete'])).code).toBe(1);
  });
});
