import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { statusField } from '../helpers/assert.ts';
import { poll } from '../helpers/process.ts';
import { subject } from '../helpers/subject.ts';
import { anyUserTest, test } from '../helpers/test.ts';

describe('oci-checklist §2.2: exec', () => {
  test('runs inside: namespaces, root, hostname and cgroup of the container, fds of the caller', async ({ box }) => {
    const links = 'for n in pid net ipc uts mnt; do readlink /proc/self/ns/$n; done';
    const bundle = await box.started(`${links} > /own; echo all > /own-all; exec sleep 100`);
    await poll('its namespaces', () => existsSync(join(bundle.rootfs, 'own-all')));
    const script = `cat /etc/marker; hostname; ${links}; cat; echo e >&2; exit 7`;
    const result = await box.exec(bundle.id, script, [], { stdin: 'in\n' });
    const namespaces = readFileSync(join(bundle.rootfs, 'own'), 'utf8').trim().split('\n');
    expect(namespaces).toHaveLength(5);
    expect(result).toEqual({ code: 7, stdout: ['container', 'box', ...namespaces, 'in', ''].join('\n'), stderr: 'e\n' });
  });

  test('is a member of the cgroup of the container', async ({ box }) => {
    const bundle = await box.started();
    const result = await box.exec(bundle.id, 'cat /proc/self/cgroup');
    const lines = result.stdout.trim().split('\n');
    expect(lines.filter((line) => /:(memory|pids|cpu|devices|freezer)\b/.test(line) && !line.endsWith(bundle.cgroupsPath))).toEqual([]);
  });

  test('the environment is that of config.json with --env on top', async ({ box }) => {
    const bundle = await box.started('sleep 100', { '/process/env/-': 'A=config', '/process/env/-1': 'B=config' });
    const result = await box.exec(bundle.id, 'echo $A $B $C', ['--env', 'B=flag', '--env', 'C=flag']);
    expect(result.stdout).toBe('config flag flag\n');
  });

  test('--user UID:GID, --additional-gids and --cwd', async ({ box }) => {
    const bundle = await box.started();
    const result = await box.exec(bundle.id, 'id -u; id -g; id -G; pwd', [
      '--user',
      '1000:100',
      '--additional-gids',
      '7',
      '--additional-gids',
      '8',
      '--cwd',
      '/tmp',
    ]);
    expect(result.stdout).toBe('1000\n100\n100 7 8\n/tmp\n');
  });

  for (const user of ['1000:', ':5', '-1', '1x', 'root', '4294967296', '1:2:3', ' 1', '0x1']) {
    test(`--user ${JSON.stringify(user)} is refused, not guessed (CVE-2026-30892)`, async ({ box }) => {
      const bundle = await box.started();
      const result = await box.exec(bundle.id, 'id -u', [`--user=${user}`]);
      expect({ ...result, stderr: '' }).toEqual({ code: 255, stdout: '', stderr: '' });
    });
  }

  test('a capability that does not exist is a warning, and the process runs', async ({ box }) => {
    const bundle = await box.started();
    const result = await box.exec(bundle.id, 'echo ran', ['--cap', 'CAP_NOPE']);
    expect(result).toMatchObject({ code: 0, stdout: 'ran\n' });
    expect(result.stderr).toContain('unknown capability');
  });

  test('capabilities are those of config.json; --cap adds to bounding, effective and permitted, not to inheritable', async ({ box }) => {
    const bundle = await box.started();
    const plain = (await box.exec(bundle.id, 'cat /proc/self/status')).stdout;
    expect(statusField(plain, 'CapEff')).toBe('00000000a80425fb');
    const more = (await box.exec(bundle.id, 'cat /proc/self/status', ['--cap', 'CAP_SYS_TIME'])).stdout;
    for (const set of ['CapEff', 'CapPrm', 'CapBnd']) expect(statusField(more, set)).toBe('00000000aa0425fb');
    for (const set of ['CapInh', 'CapAmb']) expect(statusField(more, set)).toBe('0000000000000000');
  });

  test('an unknown capability is a warning, a relative --cwd an error, as in config.json', async ({ box }) => {
    const bundle = await box.started();
    expect((await box.ok(['exec', '--cap', 'CAP_NOPE', bundle.id, 'true'])).warnings.join()).toContain('CAP_NOPE');
    const failure = await box.fails(['exec', '--cwd', 'tmp', bundle.id, 'true']);
    expect(failure).toMatchObject({ code: 255, msg: expect.stringContaining('Cwd must be an absolute path') });
  });

  test('--no-new-privs', async ({ box }) => {
    const bundle = await box.started();
    expect(statusField((await box.exec(bundle.id, 'cat /proc/self/status')).stdout, 'NoNewPrivs')).toBe('0');
    expect(statusField((await box.exec(bundle.id, 'cat /proc/self/status', ['--no-new-privs'])).stdout, 'NoNewPrivs')).toBe('1');
  });

  test('--process FILE says everything, in any place before the id', async ({ box }) => {
    const bundle = await box.started();
    const file = box.file(
      'process.json',
      JSON.stringify({ args: ['/bin/sh', '-c', 'id -u; pwd; echo $X; exit 3'], cwd: '/tmp', env: ['X=y'], user: { uid: 5, gid: 6 } }),
    );
    const expected = { code: 3, stdout: '5\n/tmp\ny\n', stderr: '' };
    expect(await box.tsrun(['exec', '--process', file, bundle.id])).toEqual(expected);
    expect(await box.tsrun(['exec', `--process=${file}`, bundle.id])).toEqual(expected);
    expect(await box.tsrun(['exec', '-p', file, bundle.id])).toEqual(expected);
  });

  test('--detach returns at once, with the pid file written', async ({ box }) => {
    const bundle = await box.started();
    const file = box.path('exec.pid');
    await box.ok(['exec', '--detach', '--pid-file', file, bundle.id, '/bin/sh', '-c', 'echo $$ > /inner; exec sleep 77']);
    const pid = Number(readFileSync(file, 'utf8'));
    await poll('the program', () => existsSync(join(bundle.rootfs, 'inner')));
    if (subject.name !== 'emulation')
      await poll('its second program', () => readFileSync(`/proc/${pid}/cmdline`, 'utf8') === 'sleep\u000077\u0000');
    expect(existsSync(`/proc/${pid}`)).toBe(true);
    expect(await box.pid(bundle.id)).not.toBe(pid);
  });

  test('options after the id belong to the command', async ({ box }) => {
    const bundle = await box.started();
    expect((await box.tsrun(['exec', bundle.id, 'echo', '--cwd', '-t', '--', '-p'])).stdout).toBe('--cwd -t -- -p\n');
    expect((await box.tsrun(['exec', bundle.id, '--', 'echo', 'a'])).code).not.toBe(0);
  });

  test('argv[0] is looked up in the PATH of the process', async ({ box }) => {
    const bundle = await box.started();
    expect((await box.tsrun(['exec', bundle.id, 'echo', 'found'])).stdout).toBe('found\n');
    const failure = await box.fails(['exec', '--env', 'PATH=/nowhere', bundle.id, 'echo']);
    expect(failure.msg).toContain('exec: "echo": executable file not found in $PATH');
  });

  test('death by a signal gives 128 and the signal', async ({ box }) => {
    const bundle = await box.started();
    expect((await box.exec(bundle.id, 'kill -TERM $$')).code).toBe(143);
  });

  test('SIGKILL of the command leaves its process, which has lost nothing but what it had of the command', async ({ box }) => {
    const bundle = await box.started();
    const script = "trap '' PIPE; echo up; while [ ! -e /go ]; do sleep 0.02; done; echo late; cat; echo went on > /done";
    const command = box.background(['exec', bundle.id, '/bin/sh', '-c', script]);
    let said = '';
    command.stdout?.on('data', (text: Buffer) => (said += text.toString()));
    await poll('the program', () => said === 'up\n');
    command.kill('SIGKILL');
    await poll('its end', () => command.signalCode === 'SIGKILL');
    await box.exec(bundle.id, ': > /go');
    await poll('its process', async () => (await box.exec(bundle.id, 'cat /done')).stdout === 'went on\n');
  });

  test('the end of the container is the end of its process, by SIGKILL', async ({ box }) => {
    const bundle = await box.started('while [ ! -e /end ]; do sleep 0.02; done');
    const running = box.exec(bundle.id, ': > /end; exec sleep 100');
    expect((await running).code).toBe(137);
  });

  test('many execs at once all succeed', async ({ box }) => {
    const bundle = await box.started();
    const results = await Promise.all([1, 2, 3, 4, 5, 6].map(async (n) => await box.exec(bundle.id, `exit ${n}`)));
    expect(results.map((result) => result.code)).toEqual([1, 2, 3, 4, 5, 6]);
  });
});

describe("clients.md §4: errors of exec exit with 255 and in runc's words", () => {
  anyUserTest('of no container', async ({ box }) => {
    const failure = await box.fails(['exec', 'nobody', 'true']);
    expect(failure.code).toBe(255);
    expect(failure.msg).toMatch(/^exec failed: container does not exist/);
  });

  test('in a stopped container', async ({ box }) => {
    const bundle = await box.started('true');
    await box.until(bundle.id, 'stopped');
    const failure = await box.fails(['exec', bundle.id, 'true']);
    expect(failure.code).toBe(255);
    expect(failure.msg).toMatch(/^exec failed: cannot exec in a stopped container/);
  });

  test('in a paused container, unless --ignore-paused', async ({ box }) => {
    const bundle = await box.started();
    await box.ok(['pause', bundle.id]);
    const failure = await box.fails(['exec', bundle.id, 'true']);
    expect(failure.code).toBe(255);
    expect(failure.msg).toMatch(/cannot exec in a paused container \(use --ignore-paused to override\)/);
    const waiting = box.background(['exec', '--ignore-paused', bundle.id, '/bin/sh', '-c', 'exit 9']);
    await box.ok(['resume', bundle.id]);
    await poll('the exec', () => waiting.exitCode !== null);
    expect(waiting.exitCode).toBe(9);
  });

  test('of a program that does not exist, is no program, or is a directory', async ({ box }) => {
    const bundle = await box.started();
    const said = async (program: string): Promise<string> => {
      const failure = await box.fails(['exec', bundle.id, program]);
      expect(failure.code).toBe(255);
      expect(failure.msg).toMatch(/^exec failed: unable to start container process: /);
      return failure.msg;
    };
    expect(await said('nosuch')).toContain('exec: "nosuch": executable file not found in $PATH');
    expect(await said('/no/such')).toContain('exec: "/no/such": stat /no/such: no such file or directory');
    expect(await said('/etc/passwd')).toContain('exec: "/etc/passwd": permission denied');
    expect(await said('/etc')).toMatch(/exec: "\/etc": (is a directory|permission denied)/);
  });

  test('without a command', async ({ box }) => {
    const bundle = await box.started();
    const failure = await box.tsrun(['exec', bundle.id]);
    expect(failure.code).not.toBe(0);
    expect(failure.stderr + failure.stdout).toMatch(/exec args cannot be empty|requires a minimum|process args/);
  });

  test('a process.json that breaks the specification', async ({ box }) => {
    const bundle = await box.started();
    const process = (value: unknown): string => box.file('process.json', JSON.stringify(value));
    const relative = await box.fails(['exec', '--process', process({ args: ['true'], cwd: 'tmp', user: { uid: 0, gid: 0 } }), bundle.id]);
    expect(relative.msg).toMatch(/cwd.*absolute/i);
    expect((await box.fails(['exec', '--process', process({ args: [], cwd: '/' }), bundle.id])).msg).toMatch(/args.*empty/i);
    writeFileSync(join(box.dir, 'process.json'), '{"args": [');
    expect((await box.fails(['exec', '--process', box.path('process.json'), bundle.id])).code).toBe(255);
  });
});
