/** The library: containers in the caller's process. Run on the built package (dist/), as a user has it. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { Container, create, exec, kill, openBundle, openRuntime, remove, runContainer, start, state, TsrunError } from 'tsrun';
import { temporaryBundle } from 'tsrun/testing';
import { describe, expect, test } from 'vitest';

const sh = (script: string): { readonly args: readonly string[] } => ({ args: ['sh', '-c', script] });

describe('a container in the caller’s process', () => {
  test('runs to its end with its output', async () => {
    expect(await runContainer(sh('echo out; echo err >&2; exit 3'))).toEqual({ exit: { code: 3 }, stdout: 'out\n', stderr: 'err\n' });
  });

  test('a time limit that is longer than a timer can be ends nothing', async () => {
    expect(await runContainer(sh('sleep 0.2; echo end'), { timeoutMs: Infinity })).toMatchObject({ exit: { code: 0 }, stdout: 'end\n' });
  });

  test('a memory limit below what the program begins with is what create blames', async () => {
    const config = { linux: { resources: { memory: { limit: 100_000 } } } };
    await expect(Container.create({ ...sh('echo'), config })).rejects.toMatchObject({
      code: 'CONFIG_UNSUPPORTED',
      pointer: '/linux/resources/memory/limit',
      message: 'container init was OOM-killed (memory limit too low? it is 100000 bytes)',
    });
  });

  test('goes through created, running, paused and stopped, and is then deleted', async () => {
    await using container = await Container.create(sh('while :; do sleep 0.01; done'));
    expect(container.status).toBe('created');
    await container.start();
    expect(container.status).toBe('running');
    container.pause();
    expect(container.status).toBe('paused');
    container.resume();
    await expect(container.delete()).rejects.toThrow('that is not stopped: running');
    container.kill('KILL');
    expect(await container.wait()).toEqual({ signal: 9 });
    expect(container.status).toBe('stopped');
    await container.delete();
    expect(() => container.kill('TERM')).toThrow(/does not exist/);
  });

  test('start of a running container fails and changes nothing', async () => {
    await using container = await Container.create(sh('sleep 100'));
    await container.start();
    await expect(container.start()).rejects.toMatchObject({ code: 'STATE_CONFLICT' });
    expect(container.status).toBe('running');
  });

  test('exec adds a process that sees the others and the same files', async () => {
    await using container = await Container.create(sh('echo kept > /tmp/file; sleep 100'));
    await container.start();
    await expect.poll(() => container.fs.exists('/tmp/file')).toBe(true);
    expect(await container.output(['cat', '/tmp/file'])).toEqual({ exit: { code: 0 }, stdout: 'kept\n', stderr: '' });
    const { stdout } = await container.output(['ps', '-o', 'pid,args']);
    expect(stdout).toMatch(/^ *1 sleep 100\n.*ps -o/m);
    expect(container.processes().map(({ pid }) => pid)).toContain(1);
  });

  test('exec takes user, environment and working directory', async () => {
    await using container = await Container.create(sh('sleep 100'));
    await container.start();
    const { stdout } = await container.output(['sh', '-c', 'id -u; id -g; pwd; echo $HELLO'], {
      user: { uid: 1000, gid: 100 },
      cwd: '/tmp',
      env: { HELLO: 'world' },
    });
    expect(stdout).toBe('1000\n100\n/tmp\nworld\n');
  });

  test('a program that does not exist is an error that says so', async () => {
    await expect(runContainer({ args: ['nothing-here'] })).rejects.toMatchObject({
      code: 'EXEC_FAILED',
      message: expect.stringContaining('executable file not found in $PATH') as string,
    });
  });

  test('a config that breaks the specification is refused with its pointer', async () => {
    const failure = await openBundle({ config: { process: { cwd: 'relative' } } }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(TsrunError);
    expect(failure).toMatchObject({ code: 'CONFIG_INVALID', pointer: '/process/cwd' });
  });

  test('what is not applied is among the findings, and refused when strict', async () => {
    const config = { linux: { seccomp: { defaultAction: 'SCMP_ACT_ALLOW' as const } } };
    const bundle = await openBundle({ config });
    expect(bundle.findings.map(({ pointer }) => pointer)).toContain('/linux/seccomp');
    await expect(openBundle({ config, strict: true })).rejects.toMatchObject({ code: 'CONFIG_UNSUPPORTED' });
  });
});

describe('a caller without types', () => {
  test.each([
    ['an option of the bundle', () => runContainer({ fils: {} } as object), 'did you mean "files"?'],
    ['an option of the run', () => runContainer({}, { signal: undefined } as object), 'there are: id, stdin, timeoutMs'],
    ['no object at all', () => runContainer(null as unknown as object), undefined],
    ['an environment as a list', () => runContainer({ env: ['A=1'] as unknown as Record<string, string> }), undefined],
    ['a file that is none', () => runContainer({ files: { '/a': 5 as unknown as string } }), undefined],
  ])('hears of %s', async (_, call, hint) => {
    await expect(call()).rejects.toMatchObject({ code: 'USAGE', hint });
  });

  test('hears of a wrong option of exec, and user is an object', async () => {
    await using container = await Container.create(sh('sleep 100'));
    await container.start();
    await expect(container.output(['id'], { cmd: 'id' } as object)).rejects.toMatchObject({ code: 'USAGE' });
    await expect(container.output(['id'], { user: '1000:1000' } as object)).rejects.toMatchObject({ code: 'USAGE' });
  });
});

test('an environment may have names without a value, as process.env may', async () => {
  const { stdout } = await runContainer({ args: ['env'], env: { A: '1', B: undefined } });
  expect(stdout.split('\n')).toContain('A=1');
  expect(stdout).not.toMatch(/^B/m);
});

test('mounts come after those of the config, which stay', async () => {
  const mounts = [{ destination: '/host', type: 'bind', source: fileURLToPath(new URL('.', import.meta.url)), options: ['bind', 'ro'] }];
  const { stdout } = await runContainer({ ...sh('ls /host; test -d /proc/1 && echo proc'), mounts });
  expect(stdout).toContain('library.test.ts\n');
  expect(stdout).toContain('proc\n');
});

test('the functions of the lifecycle need no more than a root, an id and a bundle, and know signals by name', async () => {
  using bundle = temporaryBundle({ args: ['sleep', '100'] });
  const runtime = openRuntime({ root: join(bundle.path, 'state'), backend: 'emulation' });
  const id = 'one';
  await create(runtime, { id, bundle: bundle.path });
  await start(runtime, id);
  const code = await exec(runtime, { id, process: async (own) => ({ cwd: '/', ...own, args: ['sh', '-c', 'exit 5'] }) });
  expect(code).toBe(5);
  await expect(kill(runtime, id, 'NOPE')).rejects.toMatchObject({ code: 'USAGE' });
  await kill(runtime, id, 'KILL');
  await expect.poll(async () => (await state(runtime, id)).status, { timeout: 15_000 }).toBe('stopped');
  await remove(runtime, id);
});

describe('streams', () => {
  test('stdin may be text, bytes, a stream or a pipe', async () => {
    const cat = { args: ['cat'] };
    expect((await runContainer(cat, { stdin: 'text' })).stdout).toBe('text');
    expect((await runContainer(cat, { stdin: new TextEncoder().encode('pipe') })).stdout).toBe('pipe');
    expect((await runContainer(cat, { stdin: Readable.from(['a', 'b']) })).stdout).toBe('ab');
    await using container = await Container.create(cat, { stdin: 'pipe' });
    await container.start();
    container.stdin?.end('through a pipe');
    expect(container.stdout && (await text(container.stdout))).toBe('through a pipe');
  });

  test('ten megabytes pass unchanged, both ways, with a slow reader', async () => {
    const bytes = Buffer.alloc(10_000_001, 0).map((_, index) => (index * 7 + (index >> 8)) & 0xff);
    const slow = new PassThrough({ highWaterMark: 1000 });
    const got: Buffer[] = [];
    slow.on('data', (chunk: Buffer) => got.push(chunk));
    await using container = await Container.create({ args: ['cat'] }, { stdin: Readable.from([bytes]), stdout: slow });
    await container.start();
    expect(await container.wait()).toEqual({ code: 0 });
    expect(Buffer.concat(got).equals(bytes)).toBe(true);
  });

  test('the streams of a process that closes its descriptors end, though it goes on', async () => {
    await using container = await Container.create(sh('echo out; exec >&-; echo err >&2; exec 2>&-; sleep 100'));
    await container.start();
    expect([await text(container.stdout as Readable), await text(container.stderr as Readable)]).toEqual(['out\n', 'err\n']);
    const executed = await container.exec(['sh', '-c', 'sleep 100 & echo out; exec >&-; read line'], { stdin: 'pipe' });
    expect(container.status).toBe('running');
    let ended = false;
    const said = text(executed.stdout as Readable).finally(() => (ended = true));
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(ended).toBe(false); // sleep has it too
    await container.output(['sh', '-c', "kill $(ps -o pid,args | grep '[s]leep 100' | tail -n 1 | sed 's/^ *//; s/ .*//')"]);
    expect(await said).toBe('out\n');
    executed.stdin?.end('line\n');
    expect(await executed.exited).toEqual({ code: 0 });
  });

  test('a terminal echoes, interrupts and has a size', async () => {
    const screen: Uint8Array[] = [];
    const script = 'trap "exit 42" INT; stty size; while :; do sleep 1; done'; // pid 1 needs a handler, as on Linux
    await using container = await Container.create(
      { config: { process: { terminal: true, consoleSize: { width: 91, height: 31 }, args: ['sh', '-c', script] } } },
      { stdin: 'pipe', stdout: (bytes) => void screen.push(bytes) },
    );
    await container.start();
    await expect.poll(() => Buffer.concat(screen).toString()).toContain('31 91');
    container.stdin?.write('\u0003');
    expect(await container.wait()).toEqual({ code: 42 });
    expect(Buffer.concat(screen).toString()).toContain('^C');
  });
});

describe('files', () => {
  test('are readable and writable from outside', async () => {
    await using container = await Container.create({ ...sh('cat /data/in > /data/out'), files: { '/data/base': 'below' } });
    container.fs.writeFile('/data/in', 'from the host');
    await container.start();
    await container.wait();
    expect(container.fs.readText('/data/out')).toBe('from the host');
    expect(
      container.fs
        .readdir('/data')
        .map(({ name }) => name)
        .toSorted(),
    ).toEqual(['base', 'in', 'out']);
    expect(() => container.fs.readFile('/nope')).toThrow(/no such file or directory/);
    expect(container.fs.readText('/proc/version')).toMatch(/Linux|tsrun/);
  });

  test('one container does not see what another of the same bundle writes', async () => {
    const bundle = await openBundle({ ...sh('[ -e /mark ] && echo seen; echo x > /mark'), files: { '/etc/motd': 'hello' } });
    expect((await runContainer(bundle)).stdout).toBe('');
    expect((await runContainer(bundle)).stdout).toBe('');
  });

  test('a directory and a tar archive are layers, and stay as they are', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'tsrun-library-'));
    try {
      mkdirSync(join(directory, 'data'));
      writeFileSync(join(directory, 'data/file'), 'original');
      const { guestTools } = await import('tsrun/testing');
      const result = await runContainer({
        ...sh('cat /data/file; echo changed > /data/file; rm /etc/passwd; ls /data'),
        rootfs: [guestTools(), directory],
      });
      expect(result.stdout).toBe('originalfile\n');
      expect(readFileSync(join(directory, 'data/file'), 'utf8')).toBe('original');
      expect(readdirSync(directory)).toEqual(['data']);
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  });
});

describe('a layer that cannot be read', () => {
  test('is an error of this library, whatever is wrong with it', async () => {
    await expect(openBundle({ rootfs: '/nothing/here' })).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
    await expect(openBundle({ rootfs: '/nothing/here' })).rejects.toThrow('does not exist');
    await expect(openBundle({ rootfs: '/dev/null' })).rejects.toBeInstanceOf(TsrunError);
    await expect(openBundle({ rootfs: fileURLToPath(import.meta.url) })).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
  });
});

describe('deep stacks', () => {
  test('a shell 500 calls deep still forks, and waits', async () => {
    const script = 'f() { if [ $1 -eq 0 ]; then (exit 3); echo $?; else f $(($1 - 1)); fi; }; f 500';
    expect((await runContainer(sh(script))).stdout).toBe('3\n');
  });
});

describe('limits', () => {
  test('pids: fork fails at the limit, and works again when it is raised', async () => {
    await using container = await Container.create({ ...sh('sleep 100'), config: { linux: { resources: { pids: { limit: 1 } } } } });
    await container.start();
    await expect(container.exec(['true'])).rejects.toThrow(/resource temporarily unavailable|EAGAIN/);
    container.update({ pids: { limit: 5 } });
    expect((await container.output(['true'])).exit).toEqual({ code: 0 });
  });

  test('a process that spins is killed, and does not hold up the others', async () => {
    await using container = await Container.create(sh('while :; do :; done'));
    await container.start();
    expect((await container.output(['echo', 'still here'])).stdout).toBe('still here\n');
    container.kill('KILL');
    expect(await container.wait()).toEqual({ signal: 9 });
  });
});
