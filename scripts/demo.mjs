/**
 * `npm run demo`: sets the machine up, builds, then runs containers on every backend usable here and prints each
 * command with what it answered. Plain Node without dependencies, since it is the first thing that runs in a clone.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setupModules, setupPackages } from './setup.mjs';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
setupModules();
if (process.platform === 'linux') setupPackages(['build', 'demo']);
execFileSync('npm', ['run', '--silent', 'build'], { stdio: 'inherit' });

const tsrun = existsSync('dist/bin/tsrun') ? join(process.cwd(), 'dist/bin/tsrun') : join(process.cwd(), 'dist/cli.js');
const busybox = ['/bin/busybox', '/usr/bin/busybox'].find((path) => existsSync(path));
const root = process.getuid?.() === 0;
const id = `demo-${process.pid}`;
const work = mkdtempSync(join(tmpdir(), 'tsrun-demo-'));
let failures = 0;

function title(text) {
  console.log(`\n── ${text} ${'─'.repeat(Math.max(0, 90 - text.length))}`);
}

/** Run one tsrun command as a user would type it, and show both. */
function show(args, { expect = 0 } = {}) {
  console.log(`$ tsrun ${args.map((arg) => (/[^\w@%+=:,./-]/.test(arg) ? `'${arg}'` : arg)).join(' ')}`);
  // A file, not a pipe: what `create` makes keeps these descriptors, and a pipe would be waited for.
  const file = join(work, 'output');
  const output = openSync(file, 'w+');
  const { status } = spawnSync(tsrun, args, { cwd: work, stdio: ['ignore', output, output] });
  closeSync(output);
  for (const line of readFileSync(file, 'utf8').trimEnd().split('\n')) if (line !== '') console.log(`  ${line}`);
  if (status !== expect) {
    failures++;
    console.log(`  !! exit status ${status}, expected ${expect}`);
  }
}

/** Write the bundle's config: what `tsrun spec` made, with another command. */
function configure(change) {
  const path = join(work, 'config.json');
  const config = JSON.parse(readFileSync(path, 'utf8'));
  config.process.terminal = false;
  change(config);
  writeFileSync(path, JSON.stringify(config, null, 2));
}

function makeRootfs() {
  for (const dir of ['bin', 'dev', 'proc', 'sys', 'tmp', 'etc', 'root']) mkdirSync(join(work, 'rootfs', dir), { recursive: true });
  copyFileSync(busybox, join(work, 'rootfs/bin/busybox'));
  const applets = execFileSync(busybox, ['--list'], { encoding: 'utf8' }).trim().split('\n');
  for (const applet of applets) if (applet !== 'busybox') symlinkSync('busybox', join(work, 'rootfs/bin', applet));
  writeFileSync(join(work, 'rootfs/etc/passwd'), 'root:x:0:0:root:/root:/bin/sh\n');
}

function linuxDemo() {
  makeRootfs();
  title('a config to start from');
  show(root ? ['spec'] : ['spec', '--rootless']);

  title('run: one command in a container of its own');
  configure(
    (config) => (config.process.args = ['sh', '-c', 'echo "hello from $(hostname), pid $$"; id; ps -o pid,args; mount | head -n 4']),
  );
  show(['run', id]);

  title('create, start, exec, state, kill, delete: step by step');
  configure((config) => (config.process.args = ['sleep', '1000']));
  show(['create', id]);
  show(['state', id]);
  show(['start', id]);
  show(['exec', id, 'sh', '-c', 'echo "exec in the same container:"; ps -o pid,args']);
  show(['list']);
  if (root) {
    show(['update', '--pids-limit', '50', id]);
    show(['pause', id]);
    show(['list']);
    show(['resume', id]);
  }
  show(['stop', id]);
  show(['delete', id]);

  title('errors say which entry is wrong, and the true cause');
  configure((config) => (config.process.args = ['/bin/greet']));
  writeFileSync(join(work, 'rootfs/bin/greet'), '#!/usr/bin/python3\nprint("hi")\n', { mode: 0o755 });
  show(['run', id], { expect: 1 });
  configure((config) => (config.process.cwd = 'relative/path'));
  show(['run', id], { expect: 1 });
}

try {
  if (process.platform !== 'linux')
    console.log('The linux backend needs Linux; the emulation backend is not built yet: nothing to show here.');
  else if (busybox === undefined) console.log('Skipped: the demo needs a static busybox (Debian: busybox-static).');
  else if (!existsSync('dist/bin/tsrun-helper')) console.log('Skipped: the helper could not be built (Debian: gcc musl-tools make).');
  else if (!root && spawnSync('unshare', ['-U', 'true']).status !== 0)
    console.log('Skipped: this user may not make user namespaces, and the emulation backend is not built yet.');
  else linuxDemo();
} finally {
  if (existsSync(tsrun)) spawnSync(tsrun, ['delete', '--force', id], { cwd: '/', stdio: 'ignore' });
  rmSync(work, { recursive: true, force: true });
}
title(failures === 0 ? 'done; everything made was removed again' : `${failures} steps did not go as expected`);
process.exitCode = failures === 0 ? 0 : 1;
