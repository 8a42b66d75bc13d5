import { describe, expect, it } from 'vitest';
import { run } from '../testing/run.ts';

describe('a plain preview1 program', () => {
  it('gets arguments, environment and standard streams', async () => {
    const outcome = await run('hello', { args: ['a b'], env: ['NAME=value'], stdin: 'line\n' });
    expect(outcome.stdout).toBe('arg 0: /bin/program\narg 1: a b\nNAME=value\nstdin: line\n');
    expect(outcome.stderr).toBe('to stderr\n');
    expect(outcome.status).toBe(0);
  });

  it('gives its exit status', async () => {
    expect((await run('hello', { args: ['fail'] })).status).toBe(7 << 8);
  });
});

describe('a program built with Asyncify', () => {
  const output = async (what: string): Promise<string> => (await run('processes', { args: [what] })).stdout;

  it('moves more than a pipe holds from a forked child to its parent', async () => {
    expect(await output('pipe')).toBe('read 200001 bytes, 0 wrong, child status 3\n');
  });

  it('forks deep in its stack; parent and child have their own memory', async () => {
    expect(await output('deep')).toBe('deep: 117\n');
  });

  it('executes a program in a vfork child, which shares the memory until then', async () => {
    expect(await output('vfork')).toBe('child: NAME=executed\nshared 2, child status 5\n');
  });

  it('goes on in the parent when a vfork child has to wait', async () => {
    expect(await output('vfork-blocks')).toBe('child status 42\n');
  });

  it('returns to a checkpoint as often as it is restored', async () => {
    expect(await output('setjmp')).toBe('value 3 after 4 times\n');
  });

  it.each([
    ['trap', 4],
    ['segv', 11],
    ['fpe', 8],
  ])('ends by a signal after a %s', async (what, signal) => {
    expect((await run('processes', { args: [what] })).status).toBe(signal);
  });
});

describe('a computing program with the loop counter', () => {
  it('takes turns with another and gives the right result', async () => {
    const outcome = await run('spin');
    expect(outcome.stdout).toBe('pid 1: 1283106752\n');
  });
});
