/** `attach`: more than one at the standard streams of a container. */
import type { ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { describe, expect } from 'vitest';
import type { Box } from '../helpers/box.ts';
import { poll, run, start } from '../helpers/process.ts';
import { lacks, test } from '../helpers/test.ts';
import { onTerminal } from './on-terminal.ts';

interface Watched {
  readonly child: ChildProcess;
  readonly stdout: () => string;
  readonly stderr: () => string;
  readonly code: Promise<number | null>;
}

function watch(child: ChildProcess): Watched {
  const said = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) child[stream]?.on('data', (text: Buffer) => (said[stream] += text.toString()));
  return {
    child,
    stdout: () => said.stdout,
    stderr: () => said.stderr,
    code: new Promise((resolve) => child.once('close', resolve)),
  };
}

const background = (box: Box, args: readonly string[]): Watched => watch(box.background(args));

/** A detached container whose descriptors are ours. The shell stays, since Node closes its end of a pipe when the child has ended. */
async function detached(box: Box, script: string): Promise<{ readonly id: string; readonly owner: Watched }> {
  const bundle = box.bundle(script);
  const argv = box.argv(['run', '--detach', '--bundle', bundle.path, bundle.id]);
  const owner = watch(box.adopt(start(['sh', '-c', '"$@"; exec sleep 100', 'sh', ...argv])));
  await running(box, bundle.id);
  return { id: bundle.id, owner };
}

const running = async (box: Box, id: string): Promise<unknown> =>
  poll('the container', async () => (await box.tsrun(['state', id])).stdout.includes('running'), 15_000);

/** It counts until it is told to end. */
const COUNT = 'n=0; while [ ! -e /end ]; do n=$((n+1)); echo out $n; echo err $n >&2; sleep 0.02; done';

describe('attach', () => {
  test('sees both streams from now on, as the owner does; ends with the container and gives its exit code', async ({ box }) => {
    const { id, owner } = await detached(box, `${COUNT}; echo last; exit 7`);
    await poll('output', () => owner.stdout().includes('out 5\n'));
    const [one, other] = [background(box, ['attach', id]), background(box, ['attach', '--no-stdin', id])];
    await poll('output', () => [one, other].every(({ stdout, stderr }) => stdout().includes('out') && stderr().includes('err')));
    await box.exec(id, ': > /end');
    expect(await Promise.all([one.code, other.code])).toEqual([7, 7]);
    await poll('the end of the output', () => owner.stdout().endsWith('last\n'));
    for (const { stdout, stderr } of [one, other]) {
      expect([owner.stdout().endsWith(stdout()), owner.stderr().endsWith(stderr())]).toEqual([true, true]);
      expect(stdout()).not.toContain('out 1\n');
      expect(stdout()).toContain('last\n');
    }
  });

  test('a created container can be waited for: nothing of its output is missed', async ({ box }) => {
    const bundle = await box.create('echo first; exit 3');
    const descriptors = `/proc/${await box.pid(bundle.id)}/fd`;
    const before = readdirSync(descriptors).length;
    const attached = background(box, ['attach', bundle.id]);
    await poll('its connection', () => readdirSync(descriptors).length > before, 15_000);
    await box.ok(['start', bundle.id]);
    expect([await attached.code, attached.stdout()]).toEqual([3, 'first\n']);
  });

  test('foreground runs have room for guests too', async ({ box }) => {
    const bundle = box.bundle('read line; echo "got $line"; exit 4');
    const owner = background(box, ['run', '--bundle', bundle.path, bundle.id]);
    await running(box, bundle.id);
    const guest = background(box, ['attach', bundle.id]);
    guest.child.stdin?.write('typed\n');
    expect([await guest.code, await owner.code]).toEqual([4, 4]);
    expect([guest.stdout(), owner.stdout()]).toEqual(['got typed\n', 'got typed\n']);
  });

  test('output that the owner has nowhere to put ends the writer as before', async ({ box }) => {
    const { id, owner } = await detached(box, `trap '' PIPE; ${COUNT.replace('echo out $n', 'echo out $n || exit 9')}`);
    await poll('output', () => owner.stdout().includes('out'));
    const guest = background(box, ['attach', id]);
    await poll('output', () => guest.stdout().includes('out'));
    owner.child.stdout?.destroy();
    expect(await guest.code).toBe(9);
  });

  test('a reader of its output that goes away ends it, and the container goes on', async ({ box }) => {
    const { id } = await detached(box, COUNT);
    const argv = box.argv(['attach', id]).map((word) => `'${word}'`);
    const result = await run(['bash', '-c', `${argv.join(' ')} 2>/dev/null | head -n 1; echo "\${PIPESTATUS[0]}"`]);
    expect(result.stdout).toMatch(/^out \d+\n141\n$/);
    expect(await box.state(id)).toMatchObject({ status: 'running' });
  });

  test('of a container that has stopped, or is none, is an error', async ({ box }) => {
    const bundle = await box.started('exit 0');
    await box.until(bundle.id, 'stopped');
    expect(await box.fails(['attach', bundle.id])).toMatchObject({ code: 1, msg: 'container not running' });
    expect((await box.fails(['attach', 'nobody'])).msg).toBe('container does not exist');
    expect((await box.fails(['attach', '--detach-keys', 'ctrl-pq', bundle.id])).msg).toContain('invalid value for --detach-keys');
  });

  test('SIGKILL of the container’s process ends it with an error', async ({ box }) => {
    const { id } = await detached(box, COUNT);
    const guest = background(box, ['attach', id]);
    await poll('output', () => guest.stdout().includes('out'));
    process.kill(await box.pid(id), 'SIGKILL');
    expect(await guest.code).toBe(1);
    expect(guest.stderr()).toContain('the process of the container ended before it said how the container did');
  });
});

describe('input', () => {
  test('guests type beside the owner, and the end of theirs is not the container’s', async ({ box }) => {
    const { id, owner } = await detached(
      box,
      'while :; do echo . >&2; sleep 0.1; done & while read line; do echo "got $line"; done; exit 5',
    );
    const [one, other] = [background(box, ['attach', id]), background(box, ['attach', id])];
    await poll('both', () => [one, other].every(({ stderr }) => stderr().includes('.')), 15_000);
    one.child.stdin?.end('one\n');
    await poll('its line', () => owner.stdout() === 'got one\n');
    other.child.stdin?.write('other\n');
    await poll('the other’s line', () => owner.stdout() === 'got one\ngot other\n');
    owner.child.stdin?.write('owner\n');
    await poll('the owner’s line', () => [one, other].every(({ stdout }) => stdout() === 'got one\ngot other\ngot owner\n'));
    owner.child.stdin?.end();
    expect(await Promise.all([one.code, other.code])).toEqual([5, 5]);
  });

  test('two million bytes arrive, in order', async ({ box }) => {
    const { id, owner } = await detached(box, 'head -c 2000003 | sha256sum; exit 6');
    const bytes = Buffer.alloc(2_000_003, 'all work and no play ');
    const guest = background(box, ['attach', id]);
    guest.child.stdin?.write(bytes);
    expect(await guest.code).toBe(6);
    await poll('the digest', () => owner.stdout().length > 64);
    expect(owner.stdout().split(' ')[0]).toBe(createHash('sha256').update(bytes).digest('hex'));
  });

  test('input that the container does not read is not taken', async ({ box }) => {
    const { id } = await detached(box, 'sleep 2; exit 8');
    const argv = box.argv(['attach', id]).map((word) => `'${word}'`);
    const result = await run(['sh', '-c', `echo left | { ${argv.join(' ')}; cat; }`]);
    expect(result).toMatchObject({ stdout: 'left\n' });
  });

  test('where the owner’s input is /dev/null, a file or at its end, a warning says that nothing can be typed', async ({ box }) => {
    const file = box.file('input', 'text');
    for (const [input, words] of [
      ['/dev/null', 'the standard input of the container is no pipe'],
      [file, 'the standard input of the container is a file'],
    ] as const) {
      const bundle = box.bundle('sleep 1; cat; exit 2');
      const owner = watch(box.adopt(startIn(box, input, ['run', '--detach', '--bundle', bundle.path, bundle.id])));
      // oxlint-disable-next-line no-await-in-loop
      await running(box, bundle.id);
      const guest = background(box, ['attach', bundle.id]);
      guest.child.stdin?.write('typed\n');
      expect(await guest.code).toBe(2); // oxlint-disable-line no-await-in-loop
      expect(guest.stderr()).toContain(`what is typed here goes nowhere: ${words}`);
      expect(owner.stdout()).not.toContain('typed');
    }
    const { id, owner } = await detached(box, 'cat; sleep 1; exit 2');
    owner.child.stdin?.end();
    const guest = background(box, ['attach', id]);
    expect(await guest.code).toBe(2);
    expect(guest.stderr()).toContain('the standard input of the container has ended');
  });
});

function startIn(box: Box, input: string, args: readonly string[]): ChildProcess {
  return start(['sh', '-c', 'input=$1; shift; exec "$@" <"$input"', 'sh', input, ...box.argv(args)]);
}

describe('signals', () => {
  test('are the container’s, unless --sig-proxy=false: then they end the command alone', async ({ box }) => {
    const { id } = await detached(box, `trap 'echo got; exit 3' TERM; ${COUNT}`);
    const [mine, theirs] = [background(box, ['attach', '--sig-proxy=false', id]), background(box, ['attach', id])];
    await poll('output', () => [mine, theirs].every(({ stdout }) => stdout().includes('out')));
    mine.child.kill('SIGTERM');
    expect(await mine.code).toBe(1);
    expect(mine.stderr()).toContain('cancelled by SIGTERM');
    expect(await box.state(id)).toMatchObject({ status: 'running' });
    theirs.child.kill('SIGTERM');
    expect(await theirs.code).toBe(3);
    expect(theirs.stdout()).toContain('got\n');
  });

  test('SIGKILL of the command leaves the container and the others alone', async ({ box }) => {
    const { id, owner } = await detached(box, `${COUNT}; echo counted; read line; exit 3`);
    const [killed, other] = [background(box, ['attach', id]), background(box, ['attach', id])];
    await poll('output', () => [killed, other].every(({ stdout }) => stdout().includes('out')));
    killed.child.kill('SIGKILL');
    await killed.code;
    const before = owner.stdout().length;
    await poll('more output', () => owner.stdout().length > before + 100);
    await box.exec(id, ': > /end');
    await poll('the end of the count', () => other.stdout().endsWith('counted\n'));
    expect(await box.state(id)).toMatchObject({ status: 'running' });
    owner.child.stdin?.write('\n');
    expect(await other.code).toBe(3);
  });
});

describe('a guest that takes nothing', () => {
  const CHATTY = 'n=0; while [ ! -e /end ]; do n=$((n+1)); head -c 1000000 /dev/zero; echo $n > /count; done; exit 3';

  test('is dropped with a message, and neither the container nor its owner waits for it', async ({ box }) => {
    const bundle = box.bundle(CHATTY);
    await run(['sh', '-c', '"$@" >/dev/null 2>&1 </dev/null', 'sh', ...box.argv(['run', '-d', '--bundle', bundle.path, bundle.id])]);
    const guest = box.background(['attach', bundle.id]); // nobody reads its pipes yet
    let counted = 0;
    await poll('output of 60 MB', async () => (counted = Number((await box.exec(bundle.id, 'cat /count')).stdout)) > 60, 20_000);
    const watched = watch(guest);
    expect(await watched.code).toBe(1);
    expect(watched.stderr()).toContain('detached, since its output was not taken fast enough; the container goes on');
    await poll('more', async () => Number((await box.exec(bundle.id, 'cat /count')).stdout) > counted);
  });

  test('is dropped when it is stopped, too', async ({ box }) => {
    const bundle = box.bundle(CHATTY);
    await run(['sh', '-c', '"$@" >/dev/null 2>&1 </dev/null', 'sh', ...box.argv(['run', '-d', '--bundle', bundle.path, bundle.id])]);
    const guest = watch(box.background(['attach', bundle.id]));
    await poll('output', () => guest.stdout().length > 0);
    guest.child.kill('SIGSTOP');
    const count = async (): Promise<number> => Number((await box.exec(bundle.id, 'cat /count')).stdout);
    const before = await count();
    await poll('output of 30 MB', async () => (await count()) > before + 30, 20_000);
    guest.child.kill('SIGCONT');
    expect(await guest.code).toBe(1);
    expect(guest.stderr()).toContain('detached, since');
  });
});

describe.skipIf(lacks('python3'))('a container with a terminal', () => {
  /** Its owner is an engine that holds the master of the pty. */
  async function onConsole(box: Box, script: string): Promise<{ readonly id: string; readonly engine: Watched }> {
    const socket = box.path('console.sock');
    const engine = watch(box.adopt(start(['python3', new URL('../helpers/console.py', import.meta.url).pathname, socket, 'typed\n'])));
    await poll('the socket', () => engine.stdout().includes('listening'));
    const bundle = box.bundle(script, { '/process/terminal': true });
    await box.ok(['run', '--detach', '--bundle', bundle.path, '--console-socket', socket, bundle.id]);
    return { id: bundle.id, engine };
  }

  test('is typed at, follows the size of the window, and goes on when the keys let go of it', async ({ box }) => {
    const { id, engine } = await onConsole(
      box,
      `trap 'stty size' WINCH; while :; do read line && echo "<$line>"; [ "$line" = bye ] && exit 6; done`,
    );
    const first = await onTerminal(
      box,
      ['attach', id],
      [
        ['24 80', { rows: 30, columns: 100 }],
        ['30 100', 'words\n'],
        ['<words>', '\u0010x\n'],
        ['<\u0010x>', '\u0010\u0011'],
      ],
    );
    expect(first).toMatchObject({ code: 0, stderr: 'restored\n' });
    expect(await box.state(id)).toMatchObject({ status: 'running' });
    const second = await onTerminal(box, ['attach', '--detach-keys', 'a,ctrl-b', id], [['24 80', 'bye\n']]);
    expect(second).toMatchObject({ code: 6, stderr: 'restored\n' });
    await poll('what the engine sees', () => engine.stdout().includes('<bye>'));
    expect(engine.stdout()).toContain('<words>');
  });

  test('^C typed by a guest is its interrupt; a watcher changes neither its size nor its input', async ({ box }) => {
    const { id, engine } = await onConsole(box, `trap 'echo int; exit 5' INT; while :; do stty size; sleep 0.05; done`);
    const watcher = background(box, ['attach', '--no-stdin', id]);
    await poll('output', () => watcher.stdout().includes('0 0'));
    const result = await onTerminal(box, ['attach', id], [['24 80', '\u0003']]);
    expect(result).toMatchObject({ code: 5, stderr: 'restored\n' });
    expect(result.stdout).toContain('^Cint');
    expect(await watcher.code).toBe(5);
    expect(watcher.stdout()).toContain('^Cint');
    await poll('what the engine sees', () => engine.stdout().includes('^Cint'));
  });

  test('the end of a guest’s terminal is none of the container’s', async ({ box }) => {
    const { id } = await onConsole(box, `while :; do read line && echo "<$line>"; done`);
    const gone = await onTerminal(
      box,
      ['attach', id],
      [
        ['', 'one\n'],
        ['<one>', null],
      ],
    );
    expect(gone.code).toBe(255); // SIGHUP
    expect(await box.state(id)).toMatchObject({ status: 'running' });
    const after = await onTerminal(
      box,
      ['attach', id],
      [
        ['', 'still\n'],
        ['<still>', '\u0010\u0011'],
      ],
    );
    expect(after).toMatchObject({ code: 0 });
  });
});
