/** Descriptors that the runtime sends over sockets: a pidfd, and the seccomp notify listener. */
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import type { Box } from '../helpers/box.ts';
import type { Changes } from '../helpers/config.ts';
import { cgroupMounts } from '../helpers/host.ts';
import { poll, start } from '../helpers/process.ts';
import { lacks, test } from '../helpers/test.ts';

interface Received {
  readonly message: string;
  readonly links: readonly string[];
  readonly infos: readonly string[];
}

const program = new URL('../helpers/receive.py', import.meta.url).pathname;
const python = existsSync('/usr/bin/python3') ? '/usr/bin/python3' : 'python3';

async function receiver(
  box: Box,
  name: string,
): Promise<{ readonly path: string; readonly child: ChildProcess; readonly received: () => Promise<Received> }> {
  const path = box.path(name);
  const child = box.adopt(start([python, program, path]));
  let out = '';
  child.stdout?.on('data', (data: Buffer) => (out += data.toString()));
  child.stderr?.on('data', (data: Buffer) => (out += data.toString()));
  await poll('the receiver', () => out.includes('listening'));
  const received = async (): Promise<Received> => {
    const json = await poll(`a message on ${name}`, () => /^\{.*\}$/m.exec(out)?.[0]);
    return JSON.parse(json) as Received;
  };
  return { path, child, received };
}

const readOrEmpty = (path: string): string => (existsSync(path) ? readFileSync(path, 'utf8') : '');
const pidOf = (info: string): number => Number(/^Pid:\s*(\d+)/m.exec(info)?.[1]);

describe.skipIf(lacks('python3'))('oci-checklist §2.2: --pidfd-socket', () => {
  test('create and exec send a pidfd of the process', async ({ box }) => {
    const first = await receiver(box, 'create.sock');
    const bundle = await box.create('exec sleep 100', {}, ['--pidfd-socket', first.path]);
    const sent = await first.received();
    expect(sent.links).toEqual(['anon_inode:[pidfd]']);
    expect(pidOf(sent.infos[0] ?? '')).toBe(await box.pid(bundle.id));
    await box.ok(['start', bundle.id]);
    const second = await receiver(box, 'exec.sock');
    const file = box.path('exec.pid');
    await box.ok(['exec', '--detach', '--pid-file', file, '--pidfd-socket', second.path, bundle.id, 'sleep', '77']);
    expect(pidOf((await second.received()).infos[0] ?? '')).toBe(Number(readFileSync(file, 'utf8')));
  });

  test('run in the foreground sends one too', async ({ box }) => {
    const socket = await receiver(box, 'run.sock');
    const file = box.path('run.pid');
    const bundle = box.bundle('exec sleep 100');
    box.background(['run', '--bundle', bundle.path, '--pid-file', file, '--pidfd-socket', socket.path, bundle.id]);
    const pid = pidOf((await socket.received()).infos[0] ?? '');
    await box.until(bundle.id, 'running');
    expect(pid).toBe(await box.pid(bundle.id));
    expect(pid).toBe(Number(readFileSync(file, 'utf8')));
  });

  test('a socket that is not there fails create, and nothing is left', async ({ box }) => {
    const bundle = box.bundle('exec sleep 100');
    const failure = await box.fails(['create', '--bundle', bundle.path, '--pidfd-socket', box.path('absent'), bundle.id]);
    expect(failure.msg).toMatch(/no such file/i);
    expect(box.ids()).toEqual([]);
  });
});

describe.skipIf(lacks('python3'))('config-linux.md#containerprocessstate: the seccomp listener', () => {
  const profile = (path: string): { '/linux/seccomp': { [key: string]: string | { names: string[]; action: string }[] } } => ({
    '/linux/seccomp': {
      defaultAction: 'SCMP_ACT_ALLOW',
      listenerPath: path,
      listenerMetadata: 'meta data',
      syscalls: [{ names: ['mkdir', 'mkdirat'], action: 'SCMP_ACT_NOTIFY' }],
    },
  });

  test('gets one state with the notify descriptor, the pid and the metadata', async ({ box }) => {
    const socket = await receiver(box, 'notify.sock');
    const bundle = await box.create('mkdir /tmp/x 2> /result; exec sleep 100', profile(socket.path));
    await box.ok(['start', bundle.id]);
    const sent = await socket.received();
    expect(sent.links).toHaveLength(1);
    expect(sent.links[0]).toMatch(/seccomp/);
    expect(JSON.parse(sent.message)).toMatchObject({
      ociVersion: expect.stringMatching(/^1\./),
      fds: ['seccompFd'],
      pid: await box.pid(bundle.id),
      metadata: 'meta data',
      state: { id: bundle.id, bundle: bundle.path, status: expect.stringMatching(/^creat(ing|ed)$/) },
    });
    // Without anybody to answer, the call waits; once the listener has gone, it fails.
    socket.child.stdin?.end();
    await poll(
      'the call to end',
      () => existsSync(join(bundle.rootfs, 'result')) && readFileSync(join(bundle.rootfs, 'result'), 'utf8') !== '',
    );
    expect(readFileSync(join(bundle.rootfs, 'result'), 'utf8')).toContain('Function not implemented');
  });

  test('startContainer hooks run under the filter, and their status is seen', async ({ box }) => {
    const hooks = (script: string): Changes => ({ '/hooks/startContainer': [{ path: '/bin/sh', args: ['sh', '-c', script] }] });
    const first = await receiver(box, 'first.sock');
    expect((await box.run('echo ran', { ...profile(first.path), ...hooks('exit 0') })).stdout).toBe('ran\n');
    const second = await receiver(box, 'second.sock');
    const failure = await box.runFails('echo ran', { ...profile(second.path), ...hooks('exit 5') });
    expect(failure.msg).toMatch(/startContainer hook #0: .*exit status 5/);
  });

  test('exec is told to it as well: with the pid of the new process, and the state of the container', async ({ box }) => {
    const socket = await receiver(box, 'notify.sock');
    const bundle = await box.create('exec sleep 100', profile(socket.path));
    await box.ok(['start', bundle.id]);
    await socket.received();
    socket.child.kill('SIGKILL');
    rmSync(socket.path);
    const again = await receiver(box, 'notify.sock');
    const file = box.path('exec.pid');
    await box.ok(['exec', '--detach', '--pid-file', file, bundle.id, '/bin/sh', '-c', 'mkdir /tmp/x 2> /result; exec sleep 77']);
    const sent = await again.received();
    expect(sent.links[0]).toMatch(/seccomp/);
    expect(JSON.parse(sent.message)).toMatchObject({
      fds: ['seccompFd'],
      pid: Number(readFileSync(file, 'utf8')),
      metadata: 'meta data',
      state: { id: bundle.id, bundle: bundle.path, status: 'running', pid: await box.pid(bundle.id) },
    });
    again.child.stdin?.end();
    await poll('the call to end', () => readOrEmpty(join(bundle.rootfs, 'result')).includes('Function not implemented'));
  });

  test('a listener that is not there is an error', async ({ box }) => {
    const failure = await box.runFails('true', profile(box.path('nobody.sock')));
    expect(failure.msg).toMatch(/nobody\.sock|seccomp/);
  });
});

describe.skipIf(!cgroupMounts.has('pids'))('oci-checklist §2.2: exec --cgroup', () => {
  test('puts the process into a cgroup below that of the container', async ({ box }) => {
    const bundle = await box.started('exec sleep 100');
    const dir = join(cgroupMounts.get('pids') ?? '', bundle.cgroupsPath, 'sub');
    mkdirSync(dir);
    const result = await box.exec(bundle.id, 'cat /proc/self/cgroup', ['--cgroup', 'pids:sub']);
    expect(result.stdout).toMatch(/:pids:\/.*\/sub$/m);
    expect(result.stdout).toMatch(new RegExp(`:memory:${bundle.cgroupsPath}$`, 'm'));
  });

  test('a path that climbs out, or does not exist, is refused', async ({ box }) => {
    const bundle = await box.started('exec sleep 100');
    for (const path of ['pids:../..', 'pids:nope', 'nope:sub']) {
      // oxlint-disable-next-line no-await-in-loop
      expect((await box.fails(['exec', '--cgroup', path, bundle.id, 'true'])).code).toBe(255);
    }
  });
});
