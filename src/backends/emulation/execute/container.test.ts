import { expect, test } from 'vitest';
import { TsrunError } from '../../../core/errors.ts';
import type { Process as ProcessConfig } from '../../../oci/spec.ts';
import { call, type Script } from '../kernel/testing/programs.ts';
import type { Process, SystemCalls } from '../kernel/types.ts';
import { collector, CONFIG, scriptContainer, sourceOf } from './script-container.fixture.ts';
import { stdioOver } from './stdio.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const say = (text: string, fd = 1): Script =>
  function* (self, sys) {
    yield* call(sys.write(self, fd, bytes(text)));
  };
const forever: Script = function* (self, sys) {
  yield* call(sys.nanosleep(self, 1e6));
};
function readText(self: Process, sys: SystemCalls, path: string): string {
  const fd = sys.openat(self, -100, path, 0, 0) as number;
  const buffer = new Uint8Array(4096);
  const count = sys.read(self, fd, buffer) as number;
  sys.close(self, fd);
  return new TextDecoder().decode(buffer.subarray(0, count));
}
const withProcess = (process: Partial<ProcessConfig>): { config: { process: ProcessConfig } } => ({
  config: { process: { ...(CONFIG.process as ProcessConfig), ...process } },
});
const failure = (promise: Promise<unknown>): Promise<TsrunError> =>
  promise.then(
    () => expect.fail('it should have failed'),
    (error: unknown) => error as TsrunError,
  );

test('a created container runs nothing until start', async () => {
  const { container, output } = await scriptContainer({ main: say('ran') });
  expect(container.status).toBe('created');
  await new Promise((resolve) => setTimeout(resolve, 10));
  expect(output()).toBe('');
  await container.start();
  expect(await container.exited).toEqual({ code: 0 });
  expect(output()).toBe('ran');
  expect(container.status).toBe('stopped');
});

test('the exit status and the ending signal of the first process are those of the container', async () => {
  const first = await scriptContainer({ main: () => 42 });
  await first.container.start();
  expect(await first.container.exited).toEqual({ code: 42 });
  const second = await scriptContainer({ main: forever });
  await second.container.start();
  second.container.signal(9);
  expect(await second.container.exited).toEqual({ signal: 9 });
});

test('the process is who the config says, where it says, with its limits', async () => {
  const seen: Record<string, unknown> = {};
  const { container } = await scriptContainer(
    {
      main: (self, sys) => {
        seen['ids'] = self.ids;
        seen['cwd'] = sys.getcwd(self);
        seen['umask'] = self.umask;
        seen['nofile'] = sys.getrlimit(self, 7);
        seen['env'] = self.env;
        seen['oom'] = readText(self, sys, '/proc/self/oom_score_adj').trim();
        seen['host'] = readText(self, sys, '/proc/sys/kernel/hostname').trim();
      },
    },
    {
      config: {
        hostname: 'emu',
        process: {
          args: ['main'],
          env: ['PATH=/bin', 'A=b'],
          cwd: '/made/here',
          user: { uid: 5, gid: 6, additionalGids: [7, 8], umask: 0o77 },
          rlimits: [{ type: 'RLIMIT_NOFILE', soft: 10, hard: 20 }],
          oomScoreAdj: 33,
        },
      },
    },
  );
  await container.start();
  await container.exited;
  expect(seen).toEqual({
    ids: { ruid: 5, euid: 5, suid: 5, rgid: 6, egid: 6, sgid: 6, groups: [7, 8] },
    cwd: '/made/here',
    umask: 0o77,
    nofile: [10n, 20n],
    env: ['PATH=/bin', 'A=b', 'HOME=/'],
    oom: '33',
    host: 'emu',
  });
});

test('input is delivered whole and ends', async () => {
  const text = 'x'.repeat(100_003);
  let got = 0;
  const main: Script = function* (self, sys) {
    const buffer = new Uint8Array(1009);
    for (;;) {
      const count = yield* call(sys.read(self, 0, buffer));
      if (count === 0) return;
      got += count;
    }
  };
  const { container } = await scriptContainer({ main }, { input: text });
  await container.start();
  await container.exited;
  expect(got).toBe(text.length);
});

test('default devices and their links are there, and other devices are not', async () => {
  const found: Record<string, string> = {};
  const { container } = await scriptContainer({
    main: (self, sys) => {
      for (const name of ['null', 'zero', 'full', 'random', 'urandom', 'tty']) {
        const { rdev, mode } = sys.stat(self, -100, `/dev/${name}`, true);
        found[name] = `${(mode & 0o170000).toString(8)} ${rdev}`;
      }
      for (const name of ['fd', 'stdin', 'stdout', 'stderr', 'ptmx']) found[name] = sys.readlinkat(self, -100, `/dev/${name}`);
    },
  });
  await container.start();
  expect(await container.exited).toEqual({ code: 0 });
  expect(found).toEqual({
    null: '20000 259',
    zero: '20000 261',
    full: '20000 263',
    random: '20000 264',
    urandom: '20000 265',
    tty: '20000 1280',
    fd: '/proc/self/fd',
    stdin: '/proc/self/fd/0',
    stdout: '/proc/self/fd/1',
    stderr: '/proc/self/fd/2',
    ptmx: 'pts/ptmx',
  });
});

test('masked, read-only and root.readonly paths hold', async () => {
  const errors: string[] = [];
  const { container } = await scriptContainer(
    {
      main: (self, sys) => {
        const attempt = (path: string): void => {
          try {
            sys.openat(self, -100, path, 0o101, 0o644);
            errors.push(`${path} opened`);
          } catch (error) {
            errors.push(`${path} ${(error as { errno: string }).errno}`);
          }
        };
        errors.push(`secret: ${readText(self, sys, '/etc/secret')}`);
        errors.push(`dir: ${sys.readdir(self, sys.openat(self, -100, '/private', 0o200000, 0) as number).length}`);
        attempt('/private/new');
        attempt('/data/new');
        attempt('/etc/new');
        attempt('/tmp/new');
      },
    },
    {
      files: { '/etc/secret': 'hidden', '/private/key': 'hidden', '/data/file': '1' },
      config: {
        root: { path: '/', readonly: true },
        mounts: [...(CONFIG.mounts ?? []), { destination: '/tmp', type: 'tmpfs', source: 'tmpfs' }],
        linux: { ...CONFIG.linux, maskedPaths: ['/etc/secret', '/private', '/absent'], readonlyPaths: ['/data', '/absent'] },
      },
    },
  );
  await container.start();
  expect(await container.exited).toEqual({ code: 0 });
  expect(errors).toEqual(['secret: ', 'dir: 2', '/private/new EROFS', '/data/new EROFS', '/etc/new EROFS', '/tmp/new opened']);
});

test('exec runs beside the first process, with its own descriptors, and reports its own end', async () => {
  const { container, output } = await scriptContainer({
    main: forever,
    tool: function* (self, sys) {
      const buffer = new Uint8Array(16);
      const count = yield* call(sys.read(self, 0, buffer));
      yield* call(sys.write(self, 1, buffer.subarray(0, count)));
      return 3;
    },
  });
  await container.start();
  const own = collector();
  const executed = await container.exec({ args: ['tool'], env: ['PATH=/bin'], cwd: '/' }, stdioOver(sourceOf('typed'), own.sink, own.sink));
  expect(await executed.exited).toEqual({ code: 3 });
  expect([own.text(), output(), container.status]).toEqual(['typed', '', 'running']);
  container.dispose();
  await container.exited;
});

test('pause stops everything, resume goes on', async () => {
  let turns = 0;
  const { container } = await scriptContainer({
    main: function* (self, sys) {
      for (;;) {
        turns++;
        yield* call(sys.nanosleep(self, 1));
      }
    },
  });
  await container.start();
  await new Promise((resolve) => setTimeout(resolve, 30));
  container.pause();
  const before = turns;
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect([turns, container.status]).toEqual([before, 'paused']);
  container.resume();
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(turns).toBeGreaterThan(before);
  container.dispose();
  expect(await container.exited).toEqual({ signal: 9 });
});

test('update changes what it names and refuses the rest whole', async () => {
  const { container } = await scriptContainer(
    { main: forever },
    { config: { linux: { ...CONFIG.linux, resources: { pids: { limit: 5 } } } } },
  );
  container.update({ memory: { limit: 1 << 20 } });
  expect(container.stats()).toMatchObject({ pids: { limit: 5 }, memory: { usage: { limit: 1 << 20 } } });
  expect(() => container.update({ pids: { limit: 9 }, cpu: { shares: 5 } })).toThrow('cpu.shares');
  expect(container.stats()).toMatchObject({ pids: { limit: 5 } });
  container.dispose();
});

test.each([
  ['a name that is nowhere in PATH', ['nosuch'], 'exec: "nosuch": executable file not found in $PATH'],
  ['a path that leads nowhere', ['/no/such'], 'exec: "/no/such": stat /no/such: no such file or directory'],
  ['a directory', ['/bin'], 'exec: "/bin": permission denied: it is a directory'],
  ['a file without x', ['/etc/text'], 'permission denied: /etc/text is not executable (mode 0644)'],
])('%s as the program fails create, in runc’s words', async (_, args, words) => {
  const error = await failure(scriptContainer({ main: forever }, { ...withProcess({ args }), files: { '/etc/text': 'text' } }));
  expect(error).toMatchObject({ code: 'EXEC_FAILED', pointer: '/process/args', step: { op: 'awaitStart' } });
  expect(error.message).toContain(words);
});

test('a step that fails names the entry of the config and the cause', async () => {
  const config = { mounts: [...(CONFIG.mounts ?? []), { destination: '/etc/file', type: 'tmpfs', source: 'tmpfs' }] };
  const error = await failure(scriptContainer({ main: forever }, { config, files: { '/etc/file': '' } }));
  expect(error).toMatchObject({ code: 'STEP_FAILED', pointer: '/mounts/3', step: { op: 'mount', errno: 'ENOTDIR' } });
  expect(error.message).toBe('unable to start container process: mounting tmpfs on /etc/file (config.json /mounts/3): not a directory');
});

test('hooks inside are guests with the state on standard input; a failing one is named', async () => {
  const states: string[] = [];
  const hook: Script = function* (self, sys) {
    const buffer = new Uint8Array(200);
    const count = yield* call(sys.read(self, 0, buffer));
    states.push(new TextDecoder().decode(buffer.subarray(0, count)));
  };
  const scripts = { main: () => 0, hook, bad: say('what went wrong', 2), slow: forever, fails: () => 3 };
  const hooks = { createContainer: [{ path: '/bin/hook' }], startContainer: [{ path: '/bin/hook' }] };
  const { container } = await scriptContainer(scripts, { config: { hooks } });
  expect(states).toEqual(['{"status":"creating","pid":1}']);
  await container.start();
  await container.exited;
  expect(states).toEqual(['{"status":"creating","pid":1}', '{"status":"created","pid":1}']);

  const failing = await failure(scriptContainer(scripts, { config: { hooks: { createContainer: [{ path: '/bin/fails' }] } } }));
  expect(failing).toMatchObject({ code: 'HOOK_FAILED', pointer: '/hooks/createContainer/0' });
  expect(failing.message).toContain('exit status 3');
  const atStart = await scriptContainer(scripts, { config: { hooks: { startContainer: [{ path: '/bin/fails' }] } } });
  expect(await failure(atStart.container.start())).toMatchObject({ code: 'HOOK_FAILED', pointer: '/hooks/startContainer/0' });
  expect(await atStart.container.exited).toEqual({ signal: 9 });
  const late = await failure(scriptContainer(scripts, { config: { hooks: { createContainer: [{ path: '/bin/slow', timeout: 1 }] } } }));
  expect(late.message).toContain('longer than its timeout');
  const nap: Script = function* (self, sys) {
    yield* call(sys.nanosleep(self, 100));
  };
  // More than a timer of Node can be.
  await scriptContainer({ ...scripts, nap }, { config: { hooks: { createContainer: [{ path: '/bin/nap', timeout: 3_000_000 }] } } });
});

test('the terminal of the first process is /dev/console too, and echoes', async () => {
  const screen = collector();
  let device = 0;
  const { container } = await scriptContainer(
    {
      main: function* (self, sys) {
        device = sys.stat(self, -100, '/dev/console', true).rdev;
        const buffer = new Uint8Array(16);
        yield* call(sys.read(self, 0, buffer));
      },
    },
    {
      ...withProcess({ terminal: true, consoleSize: { width: 90, height: 30 } }),
      stdioKind: 'terminal',
      stdio: stdioOver(sourceOf('hi\n'), screen.sink, collector().sink),
    },
  );
  await container.start();
  await container.exited;
  expect([screen.text(), device >> 8]).toEqual(['hi\r\n', 136]);
});
