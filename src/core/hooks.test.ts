import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Hook } from '../oci/spec.ts';
import type { State } from '../oci/state.ts';
import { type HookContext, runHooks, runPoststopHooks } from './hooks.ts';
import { isRunning } from './test-backend.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'tsrun-hooks-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

function context(hooks: HookContext['hooks']): HookContext {
  const state: State = { ociVersion: '1.0.2', id: 'c', status: 'creating', pid: 7, bundle: dir, annotations: { a: 'b' } };
  return { hooks, state, stateDir: dir };
}
function sh(script: string, more: Partial<Hook> = {}): Hook {
  return { path: '/bin/sh', args: ['sh', '-c', script], env: [`D=${dir}`], ...more };
}
const out = (name: string): string => readFileSync(join(dir, name), 'utf8');

describe('runHooks', () => {
  it('gives each hook the state on stdin, the bundle as working directory and its own argv', async () => {
    await runHooks(
      'prestart',
      context({
        prestart: [
          sh('cat >"$D/state"; pwd >"$D/cwd"; echo "$0" >"$D/argv0"', {
            args: ['sh', '-c', 'cat >"$D/state"; pwd >"$D/cwd"; echo "$0 $1" >"$D/argv"', 'zero', 'one'],
          }),
        ],
      }),
    );
    expect(JSON.parse(out('state'))).toEqual({
      ociVersion: '1.0.2',
      id: 'c',
      status: 'creating',
      pid: 7,
      bundle: dir,
      annotations: { a: 'b' },
    });
    expect(out('cwd')).toBe(`${dir}\n`);
    expect(out('argv')).toBe('zero one\n');
  });

  it('starts the program with args[0] as argv[0], which need not be its path (dockerd re-executes itself so)', async () => {
    await runHooks(
      'prestart',
      context({ prestart: [{ path: '/bin/sh', args: ['setkey', '-c', `tr '\\0' ' ' </proc/$$/cmdline >${dir}/cmdline`] }] }),
    );
    expect(out('cmdline')).toMatch(/^setkey -c /);
  });

  it('gives the hook its own environment and nothing else', async () => {
    process.env['TSRUN_LEAK'] = '1';
    await runHooks(
      'prestart',
      context({
        prestart: [
          { path: '/usr/bin/env', args: ['env'] },
          { path: '/bin/sh', args: ['sh', '-c', `tr '\\0' '\\n' </proc/$$/environ >${dir}/env`], env: ['A=1=2', 'B='] },
        ],
      }),
    );
    delete process.env['TSRUN_LEAK'];
    expect(out('env').trim().split('\n').toSorted()).toEqual(['A=1=2', 'B=']);
  });

  it('runs hooks in order and stops at the first that fails, naming kind, index, path, status and output', async () => {
    const failing = runHooks(
      'createRuntime',
      context({ createRuntime: [sh('echo 1 >"$D/1"'), sh('echo to out; echo to err >&2; exit 3'), sh('echo 3 >"$D/3"')] }),
    );
    await expect(failing).rejects.toMatchObject({
      code: 'HOOK_FAILED',
      pointer: '/hooks/createRuntime/1',
      message: 'error running createRuntime hook #1: /bin/sh: exit status 3, stdout: to out, stderr: to err',
    });
    expect(readdirSync(dir)).toEqual(['1']);
  });

  it('says so when there is no such program', async () => {
    await expect(runHooks('prestart', context({ prestart: [{ path: '/no/such' }] }))).rejects.toMatchObject({
      message: 'error running prestart hook #0: /no/such: fork/exec /no/such: no such file or directory, stdout: , stderr: ',
    });
  });

  it('names the signal that ended a hook', async () => {
    await expect(runHooks('prestart', context({ prestart: [sh('kill -TERM $$')] }))).rejects.toMatchObject({
      message: expect.stringContaining('signal: SIGTERM') as string,
    });
  });

  it('kills a hook and its children at the timeout', async () => {
    const begin = Date.now();
    await expect(
      runHooks('prestart', context({ prestart: [sh('sleep 60 & echo $! >"$D/child"; wait', { timeout: 1 })] })),
    ).rejects.toMatchObject({
      message: expect.stringContaining('timeout of 1 s exceeded') as string,
    });
    expect(Date.now() - begin).toBeLessThan(5000);
    const child = Number(out('child'));
    await expect.poll(() => isRunning(child), { timeout: 5000 }).toBe(false);
  });

  it('takes a timeout that is longer than a timer of Node can be', async () => {
    await runHooks('prestart', context({ prestart: [sh('sleep 0.1', { timeout: 3_000_000 })] }));
  });

  it('does not wait for a background child that keeps the descriptors', async () => {
    const begin = Date.now();
    await runHooks('prestart', context({ prestart: [sh('sleep 3 & exit 0')] }));
    expect(Date.now() - begin).toBeLessThan(2000);
  });

  it('does not mind a hook that closes stdin or never reads it', async () => {
    await runHooks('prestart', context({ prestart: [sh('exec <&-; exit 0'), sh('exit 0')] }));
  });

  it('shows only the head of much output', async () => {
    const failing = runHooks('prestart', context({ prestart: [sh('head -c 1000000 /dev/zero | tr "\\0" x; exit 1')] }));
    await expect(failing).rejects.toSatisfy((error: Error) => error.message.length < 4000 && error.message.includes('xxx'));
  });
});

describe('runPoststopHooks', () => {
  it('runs every hook, and failures are warnings', async () => {
    const warnings: (string | undefined)[] = [];
    await runPoststopHooks(context({ poststop: [sh('exit 1'), { path: '/no/such' }, sh('echo >"$D/ran"')] }), (_, pointer) =>
      warnings.push(pointer),
    );
    expect(warnings).toEqual(['/hooks/poststop/0', '/hooks/poststop/1']);
    expect(readdirSync(dir)).toEqual(['ran']);
  });
});
