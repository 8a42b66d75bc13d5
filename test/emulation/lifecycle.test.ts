/** The lifecycle of emulated containers, every step from an operating system process of its own. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect } from 'vitest';
import { poll } from '../helpers/process.ts';
import { processesOf } from '../helpers/leftovers.ts';
import { test } from '../helpers/test.ts';

const WAIT = 'while :; do sleep 0.05; done';
const isThere = (pid: number): boolean => existsSync(`/proc/${pid}`) && !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));

describe('from create to delete', () => {
  test('a created container is one process of the host, and nothing in it has run', async ({ box }) => {
    const bundle = await box.create('echo ran > /marker; sleep 100');
    const state = await box.state(bundle.id);
    expect(state).toMatchObject({ status: 'created', bundle: bundle.path, backend: 'emulation' });
    expect(processesOf(bundle.id)).toEqual([state.pid]);
    await box.ok(['start', bundle.id]);
    expect(await box.state(bundle.id)).toMatchObject({ status: 'running', pid: state.pid });
    await poll('the program to run', async () => (await box.exec(bundle.id, 'cat /marker')).stdout === 'ran\n');
    expect(existsSync(`${bundle.rootfs}/marker`)).toBe(false);
  });

  test('how it ended is kept until it is deleted', async ({ box }) => {
    const bundle = await box.started('exit 7');
    await box.until(bundle.id, 'stopped');
    expect(await box.state(bundle.id)).toMatchObject({ status: 'stopped', pid: 0, exitCode: 7 });
    await poll('its process to end', () => processesOf(bundle.id).length === 0);
    await box.ok(['delete', bundle.id]);
    expect((await box.fails(['state', bundle.id])).msg).toBe('container does not exist');
  });

  test('the exit status of its process is that of the container, for who waits for it', async ({ box }) => {
    const bundle = box.bundle('exit 9');
    // sh adopts nothing, but it is the parent of what it starts in the background.
    const file = box.path('pid');
    await box.ok(['run', '-d', '--pid-file', file, '--bundle', bundle.path, bundle.id]);
    await box.until(bundle.id, 'stopped');
    expect(await box.state(bundle.id)).toMatchObject({ exitCode: 9 });
  });

  test('a program that cannot be executed fails create and leaves nothing', async ({ box }) => {
    const failure = await box.runFails('', { '/process/args': ['/no/such'] });
    expect(failure).toMatchObject({ errorCode: 'EXEC_FAILED', pointer: '/process/args' });
    expect(failure.msg).toContain('exec: "/no/such": stat /no/such: no such file or directory');
    const created = await box.fails(['create', '--bundle', failure.bundle.path, failure.bundle.id]);
    expect(created.msg).toContain('exec: "/no/such": stat /no/such: no such file or directory');
    expect(box.ids()).toEqual([]);
  });

  test('an ELF program is named as what it is', async ({ box }) => {
    const bundle = box.bundle('');
    const { copyFileSync } = await import('node:fs');
    copyFileSync(process.execPath, `${bundle.rootfs}/bin/elf`);
    box.file(
      `${bundle.path.slice(box.dir.length + 1)}/config.json`,
      readFileSync(`${bundle.path}/config.json`, 'utf8').replace('"/bin/sh"', '"/bin/elf"'),
    );
    const { msg } = await box.fails(['create', '--bundle', bundle.path, bundle.id]);
    expect(msg).toContain(
      'exec format error: /bin/elf is an x86-64 ELF program; the emulation backend runs WASI modules; use --backend linux or a WASI build',
    );
  });
});

describe('signals', () => {
  test('a trap takes TERM, KILL is not asked for', async ({ box }) => {
    const bundle = await box.started(`trap 'exit 3' TERM; ${WAIT}`);
    await box.ok(['kill', bundle.id, 'TERM']);
    await box.until(bundle.id, 'stopped');
    expect(await box.state(bundle.id)).toMatchObject({ exitCode: 3 });
    const other = await box.started(`trap '' TERM; ${WAIT}`);
    await box.ok(['kill', other.id, 'TERM']);
    expect(await box.state(other.id)).toMatchObject({ status: 'running' });
    await box.ok(['kill', other.id, 'KILL']);
    await box.until(other.id, 'stopped');
    expect(await box.state(other.id)).toMatchObject({ exitCode: 137 });
  });

  test('a signal to the process on the host is one to the container', async ({ box }) => {
    const bundle = await box.started(`trap 'exit 4' USR2; ${WAIT}`);
    process.kill(await box.pid(bundle.id), 'SIGUSR2');
    await box.until(bundle.id, 'stopped');
    expect(await box.state(bundle.id)).toMatchObject({ exitCode: 4 });
  });

  test('a process that computes without end is killed within a second', async ({ box }) => {
    const bundle = await box.started('while :; do :; done');
    const before = Date.now();
    await box.ok(['kill', bundle.id, 'KILL']);
    await box.until(bundle.id, 'stopped');
    expect(Date.now() - before).toBeLessThan(2000); // two more commands are in it
  });

  test('a signal relayed by run decides its exit code', async ({ box }) => {
    const bundle = box.bundle(`echo ready; ${WAIT}`);
    const child = box.background(['run', '--bundle', bundle.path, bundle.id]);
    let said = '';
    child.stdout?.on('data', (text: Buffer) => (said += text.toString()));
    await poll('the program to run', () => said.includes('ready'));
    const ended = new Promise((resolve) => child.once('exit', (code) => resolve(code)));
    await box.ok(['kill', bundle.id, 'KILL']);
    expect(await ended).toBe(137);
  });
});

describe('exec', () => {
  test('gives the exit code, the streams and the environment of its process', async ({ box }) => {
    const bundle = await box.started(WAIT);
    const result = await box.exec(bundle.id, 'cat; echo $A >&2; pwd; id -u; exit 6', ['-e', 'A=b', '--cwd', '/tmp', '-u', '1000:1000'], {
      stdin: 'in\n',
    });
    expect(result).toMatchObject({ code: 6, stdout: 'in\n/tmp\n1000\n', stderr: 'b\n' });
  });

  test('a detached one has a process of the host that stands for it', async ({ box }) => {
    const bundle = await box.started(WAIT);
    const file = box.path('exec-pid');
    await box.ok(['exec', '--detach', '--pid-file', file, bundle.id, 'sh', '-c', `trap 'echo got > /signal; exit 1' TERM; ${WAIT}`]);
    const pid = Number(readFileSync(file, 'utf8'));
    expect(isThere(pid)).toBe(true);
    process.kill(pid, 'SIGTERM');
    await poll('the stand-in to end', () => !isThere(pid));
    expect((await box.exec(bundle.id, 'cat /signal')).stdout).toBe('got\n');
  });

  test('SIGKILL of the stand-in kills the process', async ({ box }) => {
    const bundle = await box.started('exec sleep 100');
    const file = box.path('exec-pid');
    await box.ok(['exec', '--detach', '--pid-file', file, bundle.id, 'sleep', '50']);
    expect(await containerPids(box, bundle.id)).toHaveLength(2);
    process.kill(Number(readFileSync(file, 'utf8')), 'SIGKILL');
    await poll('the process to end', async () => (await containerPids(box, bundle.id)).length === 1);
  });

  test('a program that is not there fails with 255, detached too', async ({ box }) => {
    const bundle = await box.started(WAIT);
    for (const flags of [[], ['--detach']]) {
      const failure = await box.fails(['exec', ...flags, bundle.id, 'nosuch']); // oxlint-disable-line no-await-in-loop
      expect(failure.code).toBe(255);
      expect(failure.msg).toContain('exec failed: unable to start container process: exec: "nosuch": executable file not found in $PATH');
    }
  });
});

async function containerPids(box: { ok(args: readonly string[]): Promise<{ stdout: string }> }, id: string): Promise<readonly number[]> {
  const script = (await box.ok(['ps', '--format', 'json', id])).stdout;
  return ((JSON.parse(script) as number[] | null) ?? []).filter((pid) => pid > 0);
}

describe('pause, update, ps and events', () => {
  test('a paused container does nothing until it is resumed', async ({ box }) => {
    const bundle = await box.started('n=0; while :; do n=$((n+1)); echo $n > /count; sleep 0.01; done');
    await box.ok(['pause', bundle.id]);
    expect(await box.state(bundle.id)).toMatchObject({ status: 'paused' });
    expect((await box.fails(['exec', bundle.id, 'true'])).msg).toContain('cannot exec in a paused container');
    await box.ok(['resume', bundle.id]);
    const first = Number((await box.exec(bundle.id, 'cat /count')).stdout);
    await poll('it to go on', async () => Number((await box.exec(bundle.id, 'cat /count')).stdout) > first);
    await box.ok(['pause', bundle.id]);
    await box.ok(['delete', '--force', bundle.id]);
  });

  test('limits are changed while it runs', async ({ box }) => {
    const bundle = await box.started(WAIT, { '/linux/resources/pids': { limit: 50 } });
    await box.ok(['update', '--memory', '64M', '--pids-limit', '7', bundle.id]);
    const stats = JSON.parse((await box.ok(['events', '--stats', bundle.id])).stdout) as { data: Record<string, unknown> };
    expect(stats.data).toMatchObject({ pids: { limit: 7 }, memory: { usage: { limit: 64 << 20 } } });
    const failure = await box.fails(['update', '--cpu-share', '5', bundle.id]);
    expect(failure).toMatchObject({ errorCode: 'CONFIG_UNSUPPORTED', pointer: '/linux/resources/cpu/shares' });
  });

  test('ps shows the processes of the container as it sees them', async ({ box }) => {
    const bundle = await box.started('sleep 100 & wait');
    await poll('two processes', async () => (await containerPids(box, bundle.id)).length === 2);
    const table = (await box.ok(['ps', bundle.id])).stdout;
    expect(table).toMatch(/^UID +PID +PPID +STAT +TIME +CMD\n/);
    expect(table).toMatch(/\n0 +\d+ +1 +S +00:00:00 +sleep 100\n/);
  });

  test('events tell of a process that was too big', async ({ box }) => {
    const bundle = await box.create('x=xxxxxxxx; while :; do x=$x$x; done', { '/linux/resources/memory': { limit: 8 << 20 } });
    const child = box.background(['events', '--interval', '100ms', bundle.id]);
    let said = '';
    child.stdout?.on('data', (text: Buffer) => (said += text.toString()));
    await poll('statistics', () => said.includes('"type":"stats"'));
    await box.ok(['start', bundle.id]);
    await box.until(bundle.id, 'stopped');
    await poll('the event', () => said.includes('"type":"oom"'));
    expect(await box.state(bundle.id)).toMatchObject({ exitCode: 137 });
  });
});
