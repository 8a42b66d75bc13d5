import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { identityOf, isAlive } from './identity.ts';
import { readStatus, statusIn, writeStatus } from './status-file.ts';

const dir = mkdtempSync(join(tmpdir(), 'tsrun-unit-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

test('what a living process says holds', () => {
  writeStatus(dir, { supervisor: identityOf(process.pid), status: 'paused' });
  expect(statusIn(dir)).toEqual({ status: 'paused', pid: process.pid });
});

test('what a process that is gone said last is worth nothing, but for how the container ended', async () => {
  const child = spawn('sleep', ['100'], { stdio: 'ignore' });
  const supervisor = identityOf(child.pid ?? 0);
  expect(isAlive(supervisor)).toBe(true);
  writeStatus(dir, { supervisor, status: 'running' });
  expect(statusIn(dir)).toEqual({ status: 'running', pid: child.pid });
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(statusIn(dir)).toEqual({ status: 'stopped' });
  writeStatus(dir, { supervisor, status: 'stopped', exit: { code: 7 } });
  expect(statusIn(dir)).toEqual({ status: 'stopped', exit: { code: 7 } });
});

test('a later process with the same pid is another', () => {
  expect(isAlive({ pid: process.pid, startTime: '1' })).toBe(false);
});

test('a zombie runs no more', async () => {
  // sh goes on without waiting for its child.
  const parent = spawn('sh', ['-c', 'sleep 0 & echo $!; exec sleep 100'], { stdio: ['ignore', 'pipe', 'ignore'] });
  const [line] = (await once(parent.stdout, 'data')) as [Buffer];
  const pid = Number(line.toString());
  await expect.poll(() => isAlive(identityOf(pid))).toBe(false);
  parent.kill('SIGKILL');
});

test('no file, or a damaged one, is a stopped container', () => {
  writeFileSync(join(dir, 'status.json'), '{"supervisor":');
  expect(readStatus(dir)).toBeUndefined();
  expect(statusIn(dir)).toEqual({ status: 'stopped' });
  expect(statusIn(join(dir, 'absent'))).toEqual({ status: 'stopped' });
});
