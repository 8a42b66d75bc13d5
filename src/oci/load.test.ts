import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { defaultSpec } from './defaults.ts';
import { loadConfig, loadProcess, parseConfig, parseResources } from './load.ts';
import { problemText } from './problem.ts';

let dir = '';
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'tsrun-load-'));
});
afterAll(() => rmSync(dir, { recursive: true }));

/** Write a file and load it as config.json. */
function loaded(content: string | Uint8Array): ReturnType<typeof loadConfig> {
  const path = join(dir, 'config.json');
  writeFileSync(path, content);
  return loadConfig(path);
}
function texts(content: string | Uint8Array): string[] {
  return loaded(content).errors.map(problemText);
}

describe('loadConfig', () => {
  test('gives the config and the very bytes it was read from', () => {
    const text = JSON.stringify(defaultSpec(true), null, '\t');
    const result = loaded(text);
    expect(result).toMatchObject({ value: defaultSpec(true), errors: [], warnings: [] });
    expect(new TextDecoder().decode(result.bytes)).toBe(text);
  });

  test('a missing file is an error in runc’s words', () => {
    const [error] = loadConfig(join(dir, 'none.json')).errors;
    expect(error).toMatchObject({ pointer: '', message: 'JSON specification file config.json not found' });
    expect(error?.hint).toContain(`there is no ${dir}/none.json`);
  });

  test('what is no regular file is refused without waiting for it', () => {
    mkdirSync(join(dir, 'folder'));
    execFileSync('mkfifo', [join(dir, 'fifo')]);
    expect(loadConfig(join(dir, 'folder')).errors[0]?.message).toContain('is not a regular file');
    expect(loadConfig(join(dir, 'fifo')).errors[0]?.message).toContain('is not a regular file');
  });

  test('the file of exec --process may be a pipe', () => {
    const process = JSON.stringify({ args: ['/bin/true'], cwd: '/' });
    const pipe = join(dir, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const writer = spawn('sh', ['-c', 'printf %s "$1" > "$2"', 'sh', process, pipe]);
    expect(loadProcess(pipe)).toMatchObject({ value: { args: ['/bin/true'], cwd: '/' }, errors: [] });
    writer.kill();
    expect(loadProcess('/dev/zero').errors[0]?.message).toBe('/dev/zero is neither a regular file nor a pipe');
  });

  test('a path that cannot be walked is an error in words', () => {
    symlinkSync('loop', join(dir, 'loop'));
    expect(loadConfig(join(dir, 'loop')).errors[0]?.message).toBe(`open ${dir}/loop: too many levels of symbolic links`);
  });

  test('a file larger than 16 MiB is refused unread', () => {
    const path = join(dir, 'large');
    writeFileSync(path, '');
    truncateSync(path, 17 * 1024 * 1024);
    expect(loadConfig(path).errors[0]?.message).toContain('is larger than 16777216 bytes');
  });

  test('duplicate names, trailing data and bad UTF-8 are refused, the place named', () => {
    expect(texts('{"ociVersion":"1.0.0",\n"hostname":"a","hostname":"b"}')).toEqual(['duplicate name "hostname" at line 2, column 16']);
    expect(texts('{"linux":{"a":1,"a":2}}')).toEqual(['/linux: duplicate name "a" at line 1, column 17']);
    expect(texts('{} x')).toEqual(['unexpected data after the end of the document at line 1, column 4']);
    expect(texts(new Uint8Array([0x7b, 0xff]))).toEqual(['invalid UTF-8 at line 1, column 2']);
    expect(texts('')).toEqual(['expected a value, found the end of the file at line 1, column 1']);
  });

  test.each(['null', '[]', '"x"', '1', 'true'])('%s instead of an object is an error of the whole file', (text) => {
    expect(texts(text)[0]).toContain('expected an object, got');
  });
});

test('the tutorial example with a capability list and without `linux` is valid, with two warnings', () => {
  const example =
    '{"ociVersion":"1.0.0","process":{"user":{"uid":1000,"gid":1000},"args":["/bin/sh"],"cwd":"/","env":["HOME=/root"],"capabilities":["CAP_SYS_ADMIN"]},"root":{"path":"/var/lib/container_rootfs"},"mounts":[{"source":"/home/user/app","destination":"/mnt/app","type":"bind","options":["rbind","ro"]}]}';
  const { value, errors, warnings } = parseConfig(example);
  expect(errors).toEqual([]);
  expect(warnings.map((problem) => problem.pointer)).toEqual(['/process/capabilities', '/linux']);
  const set = ['CAP_SYS_ADMIN'];
  expect(value?.process?.capabilities).toEqual({ bounding: set, effective: set, permitted: set });
  expect(value?.linux?.namespaces?.map(({ type }) => type)).toEqual(['pid', 'network', 'ipc', 'uts', 'mount', 'cgroup']);
  expect(value?.mounts?.[0]?.options).toEqual(['rbind', 'ro']);
});

test('a mount of type bind without bind among its options becomes one, with a warning', () => {
  const text = JSON.stringify({ ...defaultSpec(false), mounts: [{ destination: '/a', source: '/b', type: 'bind', options: ['ro'] }] });
  const { value, warnings } = parseConfig(text);
  expect(value?.mounts?.[0]?.options).toEqual(['bind', 'ro']);
  expect(warnings.map((problem) => problem.pointer)).toEqual(['/mounts/0/options']);
});

test('what engines write in their own way is brought into the specification’s, without a word', () => {
  const linux = {
    namespaces: [{ type: 'mount' }, { type: 'pid', path: '' }],
    devices: [
      { type: 'c', path: '/dev/a', major: 1, minor: 3, fileMode: 0o20666 },
      { type: 'b', path: '/dev/b', major: 8, minor: 0, fileMode: 0o60660 },
    ],
    resources: { memory: { swappiness: 2 ** 64 } },
  };
  const { value, errors, warnings } = parseConfig(
    JSON.stringify({ ...defaultSpec(false), mounts: [], linux, hostname: '' }).replace(String(2 ** 64), '18446744073709551615'),
  );
  expect({ errors, warnings }).toEqual({ errors: [], warnings: [] });
  expect(value?.linux).toEqual({
    namespaces: [{ type: 'mount' }, { type: 'pid' }],
    devices: [
      { type: 'c', path: '/dev/a', major: 1, minor: 3, fileMode: 0o666 },
      { type: 'b', path: '/dev/b', major: 8, minor: 0, fileMode: 0o660 },
    ],
    resources: { memory: {} },
  });
  const wrong = { ...linux, devices: [{ type: 'c', path: '/dev/a', major: 1, minor: 3, fileMode: 0o60666 }] };
  expect(parseConfig(JSON.stringify({ ...defaultSpec(false), linux: wrong })).errors.map((problem) => problem.pointer)).toContain(
    '/linux/devices/0/fileMode',
  );
});

describe('64-bit numbers', () => {
  test('"no limit" passes without a word', () => {
    const rlimit = '{"type":"RLIMIT_NOFILE","soft":1024,"hard":18446744073709551615}';
    const text = `{"ociVersion":"1.0.0","root":{"path":"r"},"linux":{},"process":{"cwd":"/","args":["a"],"user":{"uid":0,"gid":0},"rlimits":[${rlimit}]}}`;
    expect(parseConfig(text)).toMatchObject({ errors: [], warnings: [] });
    expect(parseResources('{"memory":{"limit":9223372036854771712,"swap":9223372036854775807,"reservation":-1}}')).toMatchObject({
      errors: [],
      warnings: [],
    });
  });
  test('a memory limit that must be rounded is a warning', () => {
    const { value, warnings } = parseResources('{"memory":{"limit":9007199254740993}}');
    expect(value?.memory?.limit).toBe(9007199254740992);
    expect(warnings.map(problemText)).toEqual(['/memory/limit: 9007199254740993 is rounded to 9007199254740992']);
  });
  test('a seccomp argument that would be rounded is an error, for one bit decides there', () => {
    const config = (value: string): string =>
      `{"ociVersion":"1.0.0","root":{"path":"r"},"linux":{"seccomp":{"defaultAction":"SCMP_ACT_ALLOW","syscalls":[{"names":["a"],"action":"SCMP_ACT_KILL","args":[{"index":0,"value":${value},"op":"SCMP_CMP_EQ"}]}]}}}`;
    expect(parseConfig(config('18446744073709551614')).errors.map((problem) => problem.pointer)).toEqual([
      '/linux/seccomp/syscalls/0/args/0/value',
    ]);
    expect(parseConfig(config('18446744069414584320')).errors).toEqual([]);
    expect(parseConfig(config('18446744073709551615')).errors).toEqual([]);
  });
});

test('loadProcess reads what exec --process takes, old capability list included', () => {
  const path = join(dir, 'process.json');
  writeFileSync(path, '{"cwd":"/","args":["id"],"user":{"uid":0,"gid":0},"capabilities":["CAP_KILL"]}');
  expect(loadProcess(path)).toMatchObject({
    value: { capabilities: { effective: ['CAP_KILL'] } },
    errors: [],
    warnings: [{ pointer: '/capabilities' }],
  });
  expect(loadProcess(join(dir, 'none')).errors[0]?.message).toContain('no such file or directory');
});

test('an error stays one line and under 4 KB whatever the config holds', () => {
  const long = `${'x'.repeat(10_000)}\n\u001b[31m`;
  for (const patch of [
    { ociVersion: long },
    { hostname: [long] },
    { linux: { namespaces: [{ type: long }] } },
    { [long]: 1 },
    { process: { cwd: long, rlimits: [{ type: long, soft: 1, hard: 1 }] } },
  ]) {
    const text = JSON.stringify({ ociVersion: '1.0.0', root: { path: 'r' }, ...patch });
    const { errors, warnings } = parseConfig(text);
    const twice = parseConfig(`{"annotations":{${JSON.stringify(long)}:1,${JSON.stringify(long)}:2}}`).errors;
    expect(twice).toHaveLength(1);
    expect(errors.length + warnings.length).toBeGreaterThan(0);
    for (const problem of [...errors, ...warnings, ...twice]) {
      // oxlint-disable-next-line no-control-regex -- what a terminal would obey
      expect(problemText(problem)).not.toMatch(/[\u0000-\u001f]/);
      expect(problemText(problem).length).toBeLessThan(4096);
    }
  }
});
