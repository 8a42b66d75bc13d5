/** `--preserve-fds`: descriptors of the caller that the program in the container has from 3 on. */
import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { closeSync, existsSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { text as readAll } from 'node:stream/consumers';
import binaryen from 'binaryen';
import { describe, expect, inject } from 'vitest';
import { Box } from '../helpers/box.ts';
import { repository } from '../helpers/host.ts';
import { cleanEnv, poll, run, sleep, start } from '../helpers/process.ts';
import type { Subject } from '../helpers/subject.ts';
import { lacks, test as base } from '../helpers/test.ts';
import { onTerminal } from './on-terminal.ts';

const SHAPES = { standalone: [join(repository, 'dist/bin/tsrun')], node: [process.execPath, join(repository, 'dist/cli.js')] };

/** Ways to have a program run with one descriptor of the caller: the arguments of one command. */
const WAYS = {
  run: async (box: Box, script: string) => {
    const bundle = box.bundle(script);
    return ['run', '--preserve-fds', '1', '--bundle', bundle.path, bundle.id];
  },
  'run --detach': async (box: Box, script: string) => {
    const bundle = box.bundle(script);
    return ['run', '--detach', '--preserve-fds', '1', '--bundle', bundle.path, bundle.id];
  },
  exec: async (box: Box, script: string) => {
    const bundle = await box.started();
    return ['exec', '--preserve-fds', '1', bundle.id, '/bin/sh', '-c', script];
  },
  'exec --detach': async (box: Box, script: string) => {
    const bundle = await box.started();
    return ['exec', '--detach', '--preserve-fds', '1', bundle.id, '/bin/sh', '-c', script];
  },
} as const;

/** Accepts from descriptor 3, for ever, and gives each client back what it says first. */
function serverModule(): Uint8Array {
  const module = binaryen.parseText(`(module
    (import "wasi_snapshot_preview1" "sock_accept" (func $accept (param i32 i32 i32) (result i32)))
    (import "wasi_snapshot_preview1" "fd_read" (func $read (param i32 i32 i32 i32) (result i32)))
    (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
    (import "wasi_snapshot_preview1" "fd_close" (func $close (param i32) (result i32)))
    (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
    (memory (export "memory") 1)
    (func $must (param $errno i32) (if (local.get $errno) (then (call $exit (local.get $errno)))))
    (func (export "_start") (local $fd i32)
      (loop $again
        (call $must (call $accept (i32.const 3) (i32.const 0) (i32.const 0)))
        (local.set $fd (i32.load (i32.const 0)))
        (i32.store (i32.const 8) (i32.const 64))
        (i32.store (i32.const 12) (i32.const 512))
        (call $must (call $read (local.get $fd) (i32.const 8) (i32.const 1) (i32.const 4)))
        (i32.store (i32.const 12) (i32.load (i32.const 4)))
        (call $must (call $write (local.get $fd) (i32.const 8) (i32.const 1) (i32.const 4)))
        (call $must (call $close (local.get $fd)))
        (br $again))))`);
  try {
    return module.emitBinary();
  } finally {
    module.dispose();
  }
}

const LISTENER = `
import os, socket, sys
family, where, listen_fds, *argv = sys.argv[1:]
one = socket.socket(socket.AF_UNIX if family == 'unix' else socket.AF_INET)
one.bind(where if family == 'unix' else ('127.0.0.1', 0))
one.listen()
if family == 'tcp':
    with open(where + '.new', 'w') as file: file.write(str(one.getsockname()[1]))
    os.rename(where + '.new', where)
os.dup2(one.fileno(), 3)
os.set_inheritable(3, True)
if listen_fds: os.environ.update(LISTEN_FDS='1', LISTEN_PID=str(os.getpid()))
os.execv(argv[0], argv)
`;

/** The address at which descriptor 3 of the command listens. */
async function listening(
  box: Box,
  family: 'unix' | 'tcp',
  args: readonly string[],
  listenFds = '',
  onError: (text: string) => void = () => undefined,
): Promise<string | number> {
  const where = box.path(`${family}.socket`);
  const child = box.adopt(start(['python3', '-c', LISTENER, family, where, listenFds, ...box.argv(args)]));
  child.stderr?.on('data', (bytes: Buffer) => onError(bytes.toString()));
  await poll('a listener', () => existsSync(where));
  if (family === 'tcp') return Number(readFileSync(where, 'utf8'));
  await sleep(100); // it is bound first, and listens a moment later
  return where;
}

/** Its descriptor 3 is a connected socket, of which we have the other end. */
function onSocket(box: Box, args: readonly string[]): Socket {
  const [program = '', ...rest] = box.argv(args);
  const child = box.adopt(spawn(program, rest, { stdio: ['ignore', 'ignore', 'inherit', 'pipe'], env: cleanEnv }));
  return child.stdio[3] as Socket;
}

describe.each(Object.entries(SHAPES))('%s', (_, command) => {
  const subject: Subject = { command: [...command, '--backend', 'emulation'], name: 'emulation', ours: true };
  const test = base.extend<{ box: Box }>({
    // oxlint-disable-next-line no-empty-pattern -- vitest reads the parameter list
    box: async ({}, use) => {
      const box = new Box({ template: inject('template'), subject });
      await use(box);
      await box.close();
    },
  });

  /** Of a shell of the host whose "$@" is the command. */
  const inShell = async (box: Box, script: string, args: readonly string[]) =>
    await run(['sh', '-c', script, 'sh', ...box.argv(args)], { until: 'close' });

  describe.each(Object.entries(WAYS))('%s', (_way, argsFor) => {
    test('a file is read where the caller stands, as much as is read, and he goes on behind that', async ({ box }) => {
      const file = box.file('lines', 'one\ntwo\nthree\nfour\n');
      const args = await argsFor(box, 'read line <&3; echo "<$line>"');
      const { stdout } = await inShell(box, `exec 3<${file}; read first <&3; "$@" | cat; cat <&3`, args);
      expect(stdout).toBe('<two>\nthree\nfour\n');
    });

    test.for([
      ['>', ''],
      ['>>', 'zero\n'],
      ['<>', ''],
    ] as const)('what is written to a file of %s comes behind what the caller wrote, and he goes on', async ([how, kept], { box }) => {
      const file = box.file('written', kept);
      const args = await argsFor(box, 'echo two >&3');
      await inShell(box, `exec 3${how}${file}; echo one >&3; "$@" | cat; echo three >&3`, args);
      expect(readFileSync(file, 'utf8')).toBe(`${kept}one\ntwo\nthree\n`);
    });

    test('the end of a file is none that lasts', async ({ box }) => {
      const file = box.file('grows', 'one\n');
      const args = await argsFor(box, 'cat <&3; echo end; while ! read line <&3; do sleep 0.05; done; echo "$line"');
      const script = `exec 3<${file}; "$@" | while read line; do echo "$line"; test "$line" != end || echo two >> ${file}; done`;
      expect((await inShell(box, script, args)).stdout).toBe('one\nend\ntwo\n');
    });

    test('a connected socket is read and written, and its peer sees the end when the program has closed it', async ({ box }) => {
      const script = 'while read line <&3; do echo "<$line>" >&3; test "$line" != last || break; done; exec 3>&-; exec sleep 100';
      const peer = onSocket(box, await argsFor(box, script));
      let said = '';
      let ended = false;
      peer.on('data', (bytes: Buffer) => (said += bytes.toString())).on('end', () => (ended = true));
      peer.write('first\n');
      await poll('the first answer', () => said === '<first>\n');
      await sleep(50);
      expect(ended).toBe(false);
      peer.write('last\n');
      await poll('the second answer', () => said === '<first>\n<last>\n');
      await poll('the end', () => ended);
    });

    test('a pipe that the program closes is broken for who writes to it', async ({ box }) => {
      const args = await argsFor(box, 'read line <&3; exec 3<&-; exec sleep 100');
      const script = '{ yes; echo broken >&2; } | "$@" 3<&0 </dev/null >/dev/null 2>&1';
      const child = box.adopt(start(['sh', '-c', script, 'sh', ...box.argv(args)]));
      let said = '';
      child.stderr?.on('data', (text: Buffer) => (said += text.toString()));
      await poll('the writer to hear of it', () => said.includes('broken'));
    });

    test('ten million bytes go from a pipe to a pipe unchanged', async ({ box }) => {
      const bytes = randomBytes(10_000_019);
      writeFileSync(box.path('bytes'), bytes);
      const [verb = '', ...rest] = await argsFor(box, 'exec cat <&3 >&4');
      const args = [verb, ...rest.map((word, index) => (rest[index - 1] === '--preserve-fds' ? '2' : word))];
      const script = `cat ${box.path('bytes')} | { "$@" 3<&0 4>&1 >/dev/null </dev/null; } | sha256sum`;
      const { stdout } = await inShell(box, script, args);
      expect(stdout.split(' ')[0]).toBe(createHash('sha256').update(bytes).digest('hex'));
    });
  });

  test('what JavaScript cannot read and write is refused by its number and kind, and nothing is made', async ({ box }) => {
    const bundle = box.bundle('true');
    const running = await box.started();
    const before = box.ids();
    const directory = openSync('/', 'r');
    const kept = openSync(box.file('file', ''), 'r');
    for (const args of [
      ['run', '--preserve-fds', '2', '--bundle', bundle.path, bundle.id],
      ['create', '--preserve-fds', '2', '--bundle', bundle.path, bundle.id],
      ['exec', '--preserve-fds', '2', running.id, 'true'],
    ]) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other is easier to read
      const failure = await box.fails(args, { fds: [kept, directory] });
      expect(failure).toMatchObject({ errorCode: 'NOT_SUPPORTED' });
      expect(failure.msg).toContain('descriptor 4, which is a directory');
    }
    for (const fd of [directory, kept]) closeSync(fd);
    expect(box.ids()).toEqual(before);
  });

  describe.skipIf(process.platform !== 'linux' || lacks('python3'))('a socket that listens', () => {
    const args = async (box: Box, ...more: string[]): Promise<readonly string[]> => {
      const bundle = box.bundle('', { '/process/args': ['/bin/server'] });
      writeFileSync(join(bundle.rootfs, 'bin/server'), serverModule(), { mode: 0o755 });
      return ['run', ...more, '--bundle', bundle.path, bundle.id];
    };
    /** What a client gets for its word. */
    const asked = async (address: string | number, word: string): Promise<string> => {
      const socket = typeof address === 'number' ? connect(address, '127.0.0.1') : connect(address);
      socket.write(word);
      return await readAll(socket);
    };

    test.for([
      ['unix', []],
      ['tcp', []],
      ['tcp', ['--detach']],
    ] as const)('of %s is accepted from, one connection after the other: run %s', async ([family, more], { box }) => {
      const address = await listening(box, family, await args(box, '--preserve-fds', '1', ...more));
      for (const word of ['one', 'two', 'three']) expect(await asked(address, word)).toBe(word); // oxlint-disable-line no-await-in-loop
    });

    test('is one that a service manager hands over, too', async ({ box }) => {
      const address = await listening(box, 'unix', await args(box), 'LISTEN_FDS');
      expect(await asked(address, 'activated')).toBe('activated');
    });

    test('is refused to an exec, whose connection carries bytes only', async ({ box }) => {
      const running = await box.started();
      let said = '';
      await listening(box, 'unix', ['exec', '--preserve-fds', '1', running.id, 'true'], '', (text) => (said += text));
      await poll('the refusal', () => said.includes('descriptor 3, which is a socket that listens'));
    });
  });

  /** A box whose commands have descriptor 3 redirected so by a shell. */
  const redirected = async (redirection: string, use: (box: Box) => Promise<void>): Promise<void> => {
    const shell = ['sh', '-c', `exec "$@" ${redirection}`, 'sh'];
    const box = new Box({ template: inject('template'), subject: { ...subject, command: [...shell, ...subject.command] } });
    try {
      await use(box);
    } finally {
      await box.close();
    }
  };

  test('a program on a terminal has them beside it', async ({ box: files }) => {
    await redirected(`3<${files.file('line', 'one\n')}`, async (box) => {
      const bundle = box.bundle('tty; read line <&3; echo "<$line>"', { '/process/terminal': true });
      const { stdout } = await onTerminal(box, ['run', '--preserve-fds', '1', '--bundle', bundle.path, bundle.id], []);
      expect(stdout).toContain('/dev/pts/0');
      expect(stdout).toContain('<one>');
    });
  });

  test.skipIf(process.platform !== 'linux' || lacks('python3'))(
    'a program on the terminal of an engine has them beside it',
    async ({ box }) => {
      const bundle = box.bundle('cat <&3; test -e /proc/self/fd/4 && echo leak; tty; exec sleep 100', { '/process/terminal': true });
      const socket = box.path('console.sock');
      const engine = box.adopt(start(['python3', join(repository, 'test/helpers/console.py'), socket]));
      let said = '';
      engine.stdout?.on('data', (text: Buffer) => (said += text.toString()));
      await poll('the engine to listen', () => said.includes('listening'));
      const fds = ['three\n', 'four\n'].map((text) => openSync(box.file(text.trim(), text), 'r'));
      const flags = ['--preserve-fds', '1', '--console-socket', socket];
      await box.ok(['run', '--detach', ...flags, '--bundle', bundle.path, bundle.id], { fds });
      for (const fd of fds) closeSync(fd);
      await poll('its output', () => said.includes('/dev/pts/0'));
      expect(said).toContain('three');
      expect(said).not.toMatch(/four|leak/);
    },
  );

  test('one of them can be the terminal of the caller', async () => {
    await redirected('3<>/dev/tty </dev/null', async (box) => {
      const bundle = box.bundle('echo ready >&3; read line <&3; echo "<$line>"');
      const { stdout } = await onTerminal(box, ['run', '--preserve-fds', '1', '--bundle', bundle.path, bundle.id], [['ready', 'typed\r']]);
      expect(stdout).toContain('<typed>');
    });
  });
});
