/** sd_notify(3): NOTIFY_SOCKET in the environment of create, start and run. The container's side is a real program in it, the host's a socket of the test. */
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import type { Box, Bundle } from '../helpers/box.ts';
import type { Changes } from '../helpers/config.ts';
import { cleanEnv, poll, sleep, start } from '../helpers/process.ts';
import { lacks, test } from '../helpers/test.ts';

interface Datagram {
  readonly lines: readonly string[];
  readonly descriptors: number;
  readonly sender: number;
}

interface Manager {
  readonly address: string;
  readonly env: NodeJS.ProcessEnv;
  readonly child: ChildProcess;
  /** All it has heard. */
  heard(): readonly Datagram[];
}

const python = '/usr/bin/python3';
const program = new URL('../helpers/service-manager.py', import.meta.url).pathname;

async function manager(box: Box, address: string, ...flags: string[]): Promise<Manager> {
  const child = box.adopt(start([python, program, address, ...flags]));
  let out = '';
  child.stdout?.on('data', (data: Buffer) => (out += data.toString()));
  child.stderr?.on('data', (data: Buffer) => (out += data.toString()));
  await poll('the service manager', () => out.includes('listening'));
  const heard = (): Datagram[] => out.split('\n').flatMap((line) => (line.startsWith('{') ? [JSON.parse(line) as Datagram] : []));
  return { address, env: { ...cleanEnv, NOTIFY_SOCKET: address }, child, heard };
}

const lines = (of: Manager): readonly string[] => of.heard().flatMap((datagram) => datagram.lines);

/** The host's python inside the container. */
const withPython: Changes = Object.fromEntries(
  ['/usr', '/lib', '/lib64']
    .filter((path) => existsSync(path))
    .map((path, index) => [`/mounts/-${index}`, { destination: path, source: path, type: 'bind', options: ['rbind', 'ro'] }]),
);

/** A shell function `say` that sends a datagram to NOTIFY_SOCKET, and `wait_for` a file that the test makes. */
const functions =
  `say() { ${python} -c 'import os,socket,sys; socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM).sendto(sys.argv[1].encode().decode("unicode_escape").encode(), os.environ["NOTIFY_SOCKET"])' "$1" 2>>/tmp/errors; }; ` +
  'wait_for() { while [ ! -e /$1 ]; do sleep 0.02; done; }; ';
const script = (text: string): string => functions + text;
const touch = ({ rootfs }: Bundle, name: string): void => writeFileSync(join(rootfs, name), '');
const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;
const childrenOf = (pid: number): readonly number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((name) => existsSync(`/proc/${name}/stat`) && parentOf(name) === pid);
function parentOf(pid: number): number {
  try {
    return Number(/\) \S (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'latin1'))?.[1]);
  } catch {
    return 0; // ended meanwhile
  }
}

async function created(box: Box, { env }: Manager, text: string, changes: Changes = {}): Promise<Bundle> {
  const bundle = box.bundle(script(text), { ...withPython, ...changes });
  // The root of a user namespace may make nothing in a rootfs that is not its own.
  for (const dir of ['usr', 'lib', 'lib64', 'run/notify']) mkdirSync(join(bundle.rootfs, dir));
  await box.ok(['create', '--bundle', bundle.path, bundle.id], { env });
  return bundle;
}

describe.skipIf(lacks('python3') || !existsSync(python))('oci-checklist §2.2: NOTIFY_SOCKET', () => {
  test('start waits for READY=1 and hands it on with the pid of the container', async ({ box }) => {
    const host = await manager(box, box.path('host.sock'));
    const bundle = await created(box, host, 'wait_for go; say READY=1; exec sleep 100');
    const child = box.background(['start', bundle.id], { env: host.env });
    await box.until(bundle.id, 'running');
    await sleep(200);
    expect([hasEnded(child), host.heard()]).toEqual([false, []]);
    touch(bundle, 'go');
    await poll('the end of start', () => hasEnded(child));
    expect(child.exitCode).toBe(0);
    expect(lines(host).slice(0, 2)).toEqual(['READY=1', `MAINPID=${await box.pid(bundle.id)}`]);
    expect(await box.state(bundle.id)).toMatchObject({ status: 'running' });
  });

  test('run --detach waits for it in the same way', async ({ box }) => {
    const host = await manager(box, box.path('host.sock'));
    const bundle = box.bundle(script('wait_for go; say READY=1; exec sleep 100'), withPython);
    const child = box.background(['run', '-d', '--bundle', bundle.path, bundle.id], { env: host.env });
    await poll('the container', () => box.ids().length === 1);
    await box.until(bundle.id, 'running');
    expect(hasEnded(child)).toBe(false);
    touch(bundle, 'go');
    await poll('the end of run', () => hasEnded(child));
    expect(child.exitCode).toBe(0);
    expect(lines(host).slice(0, 2)).toEqual(['READY=1', `MAINPID=${await box.pid(bundle.id)}`]);
  });

  test('run in the foreground hands it on with its own pid, and goes on', async ({ box }) => {
    const host = await manager(box, box.path('host.sock'));
    const bundle = box.bundle(script('say READY=1; wait_for go; exit 7'), withPython);
    const child = box.background(['run', '--bundle', bundle.path, bundle.id], { env: host.env });
    await poll('the word', () => lines(host).includes('READY=1'));
    expect(lines(host)[1]).toBe(`MAINPID=${child.pid}`);
    expect(hasEnded(child)).toBe(false);
    touch(bundle, 'go');
    await poll('the end of run', () => hasEnded(child));
    expect(child.exitCode).toBe(7);
    expect(box.ids()).toEqual([]);
  });

  test('a signal to the whole process group, as ^C is, does not keep it from being handed on', async ({ box }) => {
    const host = await manager(box, box.path('host.sock'));
    const bundle = box.bundle(script('wait_for go; say READY=1; exec sleep 100'), withPython);
    const child = box.background(['run', '--bundle', bundle.path, bundle.id], { env: host.env });
    await poll('the container', () => box.ids().length === 1);
    await box.until(bundle.id, 'running');
    const helpers = childrenOf(child.pid ?? 0);
    expect(helpers).toHaveLength(2);
    for (const pid of helpers) process.kill(pid, 'SIGINT');
    touch(bundle, 'go');
    await poll('the word', () => lines(host).includes('READY=1'));
  });

  test('it comes in the name of tsrun itself, as a service manager that looks at the sender wants it', async ({ box }) => {
    const host = await manager(box, box.path('host.sock'));
    const bundle = await created(box, host, 'say READY=1; exec sleep 100');
    const child = box.background(['start', bundle.id], { env: host.env });
    await poll('the word', () => host.heard()[0]);
    expect(host.heard()[0]?.sender).toBe(child.pid);
  });

  test('nothing else that a container says is handed on', async ({ box }) => {
    const host = await manager(box, box.path('host.sock'));
    const bundle = await created(
      box,
      host,
      'say MAINPID=1; say STATUS=x; say READY=0; say XREADY=1; say READY=11; say "STATUS=y\\nREADY=1\\nMAINPID=1\\nFDSTORE=1"; exec sleep 100',
    );
    await box.ok(['start', bundle.id], { env: host.env });
    expect(lines(host)).toEqual(['READY=1', `MAINPID=${await box.pid(bundle.id)}`, 'BARRIER=1']);
  });

  test('start ends only when the service manager has taken the word (sd_notify_barrier(3))', async ({ box }) => {
    const host = await manager(box, box.path('host.sock'), 'hold');
    const bundle = await created(box, host, 'say READY=1; exec sleep 100');
    const child = box.background(['start', bundle.id], { env: host.env });
    await poll('the barrier', () => host.heard().some(({ descriptors }) => descriptors === 1));
    await sleep(200);
    expect(hasEnded(child)).toBe(false);
    host.child.stdin?.write('\n');
    await poll('the end of start', () => hasEnded(child));
    expect(child.exitCode).toBe(0);
  });

  for (const [command, code] of [
    ['start', 0],
    ['run -d', 0],
    ['run', 3],
  ] as const) {
    test(`a container that ends without the word ends ${command}, and nobody is told`, async ({ box }) => {
      const host = await manager(box, box.path('host.sock'));
      const bundle = box.bundle(script('exit 3'), withPython);
      const place = ['--bundle', bundle.path, bundle.id];
      if (command === 'start') await box.ok(['create', ...place], { env: host.env });
      const words = command === 'start' ? ['start', bundle.id] : [...command.split(' '), ...place];
      expect(await box.tsrun(words, { env: host.env })).toEqual({ code, stdout: '', stderr: '' });
      expect(host.heard()).toEqual([]);
    });
  }

  test('every user of the container may say it, also behind a user namespace', async ({ box }) => {
    const map = [{ containerID: 0, hostID: 100_000, size: 65_536 }];
    for (const changes of [
      {},
      { '/linux/namespaces/-': { type: 'user' }, '/linux/uidMappings': map, '/linux/gidMappings': map },
    ] as const) {
      // oxlint-disable no-await-in-loop -- one container after the other
      const host = await manager(box, box.path(`host${Object.keys(changes).length}.sock`));
      const user = { '/process/user': { uid: 1000, gid: 1000 }, ...changes };
      const bundle = await created(box, host, 'say READY=1; exec sleep 100', user);
      await box.ok(['start', bundle.id], { env: host.env });
      // oxlint-enable no-await-in-loop
      expect(lines(host)).toContain('READY=1');
    }
  });

  test('the socket is the container’s own at /run/notify, which is read-only, and an exec is not told of it', async ({ box }) => {
    const host = await manager(box, box.path('host.sock'));
    const bundle = await created(box, host, 'echo $NOTIFY_SOCKET > /place; ls /run/notify >> /place; say READY=1; exec sleep 100');
    await box.ok(['start', bundle.id], { env: host.env });
    expect(readFileSync(join(bundle.rootfs, 'place'), 'utf8')).toBe('/run/notify/notify.sock\nnotify.sock\n');
    const inside = await box.exec(bundle.id, 'echo "[$NOTIFY_SOCKET]"; touch /run/notify/x');
    expect(inside).toMatchObject({ stdout: '[]\n', stderr: expect.stringContaining('Read-only file system') });
  });

  test('an abstract address works too', async ({ box }) => {
    const host = await manager(box, `@${box.token}`);
    const bundle = await created(box, host, 'say READY=1; exec sleep 100');
    await box.ok(['start', bundle.id], { env: host.env });
    expect(lines(host)).toContain('READY=1');
  });

  test('where nobody listens a warning says so, and the container runs', async ({ box }) => {
    const env = { ...cleanEnv, NOTIFY_SOCKET: box.path('nobody.sock') };
    const bundle = box.bundle('sleep 100');
    const { warnings } = await box.ok(['run', '-d', '--bundle', bundle.path, bundle.id], { env });
    expect(warnings.join('\n')).toMatch(/not told .*nobody\.sock: no such file or directory/);
    expect(await box.state(bundle.id)).toMatchObject({ status: 'running' });
  });

  test('start of a container that was created without the variable warns and does not wait', async ({ box }) => {
    const host = await manager(box, box.path('host.sock'));
    const bundle = await box.create('exec sleep 100');
    const { warnings } = await box.ok(['start', bundle.id], { env: host.env });
    expect(warnings.join('\n')).toContain('created without');
  });

  test('a config that names its own NOTIFY_SOCKET is left as it is', async ({ box }) => {
    const host = await manager(box, box.path('host.sock'));
    const bundle = await created(box, host, 'echo $NOTIFY_SOCKET > /place; exec sleep 100', { '/process/env/-': 'NOTIFY_SOCKET=/its/own' });
    expect((await box.ok(['start', bundle.id], { env: host.env })).warnings).toEqual([]);
    await poll('the place', () => existsSync(join(bundle.rootfs, 'place')) && readFileSync(join(bundle.rootfs, 'place'), 'utf8') !== '');
    expect(readFileSync(join(bundle.rootfs, 'place'), 'utf8')).toBe('/its/own\n');
  });

  test('without a mount namespace it is refused, and nothing is left', async ({ box }) => {
    const changes = { '/linux/namespaces': [{ type: 'pid' }], '/mounts': undefined, '/hostname': undefined };
    const failure = await box.runFails('true', changes, { env: { ...cleanEnv, NOTIFY_SOCKET: box.path('x.sock') } });
    expect(failure).toMatchObject({ pointer: '/linux/namespaces', msg: expect.stringContaining('NOTIFY_SOCKET') });
    expect(box.ids()).toEqual([]);
  });

  test('SIGTERM to run --detach before the word leaves nothing', async ({ box }) => {
    const host = await manager(box, box.path('host.sock'));
    const bundle = box.bundle('sleep 100', withPython);
    const child = box.background(['run', '-d', '--bundle', bundle.path, bundle.id], { env: host.env });
    await poll('the container', () => box.ids().length === 1);
    await box.until(bundle.id, 'running');
    child.kill('SIGTERM');
    await poll('the end of run', () => hasEnded(child));
    expect(child.exitCode).toBe(1);
    expect(box.ids()).toEqual([]);
  });

  test('kill -9 of a waiting start leaves no process of ours, and the container running', async ({ box }) => {
    const host = await manager(box, box.path('host.sock'));
    const bundle = await created(box, host, 'sleep 100');
    const child = box.background(['start', bundle.id], { env: host.env });
    await box.until(bundle.id, 'running');
    const helpers = childrenOf(child.pid ?? 0);
    expect(helpers).toHaveLength(1);
    child.kill('SIGKILL');
    await poll('the end of the helper', () => helpers.every((pid) => !existsSync(`/proc/${pid}/exe`)));
    expect(await box.state(bundle.id)).toMatchObject({ status: 'running' });
  });
});
