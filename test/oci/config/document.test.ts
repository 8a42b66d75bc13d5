/** config.json as a document: encoding, duplicate names, types, unknown properties, version, other platforms. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { blames } from '../../helpers/assert.ts';
import type { Box, Failure } from '../../helpers/box.ts';
import { defaultConfig, type Changes } from '../../helpers/config.ts';
import { run } from '../../helpers/process.ts';
import { subject } from '../../helpers/subject.ts';
import { anyUserTest, rootTest, test } from '../../helpers/test.ts';

async function refusesText(box: Box, edit: (json: string) => string | Buffer): Promise<Failure> {
  const bundle = box.bundle('true');
  writeFileSync(join(bundle.path, 'config.json'), edit(JSON.stringify(defaultConfig('true', bundle.cgroupsPath))));
  const failure = await box.fails(['create', '--bundle', bundle.path, bundle.id]);
  expect(box.ids()).toEqual([]);
  return failure;
}

describe('glossary.md#json: config.json MUST be UTF-8 JSON without duplicate names', () => {
  anyUserTest('a duplicate name is refused', async ({ box }) => {
    const failure = await refusesText(box, (json) => json.replace('{', '{"hostname":"first",'));
    expect(failure.msg).toMatch(/duplicate/i);
    expect(failure.msg).toContain('hostname');
  });

  anyUserTest('a duplicate name deep inside is refused too', async ({ box }) => {
    const failure = await refusesText(box, (json) => json.replace('"uid":0', '"uid":1000,"uid":0'));
    expect(failure.msg).toMatch(/duplicate/i);
    blames(failure, '/process/user');
  });

  anyUserTest('data after the document is refused', async ({ box }) => {
    await refusesText(box, (json) => `${json}{}`);
    await refusesText(box, (json) => `${json} trailing`);
  });

  anyUserTest('bytes that are not UTF-8 are refused', async ({ box }) => {
    await refusesText(box, (json) => Buffer.from(json.replace('"box"', '"b\u00ffx"'), 'latin1'));
  });

  anyUserTest('a document cut short, an empty one and no object are refused', async ({ box }) => {
    await refusesText(box, (json) => json.slice(0, -5));
    await refusesText(box, () => '');
    await refusesText(box, () => '[]');
    await refusesText(box, () => 'null');
  });
});

describe('config.md: wrong types and values MUST be errors that name the entry', () => {
  const wrong: readonly (readonly [string, Changes, string, RegExp])[] = [
    ['no ociVersion', { '/ociVersion': undefined }, '/', /ociVersion/],
    ['an ociVersion that is no version', { '/ociVersion': 'invalid' }, '/ociVersion', /version/i],
    ['an ociVersion of another major', { '/ociVersion': '9.0.0' }, '/ociVersion', /9\.0\.0/],
    ['an ociVersion that is a number', { '/ociVersion': 1 }, '/ociVersion', /string/],
    ['args that is a string', { '/process/args': 'sh' }, '/process/args', /array/],
    ['an empty args', { '/process/args': [] }, '/process/args', /args.*empty/i],
    ['a cwd that is relative', { '/process/cwd': 'tmp' }, '/process/cwd', /absolute/],
    ['an empty cwd', { '/process/cwd': '' }, '/process/cwd', /absolute|empty/],
    ['no cwd', { '/process/cwd': undefined }, '/process', /cwd/i],
    ['a uid below 0', { '/process/user/uid': -1 }, '/process/user/uid', /uid|0/],
    ['a uid that is a string', { '/process/user/uid': '0' }, '/process/user/uid', /integer|number/],
    ['a uid with a fraction', { '/process/user/uid': 1.5 }, '/process/user/uid', /integer/],
    ['a uid beyond 32 bits', { '/process/user/uid': 4294967296 }, '/process/user/uid', /4294967295|range|uid/],
    ['env that is an object', { '/process/env': { A: 'b' } }, '/process/env', /array/],
    ['an entry of env that is a number', { '/process/env/0': 5 }, '/process/env/0', /string/],
    ['terminal that is a string', { '/process/terminal': 'true' }, '/process/terminal', /boolean/],
    ['no root', { '/root': undefined }, '/', /root/],
    ['no root.path', { '/root/path': undefined }, '/root', /path/],
    ['readonly that is a string', { '/root/readonly': 'yes' }, '/root/readonly', /boolean/],
    ['mounts that is an object', { '/mounts': {} }, '/mounts', /array/],
    ['a mount without destination', { '/mounts/-': { type: 'tmpfs', source: 'x' } }, '/mounts/6', /destination/],
    ['mount options that are a string', { '/mounts/0/options': 'ro' }, '/mounts/0/options', /array/],
    ['a namespace of an unknown type', { '/linux/namespaces/-': { type: 'zzz' } }, '/linux/namespaces/5', /zzz/],
    ['a namespace listed twice', { '/linux/namespaces/-': { type: 'pid' } }, '/linux/namespaces/5', /duplicate|twice/i],
    ['a namespace path that is relative', { '/linux/namespaces/1/path': 'proc/self/ns/net' }, '/linux/namespaces/1/path', /absolute/],
    ['an unknown rlimit', { '/process/rlimits': [{ type: 'RLIMIT_NOPE', soft: 1, hard: 1 }] }, '/process/rlimits/0/type', /RLIMIT_NOPE/],
    [
      'an rlimit listed twice',
      { '/process/rlimits': [1, 2].map((n) => ({ type: 'RLIMIT_NOFILE', soft: n, hard: 9 })) },
      '/process/rlimits/1',
      /duplicate|twice/i,
    ],
    [
      'an rlimit whose soft is above hard',
      { '/process/rlimits': [{ type: 'RLIMIT_NOFILE', soft: 10, hard: 5 }] },
      '/process/rlimits/0',
      /soft|hard/,
    ],
    ['a hostname without uts namespace', { '/linux/namespaces/3': undefined }, '/hostname', /uts|hostname/i],
    ['a hook path that is relative', { '/hooks/prestart': [{ path: 'false' }] }, '/hooks/prestart/0/path', /absolute/],
    ['a hook timeout of 0', { '/hooks/prestart': [{ path: '/bin/true', timeout: 0 }] }, '/hooks/prestart/0/timeout', /timeout|0/],
    ['a masked path that is relative', { '/linux/maskedPaths': ['proc/kcore'] }, '/linux/maskedPaths/0', /absolute/],
    [
      'an unknown seccomp action',
      { '/linux/seccomp': { defaultAction: 'SCMP_ACT_NOPE' } },
      '/linux/seccomp/defaultAction',
      /SCMP_ACT_NOPE/,
    ],
    [
      'an unknown seccomp architecture',
      { '/linux/seccomp': { defaultAction: 'SCMP_ACT_ALLOW', architectures: ['SCMP_ARCH_NOPE'] } },
      '/linux/seccomp/architectures/0',
      /SCMP_ARCH_NOPE/,
    ],
    [
      'seccomp names that are empty',
      { '/linux/seccomp': { defaultAction: 'SCMP_ACT_ALLOW', syscalls: [{ names: [], action: 'SCMP_ACT_ERRNO' }] } },
      '/linux/seccomp/syscalls/0/names',
      /names|1|empty/,
    ],
    [
      'errnoRet with an action that returns none',
      { '/linux/seccomp': { defaultAction: 'SCMP_ACT_ALLOW', syscalls: [{ names: ['mkdir'], action: 'SCMP_ACT_KILL', errnoRet: 1 }] } },
      '/linux/seccomp/syscalls/0',
      /errno/i,
    ],
    [
      'a device of an unknown type',
      { '/linux/devices': [{ type: 'x', path: '/dev/x', major: 1, minor: 3 }] },
      '/linux/devices/0/type',
      /type|x/,
    ],
    [
      'a device path that is relative',
      { '/linux/devices': [{ type: 'c', path: 'dev/x', major: 1, minor: 3 }] },
      '/linux/devices/0/path',
      /absolute/,
    ],
    ['a rootfsPropagation that does not exist', { '/linux/rootfsPropagation': 'nope' }, '/linux/rootfsPropagation', /nope|propagation/i],
    ['a personality that does not exist', { '/linux/personality': { domain: 'NOPE' } }, '/linux/personality/domain', /NOPE/],
    [
      'an ioPriority beyond 7',
      { '/process/ioPriority': { class: 'IOPRIO_CLASS_BE', priority: 8 } },
      '/process/ioPriority/priority',
      /7|priority/,
    ],
    ['an unknown scheduler policy', { '/process/scheduler': { policy: 'SCHED_NOPE' } }, '/process/scheduler/policy', /SCHED_NOPE/],
    ['an oomScoreAdj beyond 1000', { '/process/oomScoreAdj': 1001 }, '/process/oomScoreAdj', /1000/],
    ['annotations that are numbers', { '/annotations': { a: 1 } }, '/annotations/a', /string/],
    ['an empty annotation key', { '/annotations': { '': 'x' } }, '/annotations', /empty|key/],
    ['pids.limit that is a string', { '/linux/resources/pids': { limit: '5' } }, '/linux/resources/pids/limit', /integer/],
    [
      'a device rule with unknown access',
      { '/linux/resources/devices/-': { allow: true, access: 'rz' } },
      '/linux/resources/devices/1/access',
      /access|rz/,
    ],
    [
      'uidMappings without gidMappings on a mount',
      {
        '/mounts/-': {
          destination: '/x',
          type: 'bind',
          source: '/tmp',
          options: ['bind'],
          uidMappings: [{ containerID: 0, hostID: 0, size: 1 }],
        },
      },
      '/mounts/6',
      /Mappings/,
    ],
    ['a timeOffset without time namespace', { '/linux/timeOffsets': { monotonic: { secs: 1 } } }, '/linux/timeOffsets', /time/],
    [
      'a memoryPolicy mode that does not exist',
      { '/linux/memoryPolicy': { mode: 'MPOL_NOPE', nodes: '0' } },
      '/linux/memoryPolicy/mode',
      /MPOL_NOPE/,
    ],
  ];
  for (const [what, changes, pointer, words] of wrong) {
    anyUserTest(`${what} is refused`, async ({ box }) => {
      const bundle = box.bundle('true', changes);
      const failure = await box.fails(['create', '--bundle', bundle.path, bundle.id]);
      expect(failure.msg).toMatch(words);
      blames(failure, pointer === '/' ? '' : pointer);
      expect(box.ids()).toEqual([]);
    });
  }
});

describe('config.md#extensibility', () => {
  test('unknown properties are ignored at every level', async ({ box }) => {
    const result = await box.run('echo ok', {
      '/nope': 1,
      '/process/nope': {},
      '/linux/nope': [],
      '/root/nope': 'x',
      '/mounts/0/nope': true,
    });
    expect(result).toMatchObject({ code: 0, stdout: 'ok\n', stderr: '' });
  });

  test.runIf(subject.ours)('--debug says what an unknown property may have meant', async ({ box }) => {
    const bundle = box.bundle('true', { '/linux/rootPropagation': 'private' });
    const log = box.path('debug.log');
    await box.tsrun(['--debug', '--log', log, 'run', '--bundle', bundle.path, bundle.id]);
    expect(readFileSync(log, 'utf8')).toContain('rootfsPropagation');
  });

  test.runIf(subject.ours)('--strict refuses an unknown property', async ({ box }) => {
    const bundle = box.bundle('true', { '/linux/rootPropagation': 'private' });
    const failure = await box.fails(['--strict', 'create', '--bundle', bundle.path, bundle.id]);
    expect(failure.pointer).toBe('/linux/rootPropagation');
    expect(failure.msg + (failure.hint ?? '')).toContain('rootfsPropagation');
  });

  for (const version of ['1.0.0', '1.0.2-dev', '1.1.0', '1.2.1', '1.3.0']) {
    test(`config.md#specification-version: ${version} is accepted`, async ({ box }) => {
      expect((await box.run('echo ok', { '/ociVersion': version })).stdout).toBe('ok\n');
    });
  }

  test('config.md#annotations: they are in state, and unknown keys are ignored', async ({ box }) => {
    const annotations = { 'com.example.gpu-cores': '2', 'org.opencontainers.image.os': 'linux' };
    const bundle = await box.create('true', { '/annotations': annotations });
    expect((await box.state(bundle.id))['annotations']).toMatchObject(annotations);
  });
});

describe('config.md#platform-specific-configuration', () => {
  test('the sections of other platforms are ignored', async ({ box }) => {
    const result = await box.run('echo ok', { '/vm': { kernel: { path: '/k' } }, '/solaris': { milestone: 'x' } });
    expect(result.stdout).toBe('ok\n');
  });

  anyUserTest('a bundle for windows alone is refused', async ({ box }) => {
    const bundle = box.bundle('true', { '/linux': undefined, '/windows': { layerFolders: ['C:\\x'] } });
    expect((await box.fails(['create', '--bundle', bundle.path, bundle.id])).msg).toMatch(/windows/i);
  });

  test('a config without linux section, in the form of the tutorials, runs with namespaces of its own', async ({ box }) => {
    const source = box.path('app');
    const bundle = box.bundle('true');
    const { mkdirSync } = await import('node:fs');
    mkdirSync(source);
    box.file('app/hello', 'hello\n');
    const script = 'cat /mnt/app/hello; id -u; touch /mnt/app/x 2>/dev/null || echo ro; echo $$';
    const config = {
      ociVersion: '1.0.0',
      process: {
        user: { uid: 1000, gid: 1000 },
        args: ['/bin/sh', '-c', script],
        cwd: '/',
        env: ['HOME=/root'],
        capabilities: ['CAP_SYS_ADMIN'],
      },
      root: { path: bundle.rootfs },
      mounts: [{ source, destination: '/mnt/app', type: 'bind', options: ['rbind', 'ro'] }],
    };
    writeFileSync(join(bundle.path, 'config.json'), JSON.stringify(config));
    expect((await box.runBundle(bundle)).stdout).toBe('hello\n1000\nro\n1\n');
  });

  rootTest('mounts without a mount namespace are refused: the host must not change', async ({ box }) => {
    const bundle = box.bundle('true', { '/linux/namespaces/4': undefined });
    const log = box.path('log');
    // In a mount namespace of its own: runc does change the host here.
    const result = await run(['unshare', '--mount', ...box.argv(['run', '--bundle', bundle.path, bundle.id], log)]);
    expect(result.code).toBe(1);
    expect(readFileSync(log, 'utf8')).toMatch(/mount.{0,3} namespace/);
  });
});
