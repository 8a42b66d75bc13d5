import { readFileSync } from 'node:fs';
import { describe, expect } from 'vitest';
import { cgroupsOf } from '../helpers/leftovers.ts';
import { poll } from '../helpers/process.ts';
import { test } from '../helpers/test.ts';

describe('oci-checklist §2.4: exit codes of a foreground run', () => {
  test('the exit code of the program is that of run', async ({ box }) => {
    expect((await box.run('exit 42')).code).toBe(42);
  });

  test('death by a signal gives 128 and the signal', async ({ box }) => {
    expect((await box.run('kill -KILL $$', { '/linux/namespaces/0': undefined })).code).toBe(137);
  });

  test('stdin, stdout and stderr are those of the caller', async ({ box }) => {
    const result = await box.run('cat; echo err >&2', {}, { stdin: 'input' });
    expect(result).toMatchObject({ code: 0, stdout: 'input', stderr: 'err\n' });
  });

  test('the container is deleted at the end', async ({ box }) => {
    const result = await box.run('true');
    expect(box.ids()).toEqual([]);
    expect(cgroupsOf(result.id)).toEqual([]);
  });

  test('--keep leaves it stopped', async ({ box }) => {
    const result = await box.run('exit 3', {}, { flags: ['--keep'] });
    expect(result.code).toBe(3);
    expect(await box.state(result.id)).toMatchObject({ status: 'stopped' });
  });

  test('--detach returns with the container running', async ({ box }) => {
    const bundle = box.bundle('exec sleep 100');
    const file = box.path('pid');
    await box.ok(['run', '--detach', '--pid-file', file, '--bundle', bundle.path, bundle.id]);
    const state = await box.state(bundle.id);
    expect(state).toMatchObject({ status: 'running' });
    expect(readFileSync(file, 'utf8').trim()).toBe(String(state['pid']));
  });

  for (const [signal, number] of [
    ['SIGTERM', 15],
    ['SIGINT', 2],
    ['SIGHUP', 1],
    ['SIGUSR1', 10],
  ] as const) {
    test(`${signal} to a foreground run is relayed to the program`, async ({ box }) => {
      const bundle = box.bundle(`trap 'exit ${number}' ${number}; echo ready; while :; do sleep 0.02; done`);
      const child = box.background(['run', '--bundle', bundle.path, bundle.id]);
      let out = '';
      child.stdout?.on('data', (data: Buffer) => (out += data.toString()));
      await poll('the trap', () => out.includes('ready'));
      child.kill(signal);
      await poll('the end of run', () => child.exitCode !== null || child.signalCode !== null);
      expect(child.exitCode).toBe(number);
      expect(box.ids()).toEqual([]);
    });
  }

  test('a run that fails leaves nothing and exits with 1', async ({ box }) => {
    const failure = await box.runFails('true', { '/process/args/0': '/nope' });
    expect(failure.code).toBe(1);
    expect(box.ids()).toEqual([]);
    expect(cgroupsOf(failure.bundle.id)).toEqual([]);
  });

  test('orphans of the container do not outlive it', async ({ box }) => {
    const result = await box.run('(sleep 1000 >/dev/null 2>&1 </dev/null &) ; exit 5');
    expect(result.code).toBe(5);
  });

  test('--no-pivot runs too', async ({ box }) => {
    expect((await box.run('cat /etc/marker; ls / | grep -c oldroot', {}, { flags: ['--no-pivot'] })).stdout).toBe('container\n0\n');
  });

  test('--no-new-keyring runs too', async ({ box }) => {
    expect((await box.run('echo ok', {}, { flags: ['--no-new-keyring'] })).stdout).toBe('ok\n');
  });
});
