import { closeSync, openSync, writeFileSync, mkdirSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { text as readAll } from 'node:stream/consumers';
import { describe, expect } from 'vitest';
import { host } from '../helpers/box.ts';
import { start, poll, run } from '../helpers/process.ts';
import { test } from '../helpers/test.ts';

const list = 'ls /proc/self/fd | tr "\\n" " "';

describe('runtime-linux.md#file-descriptors', () => {
  test('only 0, 1 and 2 are open, whatever the caller leaks', async ({ box }) => {
    const leaks = [1, 2, 3, 4, 5].map(() => openSync('/', 'r'));
    const options = { fds: [...leaks, ...leaks] };
    // ls has its own directory open as 3
    expect((await box.run(list, {}, options)).stdout).toBe('0 1 2 3 ');
    const bundle = box.bundle(`${list} > /fds; sleep 100`);
    await box.ok(['create', '--bundle', bundle.path, bundle.id], options);
    await box.ok(['start', bundle.id], options);
    const inside = await box.tsrun(['exec', bundle.id, '/bin/sh', '-c', `cat /fds; ${list}; ls -l /proc/1/fd`], {
      ...options,
      until: 'close',
    });
    for (const fd of leaks) closeSync(fd);
    expect(inside.stdout).toMatch(/^0 1 2 3 0 1 2 3 /);
    expect(inside.stdout).not.toMatch(/^\S+ .* [3-9] -> /m);
  });

  test('a program that closes its output ends the pipe of who created it, though it goes on', async ({ box }) => {
    const script = 'echo out; exec >&-; echo err >&2; exec 2>&-; sleep 100';
    const bundle = box.bundle(script);
    const ended = async (...args: string[]): Promise<readonly string[]> => {
      const child = box.background(args);
      return await Promise.all([child.stdout, child.stderr].map((stream) => readAll(stream as NonNullable<typeof stream>)));
    };
    expect(await ended('run', '--detach', '--bundle', bundle.path, bundle.id)).toEqual(['out\n', 'err\n']);
    expect(await ended('exec', '--detach', bundle.id, '/bin/sh', '-c', script)).toEqual(['out\n', 'err\n']);
    expect(await box.state(bundle.id)).toMatchObject({ status: 'running' });
  });

  test('--preserve-fds N passes descriptors 3 to 2+N and no other', async ({ box }) => {
    const files = ['three', 'four', 'five'].map((text) => openSync(box.file(text, text), 'r'));
    const result = await box.run(
      'cat <&3; cat <&4; test -e /proc/$$/fd/5 && echo leak; true',
      {},
      { fds: files, flags: ['--preserve-fds', '2'] },
    );
    expect(result.stdout).toBe('threefour');
    const bundle = await box.started();
    const again = files.map((_, index) => openSync(box.path(['three', 'four', 'five'][index] ?? ''), 'r'));
    const inside = await box.exec(bundle.id, 'cat <&3; cat <&4; test -e /proc/$$/fd/5 && echo leak; true', ['--preserve-fds', '2'], {
      fds: again,
    });
    expect(inside.stdout).toBe('threefour');
    for (const fd of [...files, ...again]) closeSync(fd);
  });

  test('--preserve-fds of a descriptor that is not open is an error', async ({ box }) => {
    const bundle = box.bundle('true');
    expect((await box.fails(['run', '--preserve-fds', '5', '--bundle', bundle.path, bundle.id])).code).toBe(1);
    expect(box.ids()).toEqual([]);
  });

  test('the socket activation variables describe the preserved descriptors', async ({ box }) => {
    const bundle = box.bundle('echo $LISTEN_FDS $LISTEN_PID; cat <&3');
    const command = box.argv(['run', '--bundle', bundle.path, bundle.id]).join(' ');
    // LISTEN_PID must be the runtime's own pid (sd_listen_fds), hence exec.
    const result = await run(['/bin/sh', '-c', `export LISTEN_FDS=1 LISTEN_PID=$$; exec ${command} 3<${box.file('three', 'three')}`]);
    expect(result.stdout).toBe('1 1\nthree');
  });

  test("nothing of the caller's environment reaches the container", async ({ box }) => {
    const env = { PATH: '/usr/bin:/bin', SECRET: 'x', _OCI_SYNCPIPE: '3', NODE_OPTIONS: '' };
    expect((await box.run('env | sort', {}, { env })).stdout.replace(/^SHLVL=.*\n/m, '')).toMatch(
      /^(HOME=\/root\n)?PATH=\/usr\/bin:\/bin\nPWD=\/\n$/,
    );
  });
});

describe('clients.md §3: the surroundings engines call a runtime in', () => {
  test('works without PATH and HOME', async ({ box }) => {
    const bundle = box.bundle('exec sleep 100');
    const env = { XDG_RUNTIME_DIR: box.dir };
    await box.ok(['create', '--bundle', bundle.path, bundle.id], { env });
    for (const args of [['start'], ['state'], ['pause'], ['resume'], ['kill', 'KILL'], ['delete', '--force']] as const) {
      const [verb = '', ...rest] = args;
      const flags = rest.filter((word) => word.startsWith('-'));
      // oxlint-disable-next-line no-await-in-loop -- one after the other is the point
      await box.ok([verb, ...flags, bundle.id, ...rest.filter((word) => !word.startsWith('-'))], { env });
    }
  });

  test('works with an empty environment', async ({ box }) => {
    expect((await box.run('echo ok', {}, { env: {} })).stdout).toBe('ok\n');
  });

  test('works in a working directory that was deleted', async ({ box }) => {
    const gone = box.path('gone');
    const bundle = await box.create('exec sleep 100');
    for (const command of [
      ['state', bundle.id],
      ['start', bundle.id],
      ['kill', bundle.id, '9'],
      ['delete', '-f', bundle.id],
    ]) {
      mkdirSync(gone);
      const script = `cd ${gone} && rmdir ${gone} && exec ${box.argv(command).join(' ')}`;
      // oxlint-disable-next-line no-await-in-loop
      const result = await run(['/bin/sh', '-c', script], { until: 'exit' });
      expect({ command: command[0], code: result.code, stderr: result.stderr }).toEqual({ command: command[0], code: 0, stderr: '' });
    }
  });

  test('works with stdin, stdout and stderr closed', async ({ box }) => {
    const bundle = box.bundle('echo done > /done; exec sleep 100');
    const result = await run(
      ['/bin/sh', '-c', `exec ${box.argv(['run', '-d', '--bundle', bundle.path, bundle.id]).join(' ')} <&- >&- 2>&-`],
      { until: 'exit' },
    );
    expect(result.code).toBe(0);
    expect(await box.state(bundle.id)).toMatchObject({ status: 'running' });
  });

  test('a signal mask and ignored signals of the caller do not reach the container', async ({ box }) => {
    const bundle = box.bundle('', { '/process/args': ['/bin/grep', '-E', '^Sig(Blk|Ign)', '/proc/self/status'] });
    const script = `trap "" PIPE USR1 TERM HUP; exec ${box.argv(['run', '--bundle', bundle.path, bundle.id]).join(' ')}`;
    const result = await run(['/bin/sh', '-c', script]);
    expect(result.stdout).toBe('SigBlk:\t0000000000000000\nSigIgn:\t0000000000000000\n');
  });

  test('create ends although the container holds its pipes', async ({ box }) => {
    const bundle = box.bundle('sleep 100');
    const child = box.adopt(start(box.argv(['create', '--bundle', bundle.path, bundle.id])));
    await poll('create to end', () => child.exitCode !== null, 5000);
    expect(child.exitCode).toBe(0);
  });

  test('the log is appended to, as JSON lines with level, msg and time', async ({ box }) => {
    const log = box.file('log.json', '{"level":"info","msg":"before","time":"2026-01-01T00:00:00Z"}\n');
    await run([...box.argv(['state', 'nobody'], log)]);
    const lines = host('cat', log).trim().split('\n');
    expect(lines[0]).toContain('before');
    const last = JSON.parse(lines.at(-1) ?? '') as Record<string, unknown>;
    expect(last).toMatchObject({ level: 'error', msg: 'container does not exist' });
    expect(String(last['time'])).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$|^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?([+-]\d\d:\d\d|Z)$/);
  });

  test('an error is one line on stderr in text form', async ({ box }) => {
    const result = await box.tsrun(['state', 'nobody']);
    expect(result.stderr).toMatch(/^time="[^"]+" level=error msg="container does not exist"[^\n]*\n$/);
    expect(result.stdout).toBe('');
  });

  test('an error also reaches --log when the bundle cannot be read', async ({ box }) => {
    writeFileSync(join(box.dir, 'unused'), '');
    expect((await box.fails(['create', '--bundle', '/nonexistent', 'x'])).msg).not.toBe('');
    rmdirIfThere(box.path('gone'));
  });
});

function rmdirIfThere(path: string): void {
  try {
    rmdirSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
