/**
 * On a simulated macOS (portability-preload.mjs: no /proc, /sys, /run, /dev/shm, no program but our own, no signals by number,
 * short socket addresses) the emulation works whole, and nothing looks for what only Linux has.
 */
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo } from 'node:net';
import { describe, expect } from 'vitest';
import { Box, type Bundle } from '../helpers/box.ts';
import { repository } from '../helpers/host.ts';
import { cleanEnv, poll, run } from '../helpers/process.ts';
import { test as base } from '../helpers/test.ts';

const program = `${repository}/dist/cli.js`;

interface Mac {
  /** A box whose program believes to be on macOS; no --backend: the choice is part of the claim. */
  readonly box: Box;
  readonly preload: string;
  readonly command: readonly string[];
  touched(): string;
}

const test = base.extend<{ mac: Mac }>({
  mac: async ({ box }, use) => {
    const preload = box.path('portability-preload.mjs');
    copyFileSync(new URL('portability-preload.mjs', import.meta.url), preload);
    const command = [process.execPath, '--import', preload, program];
    const touched = (): string => (existsSync(box.path('touched.txt')) ? readFileSync(box.path('touched.txt'), 'utf8') : '');
    const mac = new Box({ template: box.dir, subject: { name: 'emulation', ours: true, command } });
    try {
      await use({ box: mac, preload, command, touched });
    } finally {
      await mac.close();
    }
  },
});

describe('control: what the simulated system refuses is seen', () => {
  test.for([
    ['sync', `fs.readFileSync('/proc/version')`, 'fs.readFileSync /proc/version'],
    ['callback', `fs.readFile('/sys/kernel', (e) => { if (!e) process.exit(9); throw e; })`, 'fs.readFile /sys/kernel'],
    ['promise', `await fs.promises.stat('/run/x')`, 'fs.promises.stat /run/x'],
    ['module of promises', `await (await import('node:fs/promises')).readFile('/dev/shm/x')`, 'fs.promises.readFile /dev/shm/x'],
    ['program', `(await import('node:child_process')).spawnSync('unshare', ['-U'])`, 'spawnSync unshare'],
    ['signal', `process.kill(process.pid, 9); setTimeout(() => {}, 5000)`, 'kill by number 9'],
    ['address', `(await import('node:net')).connect('/tmp/' + 'x'.repeat(99))`, `connect /tmp/${'x'.repeat(99)}`],
  ] as const)('%s', async ([, code, expected], { mac }) => {
    const script = `import fs from 'node:fs'; ${code};`;
    const { code: status } = await run([process.execPath, '--import', mac.preload, '--input-type=module', '-e', script]);
    expect(status).not.toBe(0);
    expect(mac.touched()).toContain(expected);
  });
});

describe('commands that need no container', () => {
  test('--version, features, help and list of an empty root', async ({ mac }) => {
    expect((await mac.box.ok(['--version'])).stdout).toContain('tsrun version');
    expect(JSON.parse((await mac.box.ok(['features'])).stdout)).toMatchObject({ ociVersionMin: expect.any(String) as string });
    expect((await mac.box.ok(['--help'])).stdout).toContain('create');
    mkdirSync(mac.box.root, { mode: 0o700 });
    expect((await mac.box.ok(['list', '--quiet'])).stdout).toBe('');
    expect(mac.touched()).toBe('');
  });

  test('spec, with and without --rootless, writes a config that runs as it is but for its terminal', async ({ box, mac }) => {
    for (const flags of [[], ['--rootless']]) {
      const bundle = box.bundle('echo unused');
      const file = `${bundle.path}/config.json`;
      writeFileSync(`${bundle.path}/none`, '');
      const fresh = box.path(`spec${flags.length}`);
      mkdirSync(fresh);
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      await mac.box.ok(['spec', ...flags, '--bundle', fresh]);
      const spec = JSON.parse(readFileSync(`${fresh}/config.json`, 'utf8')) as { process: Record<string, unknown> };
      spec.process['terminal'] = false;
      spec.process['args'] = ['sh', '-c', 'echo "$0 here"; id -u'];
      writeFileSync(file, JSON.stringify(spec));
      // oxlint-disable-next-line no-await-in-loop
      expect((await mac.box.ok(['run', '--bundle', bundle.path, mac.box.newId()])).stdout).toBe('sh here\n0\n');
    }
    expect(mac.touched()).toBe('');
  });
});

describe('a life on it', () => {
  async function started(box: Box, mac: Mac, script: string, flags: readonly string[] = []): Promise<Bundle & { readonly life: string }> {
    const bundle = box.bundle(script);
    const life = mac.box.newId();
    await mac.box.ok(['create', '--bundle', bundle.path, ...flags, life]);
    await mac.box.ok(['start', life]);
    return { ...bundle, life };
  }

  test('create, state, start, exec, ps, pause, resume, update, events, list, kill, delete', async ({ box, mac }) => {
    const bundle = box.bundle(`trap 'exit 3' TERM; while :; do sleep 0.05; done`, { '/linux/resources/memory': { limit: 64 << 20 } });
    const id = mac.box.newId();
    await mac.box.ok(['create', '--bundle', bundle.path, '--pid-file', box.path('pid'), id]);
    expect(await mac.box.state(id)).toMatchObject({ status: 'created', backend: 'emulation' });
    await mac.box.ok(['start', id]);
    expect(await mac.box.state(id)).toMatchObject({ status: 'running', pid: Number(readFileSync(box.path('pid'), 'utf8')) });
    expect(await mac.box.exec(id, 'cat; exit 4', [], { stdin: 'typed' })).toMatchObject({ code: 4, stdout: 'typed' });
    expect((await mac.box.exec(id, 'cat /proc/1/comm; ls -d /sys/fs/cgroup /dev/shm')).stdout).toBe('sh\n/dev/shm\n/sys/fs/cgroup\n');
    await mac.box.ok(['exec', '--detach', '--pid-file', box.path('exec-pid'), id, 'sleep', '100']);
    expect((await mac.box.ok(['ps', id])).stdout).toContain('sleep 100');
    expect((JSON.parse((await mac.box.ok(['ps', '--format', 'json', id])).stdout) as number[]).length).toBeGreaterThanOrEqual(2);
    await mac.box.ok(['pause', id]);
    expect(await mac.box.state(id)).toMatchObject({ status: 'paused' });
    await mac.box.ok(['resume', id]);
    await mac.box.ok(['update', '--pids-limit', '7', id]);
    expect((await mac.box.ok(['events', '--stats', id])).stdout).toContain('"limit":7');
    expect((await mac.box.ok(['list'])).stdout).toContain(id);
    await mac.box.ok(['kill', id, 'TERM']);
    await mac.box.until(id, 'stopped');
    expect(await mac.box.state(id)).toMatchObject({ exitCode: 3 });
    await mac.box.ok(['delete', id]);
    expect(mac.touched()).toBe('');
  });

  test('run without a terminal gives output, status and takes input', async ({ box, mac }) => {
    const bundle = box.bundle('read x; echo "got $x"; echo err >&2; exit 9');
    const result = await mac.box.tsrun(['run', '--bundle', bundle.path, mac.box.newId()], { stdin: 'line\n', until: 'close' });
    expect(result).toEqual({ code: 9, stdout: 'got line\n', stderr: 'err\n' });
    expect(mac.touched()).toBe('');
  });

  test('signals of the host reach the container by name, those that macOS numbers otherwise too', async ({ box, mac }) => {
    const traps = ['USR1', 'USR2', 'TSTP', 'CONT', 'URG', 'IO', 'HUP'].map((name) => `trap 'echo ${name} >> /seen' ${name}`).join('; ');
    const { life, rootfs } = await started(box, mac, `${traps}; echo ready > /seen; while :; do sleep 0.02; done`, [
      '--rootfs-writes',
      'through',
    ]);
    const seen = (): string => (existsSync(`${rootfs}/seen`) ? readFileSync(`${rootfs}/seen`, 'utf8') : '');
    await poll('the traps', () => seen().includes('ready'));
    const pid = await mac.box.pid(life);
    for (const name of ['USR1', 'USR2', 'TSTP', 'CONT', 'IO', 'HUP']) {
      process.kill(pid, `SIG${name}`);
      // oxlint-disable-next-line no-await-in-loop -- in this order
      await poll(`SIG${name}`, () => seen().endsWith(`${name}\n`));
    }
    expect(seen()).toBe('ready\nUSR1\nUSR2\nTSTP\nCONT\nIO\nHUP\n');
    for (const [name, number] of [
      ['USR1', '10'],
      ['TSTP', '20'],
    ] as const) {
      // Numbers on the command line are Linux's, as the container's are.
      // oxlint-disable-next-line no-await-in-loop
      await mac.box.ok(['kill', life, number]);
      // oxlint-disable-next-line no-await-in-loop
      await poll(`${number} to be SIG${name}`, () => seen().endsWith(`${name}\n`));
    }
    await mac.box.ok(['delete', '--force', life]);
    expect(mac.touched()).toBe('');
  });

  test('an end by a signal has Linux’s number, and the program that ran it dies of the same name', async ({ box, mac }) => {
    const bundle = box.bundle('kill -USR1 $$; sleep 9', { '/process/args/0': 'sh' });
    const shell = box.bundle('sh -c "kill -USR2 \\$\\$"; echo $?');
    expect((await mac.box.tsrun(['run', '--bundle', shell.path, mac.box.newId()])).stdout).toBe('140\n');
    const id = mac.box.newId();
    await mac.box.ok(['create', '--bundle', bundle.path, id]);
    await mac.box.ok(['start', id]);
    await mac.box.ok(['kill', id, 'KILL']);
    await mac.box.until(id, 'stopped');
    await mac.box.ok(['delete', id]);
    expect(mac.touched()).toBe('');
  });

  test('hooks of the host run, and nothing else does', async ({ box, mac }) => {
    const hook = box.file('hook.sh', '#!/bin/sh\ncat > "$1"\n', 0o755);
    const bundle = box.bundle('true', { '/hooks': { poststop: [{ path: hook, args: ['hook.sh', box.path('hooked')] }] } });
    const env = { ...cleanEnv, PORTABILITY_PROGRAMS: hook };
    await mac.box.ok(['run', '--bundle', bundle.path, mac.box.newId()], { env });
    expect(JSON.parse(readFileSync(box.path('hooked'), 'utf8'))).toMatchObject({ status: 'stopped' });
    expect(mac.touched()).toBe('');
  });

  test('kill KILL and delete --force end a container that spins or is stopped', async ({ box, mac }) => {
    const spinning = await started(box, mac, 'while :; do :; done');
    await mac.box.ok(['kill', spinning.life, 'KILL']);
    await mac.box.until(spinning.life, 'stopped');
    await mac.box.ok(['delete', spinning.life]);
    const stopped = await started(box, mac, 'sleep 100');
    process.kill(await mac.box.pid(stopped.life), 'SIGSTOP');
    await mac.box.ok(['delete', '--force', stopped.life]);
    expect(mac.touched()).toBe('');
  });

  test('binds of files, directories and devices; a device of the host stands for ours by its name', async ({ box, mac }) => {
    const file = box.file('bound', 'of the host\n');
    const bundle = box.bundle('cat /bound; echo x > /null; wc -c < /null; mount | grep -c bound', {
      '/mounts/-': { destination: '/bound', type: 'bind', source: file, options: ['bind', 'ro'] },
      '/mounts/-1': { destination: '/null', type: 'bind', source: '/dev/null', options: ['bind'] },
    });
    expect(await mac.box.tsrun(['run', '--bundle', bundle.path, mac.box.newId()])).toMatchObject({
      code: 0,
      stdout: 'of the host\n0\n1\n',
    });
    expect(mac.touched()).toBe('');
  });
});

describe('state', () => {
  test('in a directory that is deeper than a socket address is long', async ({ box, mac }) => {
    mkdirSync(box.path('x'.repeat(90)));
    const deep = new Box({
      template: box.dir,
      subject: mac.box.subject,
      globals: ['--root', box.path('x'.repeat(90), 'state')],
    });
    try {
      const bundle = box.bundle('exec sleep 100');
      const id = deep.newId();
      await deep.ok(['run', '--detach', '--bundle', bundle.path, id]);
      expect((await deep.exec(id, 'echo in')).stdout).toBe('in\n');
      await deep.ok(['delete', '--force', id]);
    } finally {
      await deep.close();
    }
    expect(mac.touched()).toBe('');
  });

  test('goes to XDG_RUNTIME_DIR when that is all there is', async ({ box, mac }) => {
    const bundle = box.bundle('exec sleep 100');
    const runtime = box.path('runtime');
    mkdirSync(runtime, { mode: 0o700 });
    box.own(runtime);
    const uid = process.geteuid?.() === 0 ? 65534 : process.geteuid?.();
    const drop = process.geteuid?.() === 0 ? ['setpriv', '--reuid', '65534', '--regid', '65534', '--clear-groups'] : [];
    const { chownSync, chmodSync } = await import('node:fs');
    if (drop.length > 0) chownSync(runtime, 65534, 65534);
    writeFileSync(box.path('touched.txt'), '');
    chmodSync(box.path('touched.txt'), 0o666); // so that this user can be written down too
    const call = async (...args: string[]) =>
      await run([...drop, ...mac.command, ...args], { env: { XDG_RUNTIME_DIR: runtime }, until: 'exit' });
    const id = mac.box.newId();
    expect(await call('run', '--detach', '--bundle', bundle.path, id)).toMatchObject({ code: 0, stderr: '' });
    expect(readdirSync(`${runtime}/tsrun`)).toContain(id);
    expect((await call('exec', id, 'id', '-u')).stdout).toBe('0\n');
    expect(await call('delete', '--force', id)).toMatchObject({ code: 0 });
    expect(uid).not.toBe(0);
    expect(mac.touched()).toBe('');
  });

  test('--preserve-fds passes files on, refuses sockets, and looks into no /proc', async ({ box, mac }) => {
    const bundle = box.bundle('cat <&3; echo two >&4');
    const id = mac.box.newId();
    const argv = mac.box.argv(['run', '--preserve-fds', '2', '--bundle', bundle.path, id]);
    const [input, output] = [box.file('input', 'one\n'), box.file('output', '')];
    const result = await run(['sh', '-c', `"$@" 3<${input} 4>${output}`, 'sh', ...argv]);
    expect(result).toMatchObject({ code: 0, stdout: 'one\n' });
    expect(readFileSync(output, 'utf8')).toBe('two\n');
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    await once(socket, 'connect');
    const { fd } = Reflect.get(socket, '_handle') as { fd: number };
    try {
      const failure = await mac.box.fails(['run', '--preserve-fds', '1', '--bundle', bundle.path, mac.box.newId()], { fds: [fd] });
      expect(failure).toMatchObject({ errorCode: 'NOT_SUPPORTED' });
      expect(failure.msg).toContain('descriptor 3, which is a socket');
    } finally {
      socket.destroy();
      server.close();
    }
    expect(mac.touched()).toBe('');
  });
});
