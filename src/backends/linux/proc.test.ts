import { spawn } from 'node:child_process';
import { expect, test } from 'vitest';
import { cgroupsOf, childrenOf, isAlive, parseProcCgroup, parseProcessStat, processIds, readProcessStat, startTimeOf } from './proc.ts';

const tail = 'S 7 1 1 0 -1 4194560 1 0 0 0 0 0 0 0 20 0 1 0 98765 1 1';

test.each(['sleep', 'a b', 'x) R 1 (', 'new\nline', '))'])('stat of a process called %j is read right', (comm) => {
  const stat = { pid: 42, comm, state: 'S', ppid: 7, exiting: false, executed: true, startTime: 98765 };
  expect(parseProcessStat(`42 (${comm}) ${tail}`)).toEqual(stat);
});

test('a stat that is cut off is no process', () => {
  expect(parseProcessStat('')).toBeUndefined();
  expect(parseProcessStat('42 (x) S 1')).toBeUndefined();
});

test('this process is alive with its start time, and dead with another', () => {
  const startTime = startTimeOf(process.pid);
  expect(isAlive(process.pid)).toBe(true);
  expect(isAlive(process.pid, startTime)).toBe(true);
  expect(isAlive(process.pid, startTime + 1)).toBe(false);
  expect(processIds(process.pid)).toEqual({ uid: process.getuid?.(), gid: process.getgid?.() });
});

test('pid 0, which an intent has, is dead', () => expect(isAlive(0, 0)).toBe(false));

test('a zombie is dead', async () => {
  // The shell execs a sleep that will never wait for the child it inherits.
  const parent = spawn('/bin/sh', ['-c', 'true & exec sleep 10'], { stdio: 'ignore' });
  const pid = parent.pid ?? 0;
  try {
    await expect.poll(() => childrenOf(pid).map((child) => readProcessStat(child)?.state)).toEqual(['Z']);
    expect(childrenOf(pid).map((child) => isAlive(child))).toEqual([false]);
  } finally {
    parent.kill('SIGKILL');
  }
});

test('a process that was only forked is told from one that has executed a program', async () => {
  // A subshell is a fork of the shell; `sleep` is executed.
  const parent = spawn('/bin/sh', ['-c', '(read line); exit'], { stdio: ['pipe', 'ignore', 'ignore'] });
  const pid = parent.pid ?? 0;
  try {
    await expect.poll(() => childrenOf(pid).length).toBe(1);
    expect(readProcessStat(pid)?.executed).toBe(true);
    expect(readProcessStat(childrenOf(pid)[0] ?? 0)?.executed).toBe(false);
  } finally {
    parent.kill('SIGKILL');
  }
});

test('a process that is gone has no start time: an error that says so', () => {
  expect(() => startTimeOf(2 ** 22 + 1)).toThrow(/no such process/);
});

test('cgroup paths may hold colons; v2 has the empty key', () => {
  expect([...parseProcCgroup('4:cpu,cpuacct:/a:b\n1:name=systemd:/\n0::/x\n')]).toEqual([
    ['cpu,cpuacct', '/a:b'],
    ['name=systemd', '/'],
    ['', '/x'],
  ]);
  expect(cgroupsOf('self')).toBeDefined();
});
