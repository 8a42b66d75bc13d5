import { existsSync } from 'node:fs';
import { describe, expect } from 'vitest';
import type { Box } from '../helpers/box.ts';
import { poll, run, start } from '../helpers/process.ts';
import { subject } from '../helpers/subject.ts';
import { lacks, test } from '../helpers/test.ts';

const receiver = new URL('../helpers/console.py', import.meta.url).pathname;
const python = existsSync('/usr/bin/python3') ? '/usr/bin/python3' : 'python3';
const tty = { '/process/terminal': true };

async function listen(box: Box, input?: string): Promise<{ readonly path: string; readonly said: () => string }> {
  const path = box.path('console.sock');
  const child = box.adopt(start([python, receiver, path, ...(input === undefined ? [] : [input])]));
  let said = '';
  child.stdout?.on('data', (data: Buffer) => (said += data.toString()));
  child.stderr?.on('data', (data: Buffer) => (said += data.toString()));
  await poll('the receiver', () => said.includes('listening'));
  return { path, said: () => said.replaceAll('\r\n', '\n') };
}

/** Run a command of the program under a terminal of its own (util-linux script). */
async function underTerminal(box: Box, args: readonly string[], input = ''): Promise<{ readonly code: number; readonly stdout: string }> {
  const command = box.argv(args).join(' ');
  const result = await run(['script', '-qefc', `stty rows 33 cols 99; ${command}`, '/dev/null'], {
    stdin: input,
    env: { ...process.env, TERM: 'dumb', SHELL: '/bin/sh' },
  });
  return { code: result.code, stdout: result.stdout.replaceAll('\r\n', '\n') };
}

describe.skipIf(lacks('python3'))('config.md#process: terminal with --console-socket', () => {
  test('the pty master is sent, and 0, 1 and 2 are the slave, the controlling terminal', async ({ box }) => {
    const socket = await listen(box, 'typed\n');
    const script =
      'test -t 0 && test -t 1 && test -t 2 && echo all; tty; readlink /proc/self/fd/0; echo ready; read x; echo "got $x"; ps -o tty,pid | tail -n 1 >/dev/null; echo > /dev/tty && echo controlling';
    const bundle = await box.create(script, tty, ['--console-socket', socket.path]);
    await box.ok(['start', bundle.id]);
    await poll('the program', () => socket.said().includes('controlling'));
    expect(socket.said()).toMatch(/received 1 True .*(ptmx|pts)/);
    expect(socket.said()).toMatch(/all\n\/dev\/(pts\/0|console)\n\/dev\/pts\/0\nready\n/);
    expect(socket.said()).toContain('got typed\n');
  });

  test('config.md#process: consoleSize is the size of the terminal', async ({ box }) => {
    const socket = await listen(box);
    const bundle = await box.create('stty size; echo done', { ...tty, '/process/consoleSize': { height: 31, width: 87 } }, [
      '--console-socket',
      socket.path,
    ]);
    await box.ok(['start', bundle.id]);
    await poll('the program', () => socket.said().includes('done'));
    expect(socket.said()).toContain('31 87\n');
  });

  test('config-linux.md#default-devices: /dev/console is there and is the terminal; the terminal belongs to the user', async ({ box }) => {
    const socket = await listen(box);
    const bundle = await box.create(
      'echo to-console > /dev/console; stat -c "owner %u" /dev/pts/0; echo done',
      { ...tty, '/process/user': { uid: 1000, gid: 1000 } },
      ['--console-socket', socket.path],
    );
    await box.ok(['start', bundle.id]);
    await poll('the program', () => socket.said().includes('done'));
    expect(socket.said()).toContain('to-console\n');
    expect(socket.said()).toContain('owner 1000\n');
  });

  test('exec --tty --detach sends a terminal of its own', async ({ box }) => {
    const bundle = await box.started();
    const socket = await listen(box);
    await box.ok([
      'exec',
      '--tty',
      '--detach',
      '--console-socket',
      socket.path,
      bundle.id,
      '/bin/sh',
      '-c',
      'test -t 0 && echo tty; readlink /proc/self/fd/1',
    ]);
    await poll('the program', () => socket.said().includes('/dev/pts/'));
    expect(socket.said()).toMatch(/tty\n\/dev\/pts\/0\n/);
  });

  test('a console socket that nobody listens on is an error, and nothing is left', async ({ box }) => {
    const bundle = box.bundle('true', tty);
    const failure = await box.fails(['create', '--console-socket', box.path('nobody.sock'), '--bundle', bundle.path, bundle.id]);
    expect(failure.msg).toMatch(/no such file|connect/i);
    expect(box.ids()).toEqual([]);
  });

  test('a detached terminal without console socket is refused, a console socket without terminal too', async ({ box }) => {
    const bundle = box.bundle('true', tty);
    expect((await box.fails(['create', '--bundle', bundle.path, bundle.id])).msg).toMatch(
      /cannot allocate tty if \w+ will detach without setting console socket/,
    );
    const plain = box.bundle('true');
    expect((await box.fails(['run', '--console-socket', '/x', '--bundle', plain.path, plain.id])).msg).toMatch(
      /cannot use console socket if \w+ will not detach or allocate tty/,
    );
  });
});

describe.skipIf(lacks('script'))('oci-checklist §2.2: a terminal in the foreground', () => {
  // runc sets the size only after the program was started, so the program there has to wait for it.
  test('run proxies input and output, keeps the size and gives the exit code', async ({ box }) => {
    const bundle = box.bundle(`test -t 0 && echo tty; ${subject.ours ? '' : 'sleep 0.2; '}stty size; read x; echo "got $x"; exit 7`, tty);
    const result = await underTerminal(box, ['run', '--bundle', bundle.path, bundle.id], 'typed\n');
    expect(result.stdout).toMatch(/^tty\n(typed\n)?33 99$/m);
    expect(result.stdout).toContain('got typed\n');
    expect(result.code).toBe(7);
    expect(box.ids()).toEqual([]);
  });

  test('exec -t proxies too, and -t alone is what makes the terminal', async ({ box }) => {
    const bundle = await box.started();
    const result = await underTerminal(box, ['exec', '-t', bundle.id, '/bin/sh', '-c', '"stty size; exit 5"']);
    expect(result.stdout).toContain('33 99\n');
    expect(result.code).toBe(5);
  });

  test('the control characters reach the container: ^C is SIGINT there', async ({ box }) => {
    const bundle = box.bundle("trap 'echo interrupted; exit 9' INT; echo ready; while :; do sleep 0.05; done", tty);
    const child = box.adopt(
      start(['script', '-qefc', box.argv(['run', '--bundle', bundle.path, bundle.id]).join(' '), '/dev/null'], {
        env: { ...process.env, SHELL: '/bin/sh' },
      }),
    );
    let out = '';
    child.stdout?.on('data', (data: Buffer) => (out += data.toString()));
    await poll('the program', () => out.includes('ready'));
    child.stdin?.write('\u0003');
    await poll('its end', () => child.exitCode !== null);
    expect(out).toContain('interrupted');
    expect(child.exitCode).toBe(9);
  });

  test('the terminal is restored at the end', async ({ box }) => {
    const bundle = box.bundle('true', tty);
    const command = box.argv(['run', '--bundle', bundle.path, bundle.id]).join(' ');
    const result = await run(['script', '-qefc', `stty -g; ${command}; stty -g`, '/dev/null'], {
      env: { ...process.env, SHELL: '/bin/sh' },
    });
    // script(1) echoes the end of its own input as ^@
    const lines = result.stdout.replaceAll('^@', '').trim().split(/\r?\n/);
    expect(lines.at(-1)).toBe(lines[0]);
  });
});

describe('config.md#process: terminal, and nobody at it', () => {
  // Not a shell with a line editor: that throws away what was typed before it was ready, the end of the input too.
  test.skipIf(!subject.ours)('a program whose input is a pipe or /dev/null sees its end', async ({ box }) => {
    const bundle = box.bundle('read -r line; echo "<$line>"; cat; echo end', tty);
    const result = await box.tsrun(['run', '--bundle', bundle.path, bundle.id], { stdin: 'typed\n', until: 'close' });
    expect({ code: result.code, end: /<typed>\r?\n(.*\n)*end/.test(result.stdout) }).toEqual({ code: 0, end: true });
    const empty = box.bundle('cat; exit 4', tty);
    expect((await box.tsrun(['run', '--bundle', empty.path, empty.id], { until: 'close' })).code).toBe(4);
  });
});
