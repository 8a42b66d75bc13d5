// Brings a fresh clone to where it can be built, tested and shown. Plain Node, no dependencies: it runs before `npm ci`.
//   node scripts/setup.mjs [build test clients vm guest lint ...]    (default: build test)
// Installs what is missing when it may (root on Debian); else says exactly what is missing and what that costs.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const repository = dirname(dirname(fileURLToPath(import.meta.url)));

/** purpose → what is skipped without it, and Debian package → a file or program (searched in PATH) that shows it is there. */
export const purposes = {
  build: {
    without: 'the Linux helper cannot be compiled, so there is no Linux backend',
    packages: { gcc: 'gcc', 'musl-tools': 'musl-gcc', make: 'make', 'linux-libc-dev': '/usr/include/linux/openat2.h' },
  },
  demo: {
    without: 'the demo has no programs to put into its containers',
    packages: { 'busybox-static': '/bin/busybox' },
  },
  test: {
    without: 'whole-program, differential and seccomp tests are skipped',
    packages: {
      'busybox-static': '/bin/busybox',
      runc: 'runc',
      crun: 'crun',
      python3: 'python3',
      'python3-seccomp': '/usr/lib/python3/dist-packages/seccomp.cpython-*.so',
      uidmap: 'newuidmap',
      jq: 'jq',
      iproute2: 'ip',
      strace: 'strace',
      'util-linux': 'setpriv',
      bsdutils: 'script',
    },
  },
  clients: {
    without: 'the tests with podman, containerd and docker are skipped',
    packages: {
      podman: 'podman',
      conmon: 'conmon',
      netavark: '/usr/lib/podman/netavark',
      catatonit: 'catatonit',
      uidmap: 'newuidmap',
      containerd: 'containerd',
      'docker.io': '/usr/bin/docker',
      iptables: 'iptables',
      iproute2: 'ip',
      slirp4netns: 'slirp4netns',
      'fuse-overlayfs': 'fuse-overlayfs',
    },
  },
  vm: {
    without: 'the cgroup v2 tests in a virtual machine are skipped',
    // The guest's kernel is fetched and unpacked by test/vm/kernel.ts; unpacked, its modules are ours to index (depmod).
    packages: { 'qemu-system-x86': 'qemu-system-x86_64', cpio: 'cpio', kmod: 'depmod', 'busybox-static': '/bin/busybox' },
  },
  guest: {
    without: 'the guest programs cannot be rebuilt and compared with the committed ones',
    packages: {
      clang: 'clang-14',
      lld: 'wasm-ld-14',
      binaryen: 'wasm-opt',
      'wasi-libc': '/usr/include/wasm32-wasi/stdio.h',
      'libclang-rt-14-dev-wasm32': '/usr/lib/llvm-14/lib/clang/14*/lib/wasi/libclang_rt.builtins-wasm32.a',
    },
  },
  lint: {
    without: 'the C helper is not linted, sanitized or fuzzed',
    packages: {
      'clang-19': 'clang-19',
      'clang-tidy-19': 'clang-tidy-19',
      'clang-format-19': 'clang-format-19',
      'libclang-rt-19-dev': '/usr/lib/llvm-19/lib/clang/19/lib/linux/libclang_rt.fuzzer-x86_64.a',
    },
  },
};

/** @param {string} probe */
function isThere(probe) {
  if (probe.includes('*')) return spawnSync('sh', ['-c', `ls ${probe}`], { stdio: 'ignore' }).status === 0;
  if (probe.startsWith('/')) return existsSync(probe);
  const dirs = [...(process.env.PATH ?? '').split(':'), '/usr/sbin', '/sbin'];
  return dirs.some((dir) => existsSync(join(dir, probe)));
}

/** @param {string} command @param {string[]} args @param {NodeJS.ProcessEnv} [env] */
function sh(command, args, env = {}) {
  return (
    spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'], cwd: repository, env: { ...process.env, ...env } }).status === 0
  );
}

/** Are the packages in node_modules those of package-lock.json? Optional ones (other platforms) may be absent. */
function modulesAreCurrent() {
  const installed = join(repository, 'node_modules/.package-lock.json');
  if (!existsSync(installed)) return false;
  const wanted = JSON.parse(readFileSync(join(repository, 'package-lock.json'), 'utf8')).packages;
  const have = JSON.parse(readFileSync(installed, 'utf8')).packages;
  return Object.entries(wanted).every(([path, entry]) => path === '' || entry.optional || have[path]?.version === entry.version);
}

/**
 * Install what the lock file says, unless it is there. Not `npm ci`: that wants an entry for every platform's optional
 * package, and a registry mirror that lacks some (seen with the ox* tools) writes a lock file without them. Throws when it fails.
 */
export function setupModules() {
  if (modulesAreCurrent()) return;
  console.log('setup: npm install');
  if (!sh('npm', ['install', '--no-save', '--no-audit', '--no-fund'])) throw new Error('npm install failed');
}

let updated = false;

/**
 * Make the Debian packages for these purposes present where that is possible.
 * @param {string[]} names keys of `purposes`
 * @returns {string[]} one line for each purpose that stays incomplete
 */
export function setupPackages(names) {
  const unmet = [];
  for (const name of names) {
    const purpose = purposes[name];
    if (purpose === undefined) throw new Error(`unknown purpose ${name}; known: ${Object.keys(purposes).join(', ')}`);
    const missing = () =>
      Object.entries(purpose.packages)
        .filter(([, probe]) => !isThere(probe))
        .map(([pkg]) => pkg);
    if (missing().length > 0 && process.getuid?.() === 0 && existsSync('/etc/debian_version') && isThere('apt-get')) install(missing());
    if (missing().length > 0) unmet.push(`setup: missing for ${name}: ${missing().join(' ')} (${purpose.without})`);
  }
  for (const line of unmet) console.log(line);
  return unmet;
}

/** @param {string[]} packages */
function install(packages) {
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  const lock = ['-o', 'DPkg::Lock::Timeout=300'];
  console.log(`setup: apt-get install ${packages.join(' ')}`);
  if (!updated) updated = sh('apt-get', [...lock, 'update', '-qq'], env);
  // One at a time after a failure: a package this release does not have must not cost us the others.
  if (sh('apt-get', [...lock, 'install', '-y', '-qq', '--no-install-recommends', ...packages], env) || packages.length === 1) return;
  for (const one of packages) sh('apt-get', [...lock, 'install', '-y', '-qq', '--no-install-recommends', one], env);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  setupModules();
  const unmet = setupPackages(process.argv.length > 2 ? process.argv.slice(2) : ['build', 'test']);
  process.exitCode = unmet.length > 0 ? 1 : 0;
}
