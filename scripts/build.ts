/**
 * The only build entry. `npm run build` makes
 *   dist/cli.js (+ chunks)      the npm shape: code-split ESM for Node ≥ 20
 *   dist/index.js, testing.js   the library API and its test helper, with their types
 *   dist/bin/tsrun-helper       the static C helper (Linux with a C compiler)
 *   dist/bin/tsrun              the standalone executable, compiled by Bun (Linux, where Bun is installed)
 * What this machine cannot build is said and left out; `--require-all` makes that an error.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { addPrologue } from './prologue.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
process.chdir(root);
const requireAll = process.argv.includes('--require-all');
const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
const define = { TSRUN_VERSION: JSON.stringify(version), TSRUN_COMMIT: JSON.stringify(commit()) };

function commit(): string {
  const git = spawnSync('git', ['rev-parse', '--short=12', 'HEAD'], { encoding: 'utf8', cwd: root });
  return git.status === 0 ? git.stdout.trim() : 'unknown';
}

function skip(what: string, why: string): void {
  console.log(`build: ${what} left out: ${why}`);
  if (requireAll) process.exitCode = 1;
}

/** Optional peer dependencies of the emulation backend: found at run time or not at all. */
const OPTIONAL_PEERS = ['binaryen', '@wasmer/wasi'] as const;

async function javascript(): Promise<void> {
  for (const file of ['dist/cli.js', 'dist/index.js', 'dist/testing.js']) rmSync(file, { force: true });
  rmSync('dist/chunks', { recursive: true, force: true });
  await build({
    entryPoints: { cli: 'src/cli/main.ts', index: 'src/index.ts', testing: 'src/testing/index.ts' },
    external: [...OPTIONAL_PEERS],
    outdir: 'dist',
    chunkNames: 'chunks/[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    define: { ...define, TSRUN_STANDALONE: 'false' },
    minifySyntax: true,
    sourcemap: false,
    legalComments: 'none',
    // commander is CommonJS and requires node: modules.
    banner: {
      js: "import { createRequire as tsrunCreateRequire } from 'node:module'; const require = tsrunCreateRequire(import.meta.url);",
    },
    logLevel: 'warning',
  });
  chmodSync('dist/cli.js', 0o755);
}

function types(): void {
  execFileSync('node_modules/.bin/tsc', ['-p', 'tsconfig.build.json'], { stdio: 'inherit' });
}

function helper(): void {
  if (process.platform !== 'linux') return skip('dist/bin/tsrun-helper', 'it is for Linux');
  if (spawnSync('make', ['--version']).error) return skip('dist/bin/tsrun-helper', 'make is not installed (Debian: make gcc musl-tools)');
  const made = spawnSync('make', ['-s', '-C', 'src/backends/linux/helper', `OUT=${root}/dist/bin`], { stdio: 'inherit' });
  if (made.status !== 0) throw new Error('the helper does not build (Debian: gcc musl-tools make)');
}

/** Else the executable reads bunfig.toml and .env of the directory it is called in, and runs what they say: the bundle's. */
const AUTOLOAD_NOTHING = ['dotenv', 'bunfig', 'tsconfig', 'package-json'].map((what) => `--no-compile-autoload-${what}`);

function standalone(): void {
  if (process.platform !== 'linux') return skip('dist/bin/tsrun', 'it is for Linux');
  const bun = ['node_modules/bun/bin/bun.exe', `node_modules/@oven/bun-linux-${process.arch === 'arm64' ? 'aarch64' : 'x64'}/bin/bun`].find(
    (path) => existsSync(path),
  );
  if (bun === undefined) return skip('dist/bin/tsrun', 'the npm package bun has no program for this system');
  const defines = Object.entries({ ...define, TSRUN_STANDALONE: 'true' }).flatMap(([name, value]) => ['--define', `${name}=${value}`]);
  const made = spawnSync(
    bun,
    [
      'build',
      '--compile',
      '--minify',
      '--splitting', // a command loads only its own chunks: 3 ms less CPU for `state`
      '--bytecode',
      '--format=esm',
      ...AUTOLOAD_NOTHING,
      ...OPTIONAL_PEERS.map((name) => `--external=${name}`),
      ...defines,
      '--outfile',
      'dist/bin/tsrun',
      'src/cli/main.ts',
    ],
    { encoding: 'utf8' },
  );
  if (made.status !== 0) throw new Error(`bun build failed:\n${made.stderr}`);
  try {
    addPrologue('dist/bin/tsrun');
  } catch (error) {
    skip(
      'the prologue of dist/bin/tsrun (it is slower without, and does not start in a deleted working directory)',
      (error as Error).message,
    );
  }
}

mkdirSync('dist/bin', { recursive: true });
const only = process.argv.slice(2).filter((arg) => !arg.startsWith('-'));
const steps: Record<string, () => void | Promise<void>> = { javascript, types, helper, standalone };
for (const [name, step] of Object.entries(steps)) {
  if (only.length > 0 && !only.includes(name)) continue;
  const before = performance.now();
  await step();
  console.log(`build: ${name} ${(performance.now() - before).toFixed(0)} ms`);
}
