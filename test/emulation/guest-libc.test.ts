import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { SUSPENDING } from '../../src/backends/emulation/wasi/suspending.ts';
import { suspendingImports } from '../../wasm-guest/build/suspending.ts';
import { bin, GuestWorld } from './guest-world.ts';

/** A fault that on Linux may leave a core file. */
const CORE = 0x80;
const RLIMIT_AS = 9;

/** Each of these programs holds its own claims, which hold on Linux too; it prints those that fail. */
async function claims(name: string, args: readonly string[] = [], world = new GuestWorld()): Promise<string> {
  const outcome = await world.run([world.install(`test/${name}`), ...args]);
  world.kernel.shutdown();
  expect(outcome.stderr).toBe('');
  expect(outcome.stdout.replace(/^[^\n]* \d+ checks\n$/m, '')).toBe(name === 'fork-tree' ? 'once\n' : '');
  expect(outcome.status).toBe(0);
  return outcome.stdout;
}

describe('the guest libc on the kernel', () => {
  it.each([
    ['fork copies memory, wait gives real statuses, groups and sessions are new', 'fork-tree', [], 19],
    ['pipes lose and change nothing, whatever the sizes', 'pipe-transfer', [], 118],
    ['signals: handlers, masks, restarted and interrupted calls, alarms, waiting', 'signals', [], 72],
    ['setjmp and longjmp: again and again, out of deep frames, in children', 'jumps', [], 108],
    ['poll and select: readiness, timeouts, closed ends, masks', 'poll-select', [], 26],
    ['posix_spawn, vfork and exec, and what they keep', 'spawn', [], 50],
    ['a deep stack can be suspended and copied; a child that overflows its own harms nobody', 'deep-stack', [], 2],
    ['memory grows under pointers and children', 'memory', [], 53],
    ['files: modes, owners, times, links, offsets, directories, names', 'files', [], 699],
    ['streams: modes, formats, temporary files', 'streams', [], 22],
    ['ids, users, groups, limits, names', 'identity', [], 36],
    ['a handler runs while the program computes', 'spin', ['alarm'], 1],
    ['a program that computes is killed', 'spin', ['killed'], 4],
    ['without a terminal, terminal calls say so', 'tty', [], 2],
  ] as const)('%s', async (_claim, name, args, checks) => {
    expect(await claims(name, args)).toContain(`ok, ${checks} checks\n`);
  });

  it('streams to processes and system() start the shell of the container', async () => {
    const world = new GuestWorld();
    world.install('sh');
    expect(await claims('streams', ['sh'], world)).toContain('ok, 29 checks\n');
  });

  it('a stack overflow ends the process by SIGSEGV', async () => {
    const world = new GuestWorld();
    expect((await world.run([world.install('test/deep-stack'), 'overflow'])).status & 0x7f).toBe(11);
  });
});

describe('the build of the guest programs', () => {
  const header = readFileSync(new URL('../../wasm-guest/libc/include/tsrun/syscalls.h', import.meta.url), 'utf8');

  it('tells Asyncify of each of our own calls that the host may suspend', () => {
    const ours = suspendingImports(header).filter((name) => name.startsWith('tsrun.'));
    expect(ours.toSorted()).toEqual([...SUSPENDING].filter((name) => name.startsWith('tsrun.')).toSorted());
  });

  it.each(['sh', 'box', 'probe'])('%s starts in four pages of memory at most, can be suspended and preempted', (name) => {
    const module = new WebAssembly.Module(readFileSync(`${bin}${name}.wasm`));
    const exported = WebAssembly.Module.exports(module).map((entry) => entry.name);
    expect(exported).toEqual(
      expect.arrayContaining(['memory', '__stack_pointer', '_start', '__tsrun_preempt', '__tsrun_fuel', 'asyncify_start_unwind']),
    );
    const imports: Record<string, Record<string, () => number>> = {};
    for (const entry of WebAssembly.Module.imports(module)) (imports[entry.module] ??= {})[entry.name] = () => 0;
    const { memory } = new WebAssembly.Instance(module, imports).exports as { memory: WebAssembly.Memory };
    expect(memory.buffer.byteLength / 65536).toBeLessThanOrEqual(4);
    expect(WebAssembly.Module.customSections(module, 'tsrun-guest').map((bytes) => Buffer.from(bytes).toString())).toEqual([
      `${name}\u00001`,
    ]);
  });
});

describe('the guest libc on a terminal', () => {
  it('finds the terminal, its settings and its size', async () => {
    const world = new GuestWorld();
    const { screen, ended } = world.onTerminal([world.install('test/tty')]);
    expect(await ended).toBe(0);
    expect(screen.text).toMatch(/^terminal: ok, \d+ checks\r\n$/);
  });

  it('reads bytes in raw mode, then puts the state back', async () => {
    const world = new GuestWorld();
    const { tty, screen, ended } = world.onTerminal([world.install('test/tty'), 'raw']);
    await screen.shows('ready');
    tty.input(Buffer.from('\u0003\rx'));
    await screen.shows('120');
    tty.input(Buffer.from('q'));
    expect(await ended).toBe(0);
    expect(screen.text).toBe('ready\r\n3\r\n13\r\n120\r\nraw: ok, 3 checks\r\n');
  });

  it('gets lines as the user edited them, and an end of input', async () => {
    const world = new GuestWorld();
    const { tty, screen, ended } = world.onTerminal([world.install('test/tty'), 'line']);
    tty.input(Buffer.from('helo\u007flo\nsecond\n\u0004'));
    expect(await ended).toBe(0);
    expect(screen.text).toContain('6:hello\r\n7:second\r\n');
  });

  it('is told of a new size', async () => {
    const world = new GuestWorld();
    const { tty, screen, ended } = world.onTerminal([world.install('test/tty'), 'size']);
    await screen.shows('24 rows, 80 columns');
    tty.resize(132, 43);
    await screen.shows('43 rows, 132 columns');
    tty.input(Buffer.from('q\n'));
    expect(await ended).toBe(0);
  });

  it('ends by ^C when it is not the first process', async () => {
    const world = new GuestWorld();
    void world.run([world.install('probe'), 'sleep']);
    const { tty, screen, ended } = world.onTerminal([world.install('test/tty'), 'size']);
    await screen.shows('columns');
    tty.input(Buffer.from('\u0003'));
    expect(await ended).toBe(2);
    expect(screen.text).toContain('^C');
    world.kernel.shutdown();
  });

  it('as first process without a handler, it is not ended by ^C', async () => {
    const world = new GuestWorld();
    const { tty, screen, ended } = world.onTerminal([world.install('test/tty'), 'size']);
    await screen.shows('columns');
    tty.input(Buffer.from('\u0003q\n'));
    expect(await ended).toBe(0);
  });
});

describe('probe', () => {
  it('prints what it sees as one JSON object', async () => {
    const world = new GuestWorld();
    const { stdout, status } = await world.run([world.install('probe'), 'report', '/etc/passwd', '/tmp'], {
      env: ['A=1', 'QUOTE="\\'],
      cwd: '/tmp',
      umask: 0o027,
    });
    expect(status).toBe(0);
    const seen = JSON.parse(stdout) as Record<string, never>;
    expect(seen).toMatchObject({
      args: ['/bin/probe', 'report', '/etc/passwd', '/tmp'],
      env: ['A=1', 'QUOTE="\\'],
      cwd: '/tmp',
      umask: 0o027,
      uid: { real: 0, effective: 0, saved: 0 },
      hostname: 'guest',
      root: { writeError: null },
      paths: { '/etc/passwd': { type: 'regular', error: null, bytes: 75 }, '/tmp': { type: 'directory', entries: 0 } },
      devices: { '/dev/null': { type: 'character', mode: 0o666, rdev: '1:3' } },
      terminal: null,
    });
  });

  it.each([
    [['exit', '7'], 7 << 8],
    [['kill-self', '15'], 0],
    [['fault', 'trap'], 4 | CORE],
    [['fault', 'read'], 11 | CORE],
    [['nothing'], 2 << 8],
  ])('%j ends with wait status %i', async (args, status) => {
    const world = new GuestWorld();
    expect((await world.run([world.install('probe'), ...args])).status).toBe(status);
  });

  it('reaches the pids limit with forkbomb, and no further', async () => {
    const world = new GuestWorld({ limits: { pids: 5 } });
    expect((await world.run([world.install('probe'), 'forkbomb', '20'])).stdout).toBe(
      '4 children, then: Resource temporarily unavailable\n',
    );
  });

  it('gets no more memory than it is let', async () => {
    const world = new GuestWorld();
    const limit = BigInt(8 << 20);
    const { stdout } = await world.run([world.install('probe'), 'mem', '20'], { rlimits: new Map([[RLIMIT_AS, [limit, limit]]]) });
    expect(stdout).toMatch(/^[5-7] MiB, then: Cannot allocate memory\n$/);
  });
});
