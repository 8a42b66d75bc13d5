/** Descriptors and terminals of emulated containers as their callers have them. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { text as readAll } from 'node:stream/consumers';
import { describe, expect } from 'vitest';
import { cleanEnv, poll, run, sleep, start } from '../helpers/process.ts';
import { lacks, test } from '../helpers/test.ts';
import { onTerminal } from './on-terminal.ts';

const SIZE = 10_000_019;

/** The digest of what `argv` makes of ten million random bytes. */
async function through(argv: readonly string[], bytes: Buffer): Promise<{ digest: string; size: number; code: number | null }> {
  const child = start(argv);
  const hash = createHash('sha256');
  let size = 0;
  child.stdout?.on('data', (chunk: Buffer) => {
    hash.update(chunk);
    size += chunk.length;
  });
  child.stdin?.on('error', () => undefined);
  child.stdin?.end(bytes);
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { digest: hash.digest('hex'), size, code };
}
const expected = (bytes: Buffer): object => ({ digest: createHash('sha256').update(bytes).digest('hex'), size: bytes.length, code: 0 });

describe('bytes', () => {
  test('ten million go through a foreground run unchanged', async ({ box }) => {
    const bytes = randomBytes(SIZE);
    const bundle = box.bundle('exec cat');
    expect(await through(box.argv(['run', '--bundle', bundle.path, bundle.id]), bytes)).toEqual(expected(bytes));
  });

  test('a directory as standard input has nothing to read', async ({ box }) => {
    const bundle = box.bundle('cat; echo done');
    const result = await run(['sh', '-c', '"$@" < /', 'sh', ...box.argv(['run', '--bundle', bundle.path, bundle.id])], { until: 'exit' });
    expect(result).toEqual({ code: 0, stdout: 'done\n', stderr: '' });
  });

  test.skipIf(process.platform !== 'linux')('who writes to a full device hears of it', async ({ box }) => {
    const bundle = box.bundle('echo lost || echo "status $?" >&2');
    const result = await run(['sh', '-c', '"$@" > /dev/full', 'sh', ...box.argv(['run', '--bundle', bundle.path, bundle.id])], {
      until: 'exit',
    });
    expect(result.stderr).toContain('status 1\n');
  });

  test('ten million go through exec unchanged', async ({ box }) => {
    const bytes = randomBytes(SIZE);
    const bundle = await box.started('sleep 100');
    expect(await through(box.argv(['exec', bundle.id, 'cat']), bytes)).toEqual(expected(bytes));
  });

  test('ten million go through a detached container unchanged, and its end closes its descriptors', async ({ box }) => {
    const bytes = randomBytes(SIZE);
    const bundle = box.bundle('exec cat');
    // By a shell's pipes: node closes the input of a child that has ended.
    writeFileSync(box.path('bytes'), bytes);
    const argv = box.argv(['run', '-d', '--bundle', bundle.path, bundle.id]);
    const { stdout } = await run(['sh', '-c', 'input=$1; shift; cat "$input" | "$@" | sha256sum', 'sh', box.path('bytes'), ...argv]);
    expect(stdout.split(' ')[0]).toBe(createHash('sha256').update(bytes).digest('hex'));
    await box.until(bundle.id, 'stopped');
  });
});

/** All of its output, to the end of that. */
const outputOf = async (child: ChildProcess): Promise<string> => readAll(child.stdout as NonNullable<typeof child.stdout>);

describe('ends', () => {
  // Bun (1.4.5) forgets an end that comes while reading is paused: one in thirty of these hung.
  test('the end of input is seen, however often reading it was paused', { timeout: 60_000 }, async ({ box }) => {
    writeFileSync(box.path('bytes'), randomBytes(SIZE));
    const counts = Array.from({ length: 12 }, async () => {
      const bundle = box.bundle('wc -c');
      const argv = box.argv(['run', '--bundle', bundle.path, bundle.id]);
      return (
        await run(['sh', '-c', 'input=$1; shift; cat "$input" | "$@"', 'sh', box.path('bytes'), ...argv], { timeout: 50_000 })
      ).stdout.trim();
    });
    expect(await Promise.all(counts)).toEqual(counts.map(() => String(SIZE)));
  });

  test('the end of input is one, and input that stays open is none', async ({ box }) => {
    const bundle = box.bundle('cat; echo end');
    const child = box.background(['run', '--bundle', bundle.path, bundle.id]);
    let said = '';
    child.stdout?.on('data', (text: Buffer) => (said += text.toString()));
    child.stdin?.write('first\n');
    await poll('the echo', () => said === 'first\n');
    await sleep(100);
    expect(said).toBe('first\n');
    child.stdin?.end();
    await poll('the end', () => said === 'first\nend\n');
  });

  test('a program that closes its output ends the caller’s pipe, of run and of exec', async ({ box }) => {
    const bundle = box.bundle('echo first; exec >&-; sleep 100');
    const owner = box.background(['run', '--bundle', bundle.path, bundle.id]);
    expect(await outputOf(owner)).toBe('first\n');
    const executed = box.background(['exec', bundle.id, 'sh', '-c', 'head -c 300000 /dev/zero; exec >&-; echo later >&2; sleep 100']);
    expect((await outputOf(executed)).length).toBe(300_000);
    expect([owner.exitCode, executed.exitCode]).toEqual([null, null]);
    expect(await box.state(bundle.id)).toMatchObject({ status: 'running' });
  });

  test('input that nobody reads is not taken', async ({ box }) => {
    const bundle = box.bundle('read line; echo "$line"');
    const argv = box.argv(['run', '--bundle', bundle.path, bundle.id]).map((word) => `'${word}'`);
    const script = `{ echo one; sleep 1; echo two; } | { ${argv.join(' ')}; cat; }`;
    expect(await run(['sh', '-c', script])).toMatchObject({ code: 0, stdout: 'one\ntwo\n' });
  });

  test('a reader that goes away ends the writer by SIGPIPE', async ({ box }) => {
    const bundle = box.bundle('yes; exit $?'); // pid 1 itself would not get the signal
    const argv = box.argv(['run', '--bundle', bundle.path, bundle.id]).map((word) => `'${word}'`);
    const result = await run(['bash', '-c', `${argv.join(' ')} | head -n 1; echo "\${PIPESTATUS[0]}"`]);
    expect(result.stdout).toBe('y\n141\n');
  });

  test('output that nobody takes stops the writer, not the commands, also once those that shared it have ended', async ({ box }) => {
    const bundle = box.bundle('sleep 1; while :; do echo yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy; done');
    const child = spawn('sh', ['-c', '"$@" | sleep 15', 'sh', ...box.argv(['run', '-d', '--bundle', bundle.path, bundle.id])], {
      env: cleanEnv,
      stdio: 'ignore',
    });
    box.adopt(child);
    await poll('the container', async () => (await box.tsrun(['state', bundle.id])).stdout.includes('running'));
    await sleep(2000);
    await box.ok(['ps', bundle.id]); // gives up after 10 s
    expect((await box.exec(bundle.id, 'echo still here')).stdout).toBe('still here\n');
    await box.ok(['kill', bundle.id, 'KILL']);
    await box.until(bundle.id, 'stopped');
  });

  test.skipIf(process.platform !== 'linux')('a full disk behind the output is one for the writer, and no broken pipe', async ({ box }) => {
    // The first is taken: it is on its way while the program goes on.
    const script = 'exec 3>&1; for each in 1 2 3; do echo $each | cat >&3; sleep 0.2; done';
    const bundle = await box.started('sleep 100');
    const onFullDisk = (args: readonly string[]): ReturnType<typeof run> => run(['sh', '-c', '"$@" >/dev/full', 'sh', ...box.argv(args)]);
    const executed = await onFullDisk(['exec', bundle.id, 'sh', '-c', script]);
    expect(executed.stderr).toContain('No space left on device');
    const other = box.bundle(script);
    const ran = await onFullDisk(['run', '--bundle', other.path, other.id]);
    expect(ran.stderr).toContain('No space left on device');
  });

  test('who shares the output of a container can write to it as before', async ({ box }) => {
    const bundle = box.bundle('echo hi; sleep 1');
    const flags = 'import fcntl, os, sys; sys.stderr.write(str(fcntl.fcntl(1, fcntl.F_GETFL) & os.O_NONBLOCK))';
    const script = '{ "$@" & sleep 0.7; python3 -c "$FLAGS"; wait; } | cat';
    const argv = box.argv(['run', '--bundle', bundle.path, bundle.id]);
    expect(await run(['sh', '-c', script, 'sh', ...argv], { env: { ...cleanEnv, FLAGS: flags } })).toMatchObject({
      stdout: 'hi\n',
      stderr: '0',
    });
  });
});

describe.skipIf(lacks('python3'))('terminals', () => {
  test('run -t: echo, lines, size, interrupt; the user’s terminal is as before', async ({ box }) => {
    const bundle = box.bundle(
      `stty size; while [ "$(stty size)" = '24 80' ]; do sleep 0.05; done; stty size; read a; echo "got $a"; trap 'echo int; exit 5' INT; echo ready; while :; do sleep 0.05; done`,
      {
        '/process/terminal': true,
      },
    );
    const result = await onTerminal(
      box,
      ['run', '--bundle', bundle.path, bundle.id],
      [
        ['24 80', { rows: 30, columns: 100 }],
        ['30 100', 'words\n'],
        ['ready', '\u0003'],
      ],
    );
    expect(result).toMatchObject({ code: 5, stderr: 'restored\n' });
    expect(result.stdout).toBe('24 80\r\n30 100\r\nwords\r\ngot words\r\nready\r\n^Cint\r\n');
  });

  test('exec -t: the same, in a running container', async ({ box }) => {
    const bundle = await box.started('sleep 100');
    const result = await onTerminal(
      box,
      ['exec', '-t', bundle.id, 'sh', '-c', 'tty; stty size; read a; echo "got $a"; exit 3'],
      [['24 80', 'x\n']],
    );
    expect(result).toMatchObject({ code: 3, stderr: 'restored\n' });
    expect(result.stdout).toBe('/dev/pts/0\r\n24 80\r\nx\r\ngot x\r\n');
  });

  test('run -t and exec -t: lines of the shell are edited; the user’s terminal is as before', async ({ box }) => {
    const bundle = box.bundle('exec sh', { '/process/terminal': true, '/process/env': ['PATH=/bin', 'TERM=xterm', 'PS1=ready> '] });
    const steps = [
      ['ready> ', 'echo ac\u001b[Db\r'],
      ['abc\r\nready> ', '\u001b[A\u007fd\r'],
      ['abd\r\nready> ', '\u0004'],
    ] as const;
    const ran = await onTerminal(box, ['run', '--bundle', bundle.path, bundle.id], steps);
    expect(ran).toMatchObject({ code: 0, stderr: 'restored\n' });
    const other = await box.started('sleep 100');
    const env = ['-e', 'TERM=xterm', '-e', 'PS1=ready> '];
    const executed = await onTerminal(box, ['exec', '-t', ...env, other.id, 'sh'], steps);
    expect(executed).toMatchObject({ code: 0, stderr: 'restored\n', stdout: ran.stdout });
  });

  test.skipIf(lacks('script'))('under script: lines that come before the shell is there are run', async ({ box }) => {
    const bundle = box.bundle('exec sh', { '/process/terminal': true, '/process/env': ['PATH=/bin', 'TERM=xterm', 'PS1=ready> '] });
    const argv = box.argv(['run', '--bundle', bundle.path, bundle.id]).map((word) => `'${word}'`);
    const typed = `printf 'echo first\\nread line\\nfor read\\necho "<$line>"\\n' | script -qec "$1" /dev/null`;
    const result = await run(['sh', '-c', typed, 'sh', argv.join(' ')], { env: { ...cleanEnv, TERM: 'xterm' } });
    expect(result.code).toBe(0);
    expect(result.stdout).toContain('\r\nfirst\r\n');
    expect(result.stdout).toContain('\r\n<for read>\r\n');
  });

  test('the engine gets the terminal of a detached container by its console socket', async ({ box }) => {
    const socket = box.path('console.sock');
    const console = box.adopt(start(['python3', new URL('../helpers/console.py', import.meta.url).pathname, socket, 'typed\n']));
    let said = '';
    console.stdout?.on('data', (text: Buffer) => (said += text.toString()));
    await poll('the socket', () => said.includes('listening'));
    const bundle = box.bundle('echo ready; read a; echo "got $a"', { '/process/terminal': true });
    await box.ok(['create', '--bundle', bundle.path, '--console-socket', socket, bundle.id]);
    await box.ok(['start', bundle.id]);
    await poll('the answer', () => said.includes('got typed'));
    expect(said).toContain('received 1 True /dev/ptmx\nready\r\ntyped\r\ngot typed\r\n');
    await box.until(bundle.id, 'stopped');
  });

  test('a console socket that is not there fails create, and says so', async ({ box }) => {
    const bundle = box.bundle('true', { '/process/terminal': true });
    const failure = await box.fails(['create', '--bundle', bundle.path, '--console-socket', box.path('absent'), bundle.id]);
    expect(failure.msg).toContain('connecting to the console socket: No such file or directory');
    expect(box.ids()).toEqual([]);
  });
});
