/**
 * The compiler of the guest programs: $WASI_CC, else Debian's clang (clang, lld, llvm, wasi-libc, libclang-rt-14-dev-wasm32,
 * binaryen). The committed binaries are made by Debian 12's clang 14; another compiler makes other bytes.
 */
import { execFile, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

export interface Toolchain {
  readonly clang: string;
  readonly ar: string;
  readonly wasmOpt: string;
  /** Headers and libraries of wasi-libc. */
  readonly include: string;
  readonly lib: string;
  readonly builtins: string;
}

/** Where wasi-libc is: $WASI_SYSROOT (a wasi-sdk tree), else Debian's places. */
function sysroot(): { include: string; lib: string } {
  const root = process.env['WASI_SYSROOT'];
  const [include, lib] =
    root === undefined
      ? ['/usr/include/wasm32-wasi', '/usr/lib/wasm32-wasi']
      : [join(root, 'include/wasm32-wasi'), join(root, 'lib/wasm32-wasi')].map((dir) => (existsSync(dir) ? dir : dirname(dir)));
  if (include === undefined || lib === undefined || !existsSync(join(lib, 'libc.a')))
    throw new Error(`no wasi-libc in ${lib}: apt-get install wasi-libc, or set WASI_SYSROOT`);
  return { include, lib };
}

const DEBIAN_WASM_OPT = '/usr/bin/wasm-opt';

function output(program: string, ...args: string[]): string {
  const { status, stdout, error } = spawnSync(program, args, { encoding: 'utf8' });
  if (error || status !== 0) throw new Error(`${program} ${args.join(' ')}: ${error?.message ?? `status ${status}`}`);
  return stdout.trim();
}

/** Throws with what to install. */
export function findToolchain(): Toolchain {
  const clang = process.env['WASI_CC'] ?? 'clang';
  const resources = output(clang, '--target=wasm32-wasi', '-print-resource-dir');
  const builtins = join(resources, 'lib/wasi/libclang_rt.builtins-wasm32.a');
  if (!existsSync(builtins)) throw new Error(`no ${builtins}: apt-get install libclang-rt-14-dev-wasm32`);
  const beside = join(dirname(output('sh', '-c', `command -v -- "$1"`, 'sh', clang)), 'llvm-ar');
  const ar = existsSync(beside) ? beside : 'llvm-ar';
  // Not the one of npm's binaryen, which npm puts first in PATH: another version makes other bytes (and takes ten times as long).
  const wasmOpt = process.env['WASM_OPT'] ?? (existsSync(DEBIAN_WASM_OPT) ? DEBIAN_WASM_OPT : 'wasm-opt');
  output(wasmOpt, '--version');
  return { clang, ar, wasmOpt, ...sysroot(), builtins };
}

/** Runs to the end; throws with the program's own words. */
export function run(program: string, args: readonly string[], cwd: string): Promise<void> {
  return new Promise((resolve, reject) => {
    execFile(program, args, { cwd, maxBuffer: 1 << 24 }, (error, stdout, stderr) => {
      if (error) reject(new Error(`${program} ${args.join(' ')}\n${stdout}${stderr}`));
      else {
        process.stderr.write(stderr);
        resolve();
      }
    });
  });
}

/** Two at a time: the machines that build this have few cores. */
const JOBS = 2;

export async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const left = [...items];
  const worker = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) await work(next);
  };
  await Promise.all(Array.from({ length: JOBS }, worker));
}
