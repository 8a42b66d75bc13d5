/** run, stop, kill, wait, restart, rm: a container's life as docker and podman drive it. */
import { expect, test } from 'vitest';
import type { Engine } from '../engine.ts';

export function lifecycleClaims(engine: () => Engine): void {
  test('run passes stdout, stderr and the exit code on', async () => {
    const result = await engine().script('echo out; echo err >&2; exit 7');
    expect(result).toMatchObject({ code: 7, stdout: 'out\n' });
    expect(result.stderr).toContain('err');
  });

  test('run -i passes stdin on up to its end', async () => {
    expect(await engine().script('cat; echo end', ['-i'], { stdin: 'one\ntwo\n' })).toMatchObject({ code: 0, stdout: 'one\ntwo\nend\n' });
  });

  test('a process ended by a signal gives 128+n', async () => {
    expect((await engine().script('sh -c "kill -9 \\$\\$"; exit $?')).code).toBe(137);
    expect((await engine().script('kill -9 1; exit 3')).code).toBe(3); // PID 1 is immune to its own namespace
  });

  test('run -d, logs and wait', async () => {
    await engine().detached('echo one; echo two >&2; exit 4', [], async (name) => {
      expect(await engine().ok(['wait', name])).toBe('4');
      const { stdout, stderr } = await engine().cli(['logs', name]);
      expect([stdout, stderr]).toEqual(['one\n', 'two\n']);
      await engine().untilStatus(name, 'exited');
    });
  });

  test('stop sends SIGTERM and the exit code of the handler is kept', async () => {
    await engine().detached('trap "exit 3" TERM; echo ready; while :; do sleep 0.05; done', [], async (name) => {
      await engine().untilLogs(name, 'ready');
      await engine().ok(['stop', '-t', '10', name]);
      expect(await engine().inspect(name, '.State.ExitCode')).toBe('3');
    });
  });

  test('stop kills what ignores SIGTERM', async () => {
    await engine().detached('trap "" TERM; echo ready; while :; do sleep 0.05; done', [], async (name) => {
      await engine().untilLogs(name, 'ready');
      await engine().ok(['stop', '-t', '1', name]);
      expect(await engine().inspect(name, '.State.ExitCode')).toBe('137');
    });
  });

  test('kill sends the signal that was asked for', async () => {
    await engine().detached('trap "echo got usr1" USR1; echo ready; while :; do sleep 0.05; done', [], async (name) => {
      await engine().untilLogs(name, 'ready');
      await engine().ok(['kill', '-s', 'USR1', name]);
      await engine().untilLogs(name, 'got usr1');
      await engine().ok(['kill', name]);
      expect(await engine().ok(['wait', name])).toBe('137');
    });
  });

  test('kill of a stopped container fails', async () => {
    await engine().detached('exit 0', [], async (name) => {
      await engine().ok(['wait', name]);
      expect((await engine().cli(['kill', name])).code).not.toBe(0);
    });
  });

  test('restart gives a new first process', async () => {
    await engine().detached('echo started; exec sleep 100', [], async (name) => {
      const before = await engine().inspect(name, '.State.Pid');
      await engine().ok(['restart', '-t', '0', name]);
      await engine().untilStatus(name, 'running');
      expect(await engine().inspect(name, '.State.Pid')).not.toBe(before);
      expect((await engine().ok(['logs', name])).match(/started/g)).toHaveLength(2);
    });
  });

  test('create makes the container, start -a runs it', async () => {
    const name = engine().newName();
    await engine().ok(['create', '--network', 'none', '--name', name, 'busy', 'sh', '-c', 'echo hi; exit 5']);
    expect(await engine().cli(['start', '-a', name])).toMatchObject({ code: 5, stdout: 'hi\n' });
    expect(await engine().cli(['start', '-a', name])).toMatchObject({ code: 5, stdout: 'hi\n' });
    await engine().ok(['rm', name]);
  });

  test('rm refuses a running container, rm -f removes it', async () => {
    await engine().detached('exec sleep 100', [], async (name) => {
      const pid = await engine().inspect(name, '.State.Pid');
      expect((await engine().cli(['rm', name])).code).not.toBe(0);
      await engine().ok([...engine().remove, name]);
      expect((await engine().cli(['inspect', name])).code).not.toBe(0);
      await engine().sandbox.sh(`for i in 1 2 3 4 5 6 7 8 9 10; do [ -e /proc/${pid} ] || exit 0; sleep 0.1; done; exit 1`);
    });
  });

  test('restart policy on-failure runs it again that often', async () => {
    await engine().detached('echo try; exit 1', ['--restart', 'on-failure:2'], async (name) => {
      await expect.poll(async () => (await engine().ok(['logs', name])).match(/try/g)?.length, { timeout: 8000, interval: 200 }).toBe(3);
      expect(await engine().inspect(name, '.State.ExitCode')).toBe('1');
    });
  });

  test.for([
    ['a command that is not in PATH', 127, ['nosuch']],
    ['an absolute path that is not there', 127, ['/no/such']],
    ['a file without execute permission', 126, ['/etc/not-executable']],
    ['a directory', 126, ['/etc']],
  ] as const)('run of %s exits with %i', async ([, code, command]) => {
    const name = engine().newName();
    const result = await engine().cli(['run', '--rm', '--network', 'none', '--name', name, 'busy', ...command]);
    await engine().cli([...engine().remove, name]);
    expect(result.code, result.stderr).toBe(code);
    expect(result.stderr).toContain(command[0]);
  });

  test('an unknown flag of the engine is 125, with no container made', async () => {
    expect((await engine().cli(['run', '--no-such-flag', 'busy', 'true'])).code).toBe(125);
  });
}
