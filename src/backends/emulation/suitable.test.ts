import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { linuxCanWork } from './linux-can-work.ts';
import { suitableBackend } from './suitable.ts';

let bundle = '';
beforeEach(() => {
  bundle = mkdtempSync(join(tmpdir(), 'tsrun-unit-'));
});
afterEach(() => rmSync(bundle, { recursive: true, force: true }));

const host = (await linuxCanWork()) ? 'linux' : 'emulation';

function file(path: string, content: string): void {
  const full = join(bundle, 'rootfs', path);
  mkdirSync(dirname(full), { recursive: true });
  writeFileSync(full, content);
  chmodSync(full, 0o755);
}
function link(path: string, target: string): void {
  mkdirSync(dirname(join(bundle, 'rootfs', path)), { recursive: true });
  symlinkSync(target, join(bundle, 'rootfs', path));
}
function config(args: readonly string[], more: object = {}): void {
  writeFileSync(
    join(bundle, 'config.json'),
    JSON.stringify({ root: { path: 'rootfs' }, process: { args, env: ['PATH=/usr/bin:/bin'], cwd: '/' }, ...more }),
  );
}

test('a WASI program is found as execve would find it: in PATH, through links that stay in the root, behind #!', async () => {
  file('/opt/real.wasm', '\0asm\x01\0\0\0');
  link('/bin/tool', '../../../../opt/real.wasm');
  config(['tool']);
  expect(await suitableBackend({ bundle })).toBe('emulation');
  link('/bin/sh', '/opt/real.wasm');
  file('/script', '#!/bin/sh -e\necho\n');
  config(['/script']);
  expect(await suitableBackend({ bundle })).toBe('emulation');
});

test('anything else gets what the host can do', async () => {
  file('/bin/elf', '\x7fELF');
  link('/bin/loop', 'loop');
  for (const args of [['elf'], ['/bin/loop'], ['nosuch'], []]) {
    config(args);
    expect(await suitableBackend({ bundle })).toBe(host); // oxlint-disable-line no-await-in-loop
  }
  expect(await suitableBackend(undefined)).toBe(host);
  writeFileSync(join(bundle, 'config.json'), '{');
  expect(await suitableBackend({ bundle })).toBe(host);
});

test('a path that leads through a file, is too long or has a NUL, is not what the choice fails on', async () => {
  file('/bin/elf', '\x7fELF');
  writeFileSync(join(bundle, 'plain'), '');
  for (const args of [['/bin/elf/x'], [`/${'a'.repeat(300)}`], ['a\0b'], ['/bin/\0']]) {
    config(args);
    expect(await suitableBackend({ bundle })).toBe(host); // oxlint-disable-line no-await-in-loop
  }
  for (const path of ['plain/x', 'a'.repeat(300), 'a\0b']) {
    config(['sh'], { root: { path } });
    expect(await suitableBackend({ bundle })).toBe(host); // oxlint-disable-line no-await-in-loop
  }
});

test('a rootfs that is an archive is for the emulation', async () => {
  writeFileSync(join(bundle, 'root.tar'), '');
  config(['sh'], { root: { path: 'root.tar' } });
  expect(await suitableBackend({ bundle })).toBe('emulation');
});

test('the annotation decides, whatever the program is', async () => {
  file('/bin/sh', '\0asm\x01\0\0\0');
  config(['sh'], { annotations: { 'org.tsrun.backend': 'linux' } });
  expect(await suitableBackend({ bundle })).toBe('linux');
});
