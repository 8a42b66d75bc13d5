/** runc's tests/integration: bats, with three programs in Go. */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { busyboxImage, debianImage } from './images.ts';
import { cache, install, source } from './source.ts';
import { runTap, type TapResult } from './tap.ts';

/** Network, checkpoint/restore, and a file system over ssh. */
const LEFT_OUT = new Set(['checkpoint.bats', 'mounts_sshfs.bats', 'spec.bats']);

export function runRunc(runtime: string): TapResult[] {
  install(
    'bats',
    'jq',
    'gawk',
    'gcc',
    'libc6-dev',
    'golang-go',
    'libseccomp-dev',
    'golang-github-opencontainers-runc-dev',
    'golang-github-seccomp-libseccomp-golang-dev',
  );
  const gopath = join(cache, 'go');
  const tree = join(gopath, 'src/github.com/opencontainers/runc');
  if (!existsSync(tree)) {
    mkdirSync(join(tree, '..'), { recursive: true });
    cpSync(source('runc'), tree, { recursive: true });
  }
  for (const program of ['recvtty', 'sd-helper', 'seccompagent']) {
    const cwd = join(tree, 'contrib/cmd', program);
    if (existsSync(join(cwd, program))) continue;
    const env = { ...process.env, GO111MODULE: 'off', GOPATH: `${gopath}:/usr/share/gocode` };
    execFileSync('go', ['build', '-tags', 'seccomp', '-o', program, '.'], { cwd, env, stdio: ['ignore', 'inherit', 'inherit'] });
  }
  const tests = join(tree, 'tests/integration');
  writeFileSync(join(tests, 'get-images.sh'), `#!/bin/sh\necho BUSYBOX_IMAGE=${busyboxImage()}\necho DEBIAN_IMAGE=${debianImage()}\n`, {
    mode: 0o755,
  });
  const files = readdirSync(tests).filter((name) => name.endsWith('.bats') && !LEFT_OUT.has(name));
  return files.flatMap((file) => runTap('runc', file, ['bats', '-t', file], { cwd: tests, env: { RUNC: runtime } }));
}
