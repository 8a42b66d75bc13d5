import { chownSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { describe, expect } from 'vitest';
import { cleanEnv, poll, run } from '../helpers/process.ts';
import { subject } from '../helpers/subject.ts';
import { anyUserTest, rootTest, test } from '../helpers/test.ts';

describe('oci-checklist §2.1: the command line', () => {
  anyUserTest('--version has the lines that docker and go-runc parse', async () => {
    for (const flag of ['--version', '-v']) {
      // oxlint-disable-next-line no-await-in-loop
      const result = await run([...subject.command, flag]);
      expect(result.code).toBe(0);
      expect(result.stdout).toMatch(/^\w+ version \d+\.\d+\.\d+\S*\ncommit: \S.*\nspec: 1\.\d+\.\d+/);
    }
  });

  anyUserTest('--help names the commands and exits with 0', async () => {
    const result = await run([...subject.command, '--help']);
    expect(result.code).toBe(0);
    for (const verb of [
      'create',
      'start',
      'run',
      'state',
      'kill',
      'delete',
      'exec',
      'list',
      'ps',
      'pause',
      'resume',
      'update',
      'events',
      'spec',
      'features',
    ])
      expect(result.stdout).toContain(verb);
  });

  anyUserTest('output that nobody reads any more ends it without a word', async () => {
    const script = '{ sleep 0.3; "$@"; echo "status $?" >&2; } | true';
    const { stderr } = await run(['sh', '-c', script, 'sh', ...subject.command, '--help']);
    expect(stderr).toBe('status 141\n');
  });

  anyUserTest('an unknown command exits with 3 as runc does, an unknown flag with 1', async ({ box }) => {
    expect((await run([...subject.command, 'nonsense'])).code).toBe(3);
    expect((await box.tsrun(['state', '--nonsense', 'x'])).code).toBe(1);
    expect((await run([...subject.command, '--nonsense', 'list'])).code).toBe(1);
  });

  anyUserTest('an invalid --log-format is refused', async ({ box }) => {
    const result = await box.tsrun(['--log-format', 'xml', 'list']);
    expect(result.code).toBe(1);
    expect(result.stderr).toMatch(/log-format/);
  });

  test.runIf(subject.ours)('--debug says what is done with which container and process, on stderr or in the log', async ({ box }) => {
    const bundle = box.bundle('exit 3');
    const args = ['run', '--bundle', bundle.path, bundle.id];
    const { stderr } = await box.tsrun(['--debug', ...args]);
    expect(stderr).toMatch(/level=debug msg="container \S+: creating it from /);
    expect(stderr).toMatch(/level=debug msg="container \S+: created, its first process is \d+"/);
    expect(stderr).toMatch(/level=debug msg="container \S+: ended by exit code 3"/);
    const log = box.path('debug.log');
    expect((await box.tsrun(['--debug', '--log', log, '--log-format', 'json', ...args])).stderr).toBe('');
    const lines = readFileSync(log, 'utf8').trim().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { level: string }).level)).toEqual(lines.map(() => 'debug'));
  });

  anyUserTest('the state root must not be /', async () => {
    expect((await run([...subject.command, '--root', '/', 'list'])).code).toBe(1);
  });

  test("flags in all of Go's forms: -x, --x=v, --x v, and single-dash long options", async ({ box }) => {
    const bundle = box.bundle('exec sleep 100');
    const { root } = box;
    const ok = async (...args: string[]): Promise<string> => {
      const result = await run([...subject.command, ...args], { until: 'exit' });
      expect({ args, code: result.code, stderr: result.stderr }).toEqual({ args, code: 0, stderr: '' });
      return result.stdout;
    };
    await ok(`-root=${root}`, 'run', '-d', '-bundle', bundle.path, '-no-pivot=false', '--pid-file=' + box.path('pid'), bundle.id);
    expect(await ok('--root', root, '-log-format', 'json', 'state', bundle.id)).toContain('running');
    expect(await ok(`--root=${root}`, 'ps', '-format=json', bundle.id)).toMatch(/^\[\d+\]/);
    expect(await ok('-root', root, 'list', '-q=true')).toBe(`${bundle.id}\n`);
    await ok('-root', root, 'kill', '-a', bundle.id, '9');
    await ok('-root', root, 'delete', '-force', bundle.id);
  });

  test('the state root is made with mode 0700 and no other user can look into it', async ({ box }) => {
    await box.create('true');
    expect(statSync(box.root).mode & 0o077).toBe(0);
  });

  rootTest('without --root the state is below XDG_RUNTIME_DIR for those who are not root', async ({ box }) => {
    chownSync(box.dir, 65_534, 65_534);
    const env = { XDG_RUNTIME_DIR: box.dir, PATH: '/usr/bin:/bin' };
    const result = await run(['setpriv', '--reuid', '65534', '--regid', '65534', '--clear-groups', ...subject.command, 'list', '-q'], {
      env,
    });
    expect({ code: result.code, stdout: result.stdout }).toEqual({ code: 0, stdout: '' });
  });
});

describe('oci-checklist §2.2: spec', () => {
  test('writes a config.json that runs', async ({ box }) => {
    const bundle = box.bundle('true');
    const { rmSync } = await import('node:fs');
    rmSync(`${bundle.path}/config.json`);
    await box.ok(['spec', '--bundle', bundle.path]);
    const config = JSON.parse(readFileSync(`${bundle.path}/config.json`, 'utf8')) as {
      process: { terminal: boolean; args: string[] };
      linux: { namespaces: { type: string }[] };
    };
    expect(config.process.args).toEqual(['sh']);
    config.process.terminal = false;
    config.process.args = ['echo', 'ran'];
    writeFileSync(`${bundle.path}/config.json`, JSON.stringify(config));
    expect((await box.runBundle(bundle)).stdout).toBe('ran\n');
  });

  anyUserTest('refuses to overwrite', async ({ box }) => {
    const bundle = box.bundle('true');
    const before = readFileSync(`${bundle.path}/config.json`, 'utf8');
    const failure = await box.fails(['spec', '-b', bundle.path]);
    expect(failure.msg).toMatch(/config\.json exists\. Remove it first/);
    expect(readFileSync(`${bundle.path}/config.json`, 'utf8')).toBe(before);
  });

  anyUserTest('--rootless adds a user namespace with the caller mapped, and leaves cgroups out', async ({ box }) => {
    await box.ok(['spec', '--rootless', '--bundle', box.dir]);
    const config = JSON.parse(readFileSync(box.path('config.json'), 'utf8')) as {
      linux: { namespaces: { type: string }[]; uidMappings: { hostID: number }[]; resources?: unknown };
    };
    expect(config.linux.namespaces.map((entry) => entry.type)).toContain('user');
    expect(config.linux.namespaces.map((entry) => entry.type)).not.toContain('network');
    expect(config.linux.uidMappings).toEqual([{ containerID: 0, hostID: process.geteuid?.(), size: 1 }]);
    expect(config.linux.resources).toBeUndefined();
  });
});

describe('features.md', () => {
  anyUserTest('ociVersionMin and Max, hooks, mount options and the linux part', async () => {
    const result = await run([...subject.command, 'features']);
    expect(result.code).toBe(0);
    const features = JSON.parse(result.stdout) as Record<string, unknown>;
    expect(features).toMatchObject({
      ociVersionMin: expect.stringMatching(/^1\.0\.\d/),
      ociVersionMax: expect.stringMatching(/^1\.[3-9]\.\d/),
      hooks: ['prestart', 'createRuntime', 'createContainer', 'startContainer', 'poststart', 'poststop'],
      mountOptions: expect.arrayContaining(['ro', 'rbind', 'rro', 'tmpcopyup']),
    });
    if (subject.name === 'emulation') return;
    expect(features['mountOptions']).toContain('idmap');
    expect(features['linux']).toMatchObject({
      namespaces: expect.arrayContaining(['cgroup', 'ipc', 'mount', 'network', 'pid', 'time', 'user', 'uts']),
      capabilities: expect.arrayContaining(['CAP_CHOWN', 'CAP_SYS_ADMIN', 'CAP_CHECKPOINT_RESTORE']),
      cgroup: { v1: true, v2: true, systemd: false, systemdUser: false },
      seccomp: {
        enabled: true,
        actions: expect.arrayContaining(['SCMP_ACT_ERRNO', 'SCMP_ACT_NOTIFY']),
        archs: expect.arrayContaining(['SCMP_ARCH_X86_64']),
      },
      mountExtensions: { idmap: { enabled: true } },
      intelRdt: { enabled: false },
    });
  });
});

describe.runIf(subject.ours)('tsrun: stop', () => {
  test('stop sends TERM, and KILL to what ignores it', async ({ box }) => {
    const polite = await box.started("trap 'exit 0' TERM; while :; do sleep 0.02; done");
    await box.ok(['stop', polite.id]);
    await box.until(polite.id, 'stopped');
    const stubborn = await box.started("trap '' TERM; while :; do sleep 0.02; done");
    await box.ok(['stop', '--time', '1', stubborn.id]);
    await box.until(stubborn.id, 'stopped');
  });

  test('cgroups made by systemd are refused clearly, and nothing is made', async ({ box }) => {
    const bundle = box.bundle('true', { '/linux/cgroupsPath': `system.slice:tsrun:${box.token}` });
    expect((await box.fails(['--systemd-cgroup', 'create', '--bundle', bundle.path, bundle.id])).msg).toMatch(/systemd/);
    expect(box.ids()).toEqual([]);
  });

  test.skipIf(subject.name !== 'linux')('attach is refused where the streams are those of who created the container', async ({ box }) => {
    const bundle = await box.started();
    const failure = await box.fails(['attach', bundle.id]);
    expect(failure).toMatchObject({ code: 1, errorCode: 'NOT_SUPPORTED', msg: 'attach: the linux backend does not support it' });
  });

  test('checkpoint is refused, and nothing is made', async ({ box }) => {
    const running = await box.started();
    expect((await box.tsrun(['checkpoint', running.id])).code).not.toBe(0);
    expect(existsSync('./checkpoint')).toBe(false);
    expect(await box.state(running.id)).toMatchObject({ status: 'running' });
  });
});

/** scripts/prologue.ts, which is for x86-64. The process of an emulated container has the compilers: its programs need them. */
const withPrologue = subject.ours && subject.name !== 'emulation' && process.env['TSRUN_SHAPE'] !== 'node' && process.arch === 'x64';

describe.runIf(withPrologue)('tsrun, standalone: the JavaScript compilers', () => {
  test('are off, unless the caller wants them: no memory of tsrun is both writable and executable', async ({ box }) => {
    const writableCode = async (env: NodeJS.ProcessEnv): Promise<number> => {
      const bundle = box.bundle('exec sleep 100');
      const child = box.background(['run', '--bundle', bundle.path, bundle.id], { env: { ...cleanEnv, ...env } });
      await poll('the container', () => box.ids().includes(bundle.id));
      await box.until(bundle.id, 'running');
      return readFileSync(`/proc/${child.pid}/maps`, 'latin1')
        .split('\n')
        .filter((line) => line.includes(' rwxp ')).length;
    };
    // The process of an emulated container runs WebAssembly: it has executed itself anew, with them.
    if (subject.name === 'emulation') expect(await writableCode({})).toBeGreaterThan(0);
    else expect(await writableCode({})).toBe(0);
    expect(await writableCode({ BUN_JSC_useJIT: '1' })).toBeGreaterThan(0);
  });
});
