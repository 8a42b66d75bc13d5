/**
 * `npm run demo`: sets the machine up, builds, then runs containers on every backend usable here and prints each
 * command with what it answered. Plain Node without dependencies, since it is the first thing that runs in a clone.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
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

/**
 * Run one tsrun command as a user would type it, and show both. input: what is typed into it. log: a file for its output, as with
 * `> log`, which is what a container that is made by it keeps writing to.
 */
function show(args, { expect = 0, input, log } = {}) {
  const words = args.map((arg) => (/[^\w@%+=:,./-]/.test(arg) ? `'${arg}'` : arg)).join(' ');
  console.log(`$ tsrun ${words}${log === undefined ? '' : ` > ${log}`}`);
  // A file, not a pipe: what `create` makes keeps these descriptors, and a pipe would be waited for.
  const file = join(work, log ?? 'output');
  const output = openSync(file, 'w+');
  if (input !== undefined) for (const line of input.trimEnd().split('\n')) console.log(`  > ${line}`);
  const { status } = spawnSync(tsrun, args, { cwd: work, input, stdio: [input === undefined ? 'ignore' : 'pipe', output, output] });
  closeSync(output);
  if (log === undefined) print(readFileSync(file, 'utf8'));
  if (status !== expect) {
    failures++;
    console.log(`  !! exit status ${status}, expected ${expect}`);
  }
}

function print(text) {
  for (const line of text.trimEnd().split('\n')) if (line !== '') console.log(`  ${line}`);
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
  emptyRootfs();
  copyFileSync(busybox, join(work, 'rootfs/bin/busybox'));
  const applets = execFileSync(busybox, ['--list'], { encoding: 'utf8' }).trim().split('\n');
  for (const applet of applets) if (applet !== 'busybox') symlinkSync('busybox', join(work, 'rootfs/bin', applet));
}

/** Our own shell and tools, built for WASI. */
function makeGuestRootfs() {
  emptyRootfs();
  for (const name of ['sh', 'box']) {
    copyFileSync(`wasm-guest/bin/${name}.wasm`, join(work, 'rootfs/bin', name));
    chmodSync(join(work, 'rootfs/bin', name), 0o755);
  }
  const applets = readFileSync('wasm-guest/bin/applets.txt', 'utf8').trim().split('\n');
  for (const applet of applets) symlinkSync('box', join(work, 'rootfs/bin', applet));
}

function emptyRootfs() {
  rmSync(join(work, 'rootfs'), { recursive: true, force: true });
  rmSync(join(work, 'config.json'), { force: true });
  for (const dir of ['bin', 'dev', 'proc', 'sys', 'tmp', 'etc', 'root']) mkdirSync(join(work, 'rootfs', dir), { recursive: true });
  writeFileSync(join(work, 'rootfs/etc/passwd'), 'root:x:0:0:root:/root:/bin/sh\n');
  writeFileSync(join(work, 'rootfs/etc/group'), 'root:x:0:\n');
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
  configure((config) => (config.process.args = ['sleep', '1000'])); // as pid 1 it does not hear TERM: stop has to kill it
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
  show(['stop', '--time', '1s', id]);
  show(['delete', id]);

  title('errors say which entry is wrong, and the true cause');
  configure((config) => (config.process.args = ['/bin/greet']));
  writeFileSync(join(work, 'rootfs/bin/greet'), '#!/usr/bin/python3\nprint("hi")\n', { mode: 0o755 });
  show(['run', id], { expect: 1 });
  configure((config) => (config.process.cwd = 'relative/path'));
  show(['run', id], { expect: 1 });
}

/** Any user, any platform: a kernel in TypeScript, programs in WebAssembly. */
function emulationDemo() {
  title('the emulation backend: no root, no namespaces, not even Linux');
  makeGuestRootfs();
  if (process.platform === 'linux' && !root) {
    const { status } = spawnSync('unshare', ['-U', 'true']);
    console.log(`This is uid ${process.getuid()}; user namespaces are ${status === 0 ? 'allowed, but not used' : 'not allowed'}.`);
  }
  show(['spec']);
  configure((config) => {
    config.process.args = ['sh', '-c', 'echo "hello from $(hostname), pid $$"; id; ps -o pid,args; mount | head -n 4'];
    config.root.readonly = false;
  });
  show([...emulated, 'run', id]);

  title('a shell session; nothing that it does reaches the disk');
  configure((config) => (config.process.args = ['sh']));
  show([...emulated, 'run', id], {
    input: 'cd /tmp\necho "$(seq 3 | tr "\\n" " ")" > numbers\nsed s/2/two/ numbers\nls -l\nexit 3\n',
    expect: 3,
  });

  title('create, start, exec, ps, pause, kill, delete: step by step');
  configure((config) => (config.process.args = ['sh', '-c', 'trap "echo caught TERM; exit 7" TERM; while :; do sleep 0.1; done']));
  show([...emulated, 'create', id], { log: 'demo.log' });
  show(['start', id]); // the state knows the backend
  show(['state', id]);
  show(['exec', id, 'sh', '-c', 'echo "exec in the same container:"; ps -o pid,ppid,args']);
  show(['ps', id]);
  show(['update', '--pids-limit', '3', id]);
  show(['exec', id, 'sh', '-c', 'echo a | cat | cat | cat'], { expect: 2 });
  show(['pause', id]);
  show(['list']);
  show(['resume', id]);
  show(['kill', id, 'TERM']);
  waitFor('stopped');
  show(['state', id]); // how it ended
  show(['delete', id]);
  console.log('$ cat demo.log');
  print(readFileSync(join(work, 'demo.log'), 'utf8'));

  title('it says what it is, and what it is not');
  configure((config) => {
    config.process.args = ['sh', '-c', 'echo ran all the same'];
    config.linux.seccomp = { defaultAction: 'SCMP_ACT_ALLOW' };
  });
  show([...emulated, 'run', id]);
  show(['--strict', ...emulated, 'run', id], { expect: 1 });
}

/** A user of no namespaces has no other backend; else it has to be asked for. */
const emulated = ['--backend', 'emulation'];

function waitFor(status) {
  for (let tries = 0; tries < 100; tries++) {
    const state = spawnSync(tsrun, ['state', id], { cwd: work, encoding: 'utf8' });
    if (JSON.parse(state.stdout).status === status) return;
    spawnSync('sleep', ['0.05']);
  }
}

function whyNoLinux() {
  if (process.platform !== 'linux') return `it needs Linux, this is ${process.platform}`;
  if (busybox === undefined) return 'the demo needs a static busybox (Debian: busybox-static)';
  if (!existsSync('dist/bin/tsrun-helper')) return 'the helper could not be built (Debian: gcc musl-tools make)';
  if (!root && spawnSync('unshare', ['-U', 'true']).status !== 0) return 'this user may not make user namespaces';
  return undefined;
}

try {
  const reason = whyNoLinux();
  if (reason === undefined) linuxDemo();
  else {
    title('the linux backend');
    console.log(`Skipped: ${reason}.`);
  }
  emulationDemo();
} finally {
  if (existsSync(tsrun)) spawnSync(tsrun, ['delete', '--force', id], { cwd: '/', stdio: 'ignore' });
  rmSync(work, { recursive: true, force: true });
}
title(failures === 0 ? 'done; everything made was removed again' : `${failures} steps did not go as expected`);
process.exitCode = failures === 0 ? 0 : 1;
