/** exec and terminals. */
import { expect, test } from 'vitest';
import type { Result } from '../../helpers/process.ts';
import type { Engine } from '../engine.ts';

/** Runs the client on a terminal of script(1), 33 rows and 90 columns. */
async function onTerminal(engine: Engine, args: readonly string[]): Promise<Result> {
  const words = [...engine.command, ...args].map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ');
  return await engine.host(['script', '-qec', `stty cols 90 rows 33; exec ${words}`, '/dev/null']);
}

export function execClaims(engine: () => Engine): void {
  test('exec passes output and exit code on', async () => {
    await engine().detached('exec sleep 100', [], async (name) => {
      expect(await engine().cli(['exec', name, 'sh', '-c', 'echo out; exit 5'])).toMatchObject({ code: 5, stdout: 'out\n' });
    });
  });

  test('exec takes stdin, environment, user and working directory', async () => {
    await engine().detached('exec sleep 100', [], async (name) => {
      const flags = ['-i', '-e', 'COLOUR=red', '-u', '1000:1000', '-w', '/tmp'];
      const result = await engine().cli(['exec', ...flags, name, 'sh', '-c', 'cat; echo $COLOUR; id -u; id -g; pwd'], { stdin: 'in\n' });
      expect(result).toMatchObject({ code: 0, stdout: 'in\nred\n1000\n1000\n/tmp\n' });
    });
  });

  test('exec joins the namespaces and the root file system of the container', async () => {
    await engine().detached('echo here > /tmp/file; exec sleep 100', ['--hostname', 'inside'], async (name) => {
      const script =
        'cat /tmp/file; hostname; for ns in pid mnt net ipc uts; do [ $(readlink /proc/1/ns/$ns) = $(readlink /proc/self/ns/$ns) ] || echo $ns; done';
      await expect.poll(async () => (await engine().cli(['exec', name, 'sh', '-c', script])).stdout).toBe('here\ninside\n');
    });
  });

  test('exec -d leaves the process running', async () => {
    await engine().detached('exec sleep 100', [], async (name) => {
      await engine().ok(['exec', '-d', name, 'sh', '-c', 'echo done > /tmp/file; exec sleep 50']);
      await expect.poll(async () => (await engine().cli(['exec', name, 'cat', '/tmp/file'])).stdout).toBe('done\n');
      expect(await engine().ok(['top', name])).toContain('sleep 50');
    });
  });

  test.for([
    ['a command that is not in PATH', 127, 'executable file not found in $PATH', ['nosuch']],
    ['an absolute path that is not there', 127, 'no such file or directory', ['/no/such']],
    ['a file without execute permission', 126, 'permission denied', ['/etc/not-executable']],
    ['a directory', 126, '', ['/etc']],
  ] as const)('exec of %s fails with %i and says so', async ([, code, text, command]) => {
    await engine().detached('exec sleep 100', [], async (name) => {
      const result = await engine().cli(['exec', name, ...command]);
      // dockerd 20.10 answers 126 to whatever goes wrong in exec.
      expect(result.code, result.stdout + result.stderr).toBe(engine().name === 'docker' ? 126 : code);
      expect(result.stdout + result.stderr).toContain(text);
    });
  });

  test('exec in a stopped container fails', async () => {
    await engine().detached('exit 0', [], async (name) => {
      await engine().ok(['wait', name]);
      const result = await engine().cli(['exec', name, 'true']);
      expect(result.code).not.toBe(0);
      expect(result.stdout + result.stderr).toMatch(/not running|running containers/);
    });
  });

  test('run -it gives a terminal of the size of the caller', async () => {
    const script = 'test -t 0 && test -t 1 && test -t 2 && tty; sleep 0.5; stty size; exit 6';
    const result = await onTerminal(engine(), ['run', '-it', '--rm', '--network', 'none', 'busy', 'sh', '-c', script]);
    expect(result).toMatchObject({ code: 6, stdout: expect.stringMatching(/\/dev\/(pts\/0|console)\r\n[^\r\n]*33 90\r\n/) });
  });

  test('exec -it gives a terminal of the size of the caller', async () => {
    await engine().detached('exec sleep 100', [], async (name) => {
      const script = 'test -t 0 && test -t 1 && tty; sleep 0.5; stty size; exit 6';
      const result = await onTerminal(engine(), ['exec', '-it', name, 'sh', '-c', script]);
      expect(result).toMatchObject({ code: 6, stdout: expect.stringMatching(/\/dev\/pts\/\d\r\n[^\r\n]*33 90\r\n/) });
    });
  });
}
