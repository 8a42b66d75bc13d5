import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { anyUserTest, test } from '../helpers/test.ts';
import { poll, sleep } from '../helpers/process.ts';
import { subject } from '../helpers/subject.ts';

describe('runtime.md#start', () => {
  anyUserTest('start of an unknown id is an error', async ({ box }) => {
    const failure = await box.fails(['start', 'nobody']);
    expect(failure).toMatchObject({ code: 1 });
    expect(failure.msg).toMatch(/container does not exist/);
  });

  anyUserTest('start without an id is an error', async ({ box }) => {
    expect((await box.tsrun(['start'])).code).toBe(1);
  });

  test('start of a running container is an error and has no effect', async ({ box }) => {
    const bundle = await box.started('echo run >> /count; exec sleep 100');
    const before = await box.state(bundle.id);
    const failure = await box.fails(['start', bundle.id]);
    expect(failure.msg).toMatch(/cannot start an already running container/);
    expect(await box.state(bundle.id)).toEqual(before);
    expect(readFileSync(join(bundle.rootfs, 'count'), 'utf8')).toBe('run\n');
  });

  test('start of a stopped container is an error and has no effect', async ({ box }) => {
    const bundle = await box.started('echo run >> /count');
    await box.until(bundle.id, 'stopped');
    expect((await box.fails(['start', bundle.id])).msg).toMatch(/cannot start a container that has stopped/);
    expect(await box.state(bundle.id)).toMatchObject({ status: 'stopped' });
    expect(readFileSync(join(bundle.rootfs, 'count'), 'utf8')).toBe('run\n');
  });

  test('a program cannot pass for one that waits for start, even where a killed start left no trace', async ({ box }) => {
    const bundle = await box.create('printf %s tsrun:init > /proc/self/comm; echo run >> /count; while :; do sleep 1; done');
    const file = join(box.root, bundle.id, 'state.json');
    const created = subject.ours ? readFileSync(file) : '';
    expect(await box.state(bundle.id)).toMatchObject({ status: 'created' });
    await box.ok(['start', bundle.id]);
    const pid = await box.pid(bundle.id);
    // An emulated program has no process of its own on the host, whose name it could take.
    if (subject.name === 'linux') await poll('the new name', () => readFileSync(`/proc/${pid}/comm`, 'utf8') === 'tsrun:init\n');
    if (subject.ours) writeFileSync(file, created);
    expect(await box.state(bundle.id)).toMatchObject({ status: 'running' });
    expect((await box.fails(['start', bundle.id])).msg).toMatch(/cannot start an already running container/);
  });

  test('start of a paused container is an error and has no effect', async ({ box }) => {
    const bundle = await box.started();
    await box.ok(['pause', bundle.id]);
    expect((await box.fails(['start', bundle.id])).msg).toMatch(/cannot start a container in the paused state/);
    expect(await box.state(bundle.id)).toMatchObject({ status: 'paused' });
  });

  test('of many concurrent starts exactly one succeeds', async ({ box }) => {
    const bundle = await box.create('echo run >> /count; exec sleep 100');
    const results = await Promise.all([1, 2, 3, 4].map(async () => await box.tsrun(['start', bundle.id])));
    expect(results.map((result) => result.code).toSorted((a, b) => a - b)).toEqual([0, 1, 1, 1]);
    await sleep(100);
    expect(readFileSync(join(bundle.rootfs, 'count'), 'utf8')).toBe('run\n');
  });

  test('a config without process can be created but not started', async ({ box }) => {
    const bundle = box.bundle('true', { '/process': undefined });
    await box.ok(['create', '--bundle', bundle.path, bundle.id]);
    expect(await box.state(bundle.id)).toMatchObject({ status: 'created' });
    const failure = await box.fails(['start', bundle.id]);
    expect(failure.msg).toMatch(/process/);
  });
});
