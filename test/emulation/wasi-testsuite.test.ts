/** The adapter for WebAssembly/wasi-testsuite (test/wasi-testsuite): the suite's binaries are not here, its way of calling is. */
import binaryen from 'binaryen';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { repository, which } from '../helpers/host.ts';
import { run } from '../helpers/process.ts';

const adapter = join(repository, 'test/wasi-testsuite/adapter.mjs');
const bun = join(repository, 'node_modules/bun/bin/bun.exe');

/** Writes its arguments (NUL-separated) and environment to stdout; its status: 3, or 1 where descriptor 3 is a directory. */
const MODULE = `(module
  (import "wasi_snapshot_preview1" "args_sizes_get" (func $args_sizes (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "args_get" (func $args (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "environ_sizes_get" (func $env_sizes (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "environ_get" (func $env (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_prestat_get" (func $prestat (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
  (memory (export "memory") 1)
  (func (export "_start")
    (drop (call $args_sizes (i32.const 0) (i32.const 4)))
    (drop (call $args (i32.const 64) (i32.const 1024)))
    (i32.store (i32.const 8) (i32.const 1024))
    (i32.store (i32.const 12) (i32.load (i32.const 4)))
    (drop (call $write (i32.const 1) (i32.const 8) (i32.const 1) (i32.const 16)))
    (drop (call $env_sizes (i32.const 0) (i32.const 4)))
    (drop (call $env (i32.const 64) (i32.const 4096)))
    (i32.store (i32.const 8) (i32.const 4096))
    (i32.store (i32.const 12) (i32.load (i32.const 4)))
    (drop (call $write (i32.const 1) (i32.const 8) (i32.const 1) (i32.const 16)))
    (call $exit (select (i32.const 1) (i32.const 3) (i32.eqz (call $prestat (i32.const 3) (i32.const 32)))))))`;

let dir: string;
let file: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'tsrun-testsuite-'));
  file = join(dir, 'args.wasm');
  const module = binaryen.parseText(MODULE);
  writeFileSync(file, module.emitBinary());
  module.dispose();
  mkdirSync(join(dir, 'fs-tests.dir'));
});
afterAll(() => rmSync(dir, { recursive: true }));

describe.each([
  ['Node', [process.execPath]],
  ['Bun', [bun]],
])('the adapter under %s', (_name, javascript) => {
  const call = async (...args: string[]): ReturnType<typeof run> => await run([...javascript, adapter, ...args], { cwd: dir });

  test('tells name and version', async () => {
    const { version } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as { version: string };
    expect(await call('--version')).toEqual({ code: 0, stdout: `tsrun ${version}\n`, stderr: '' });
  });

  test('passes arguments, those with dashes too, environment and directory, and exits with the status', async () => {
    const plain = await call('--test-file', file, '--arg', 'one', '--arg', '--two=2', '--env', 'A=b=c', '--env', 'E=');
    expect(plain).toEqual({ code: 3, stdout: expect.stringMatching(/\0one\0--two=2\0A=b=c\0E=\0$/) as string, stderr: '' });
    expect(await call('--test-file', file, '--dir', 'fs-tests.dir')).toMatchObject({ code: 1 });
    expect(readdirSync(join(dir, 'fs-tests.dir'))).toEqual([]);
  });

  test('says what is wrong with a call', async () => {
    expect(await call('--test-file', file, '--what')).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('--what') as string,
    });
    expect(await call('--arg', 'x')).toMatchObject({ code: 2, stderr: expect.stringContaining('--test-file') as string });
  });
});

describe.skipIf(which('python3') === undefined)('adapter.py, as the test runner loads it', () => {
  const python = (code: string): string => {
    const { stdout, stderr, status } = spawnSync('python3', ['-B', '-c', code], {
      encoding: 'utf8',
      cwd: join(repository, 'test/wasi-testsuite'),
    });
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
    return stdout;
  };

  test('prints nothing when it is run, since that would make it an adapter of the old kind', () => {
    const { status, stdout, stderr } = spawnSync('python3', ['-B', join(repository, 'test/wasi-testsuite/adapter.py'), '--version'], {
      encoding: 'utf8',
    });
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' });
  });

  test('its command line runs the module while stdin stays open', () => {
    const out = python(`
import adapter, subprocess, json
meta = [adapter.get_name(), adapter.get_wasi_versions(), bool(adapter.get_version())]
argv = adapter.compute_argv(${JSON.stringify(file)}, (["x"], {"K": "v"}, [("${dir}/fs-tests.dir", "fs-tests.dir")]), [], "wasm32-wasip1")
root = adapter.compute_argv("t.wasm", ([], {}, "/host"), [], "wasi:cli/command", "wasm32-wasip1")
process = subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
text = process.stdout.read()
print(json.dumps([meta, process.wait(), text.split("\\0")[1:3], root[-2:]]))`);
    expect(JSON.parse(out)).toEqual([['tsrun', ['wasm32-wasip1'], true], 1, ['x', 'K=v'], ['--dir', '/host::/']]);
  });

  test('runners of the old kind find their adapter too', () => {
    const legacy = join(repository, 'test/wasi-testsuite/adapter_legacy.py');
    const { status, stdout } = spawnSync('python3', ['-B', legacy, '--test-file', file, '--arg', 'old'], { encoding: 'utf8', input: '' });
    expect(stdout).toContain('\0old\0');
    expect(status).toBe(3);
  });
});
