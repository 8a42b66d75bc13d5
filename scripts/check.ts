/**
 * `npm run check`: everything that reads the source without running the product. Each check prints one line; a
 * check whose tool is missing says so and fails under CI. The import rules have a positive control: a planted
 * violation must be caught, because a lint that lints nothing looks green.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const helper = 'src/backends/linux/helper';
const MAX_LINES = { ts: 400, c: 600 };
let failures = 0;

/** The tree as git sees it: tracked and new files, without ignored ones. */
const tree = spawnSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { encoding: 'utf8' })
  .stdout.split('\n')
  .filter((file) => existsSync(file));

function report(name: string, problem: string | undefined): void {
  if (problem === undefined) return console.log(`ok    ${name}`);
  failures++;
  console.log(`FAIL  ${name}\n${problem.trim().replace(/^/gm, '      ')}`);
}

function command(name: string, program: string, ...args: string[]): void {
  const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: 'utf8' });
  if (error && (error as NodeJS.ErrnoException).code === 'ENOENT') {
    if (process.env['CI']) report(name, `${program} is not installed`);
    else console.log(`skip  ${name}: ${program} is not installed`);
    return;
  }
  report(name, status === 0 ? undefined : `${stdout}${stderr}`);
}

/** What each layer may import beside itself (docs/architecture.md). */
const MAY: Record<string, readonly RegExp[]> = {
  'src/oci/': [],
  'src/plan/': [/^src\/oci\//],
  'src/core/': [/^src\/oci\//, /^src\/backends\/backend\.ts$/],
  'src/backends/backend.ts': [/^src\/oci\//],
  'src/backends/linux/': [/^src\/oci\//, /^src\/plan\//, /^src\/core\/errors\.ts$/, /^src\/backends\/backend\.ts$/],
  ...emulationLayers(),
  'src/backends/index.ts': [/^src\/backends\//, /^src\/core\/errors\.ts$/, /^src\/oci\//],
  'src/cli/': [/^src\/core\//, /^src\/backends\/(index|backend)\.ts$/, /^src\/oci\//],
  'src/library/': [/^src\/(oci|plan|core)\//, /^src\/backends\//],
  'src/testing/': [/^src\/(index\.ts|library\/|oci\/)/],
  'src/index.ts': [/^src\//],
};

/** docs/emulation.md: the kernel knows no plan, the VFS no kernel; only what is on top knows the rest of tsrun. */
function emulationLayers(): Record<string, readonly RegExp[]> {
  const own = 'src/backends/emulation/';
  const folder = (...names: string[]): RegExp => new RegExp(`^${own}(errno\\.ts$|(${names.join('|')})/)`);
  const contract = [/^src\/oci\//, /^src\/plan\//, /^src\/core\/errors\.ts$/, /^src\/backends\/backend\.ts$/];
  return {
    [`${own}vfs/`]: [folder('vfs')],
    [`${own}kernel/`]: [folder('vfs'), /^src\/oci\//],
    [`${own}wasi/`]: [folder('vfs', 'kernel'), /^src\/oci\//],
    [`${own}execute/`]: [folder('vfs', 'kernel', 'wasi'), ...contract],
    [`${own}supervisor/`]: [new RegExp(`^${own}`), ...contract],
    [own]: contract,
  };
}
/** Pure layers: no node: modules, but in the files named. */
const PURE: Record<string, readonly string[]> = { 'src/oci/': ['src/oci/read-file.ts'], 'src/plan/': [] };

function importProblems(file: string, text: string): string[] {
  const layer = Object.keys(MAY).find((prefix) => file.startsWith(prefix)); // the first, so the most exact one
  if (layer === undefined) return [`${file}: belongs to no layer`];
  const problems: string[] = [];
  for (const [, target] of text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)) {
    if (target === undefined) continue;
    if (!target.startsWith('.')) {
      const pure = Object.keys(PURE).find((prefix) => file.startsWith(prefix));
      if (pure !== undefined && !PURE[pure]?.includes(file)) problems.push(`${file}: ${pure} is pure and may not import ${target}`);
      continue;
    }
    const path = new URL(target, `file:///${file}`).pathname.slice(1);
    const own = layer.endsWith('/') && path.startsWith(layer);
    if (!own && path !== layer && !MAY[layer]?.some((allowed) => allowed.test(path)))
      problems.push(`${file}: ${layer} may not import ${path}`);
  }
  return problems;
}

const sources = tree.filter((file) => /^src\/.*\.ts$/.test(file) && !/\.test\.ts$|\.d\.ts$|\/helper\//.test(file));
report('import directions', sources.flatMap((file) => importProblems(file, readFileSync(file, 'utf8'))).join('\n') || undefined);
const planted = [
  ...importProblems('src/oci/planted.ts', "import { x } from '../core/errors.ts';"),
  ...importProblems('src/plan/planted.ts', "import { x } from 'node:fs';"),
  ...importProblems('src/core/planted.ts', "const x = await import('../backends/linux/index.ts');"),
  ...importProblems('src/backends/emulation/vfs/planted.ts', "import { x } from '../kernel/types.ts';"),
];
report('import directions catch four planted violations', planted.length === 4 ? undefined : `caught ${planted.length} of 4`);

const limits = tree.filter((file) => /^(src|scripts|test)\/.*\.(ts|mjs|c|h)$/.test(file) && !/\.gen\.|plan_abi\.h$/.test(file));
const tooLong = limits.flatMap((file) => {
  const lines = readFileSync(file, 'utf8').split('\n').length - 1;
  const limit = /\.[ch]$/.test(file) ? MAX_LINES.c : MAX_LINES.ts;
  return lines > limit ? [`${file}: ${lines} lines, at most ${limit}`] : [];
});
report('file sizes', tooLong.join('\n') || undefined);

command('types', 'node_modules/.bin/tsc', '-p', '.');
command('lint', 'node_modules/.bin/oxlint', '--deny-warnings');
mkdirSync('src/oci/planted', { recursive: true });
writeFileSync('src/oci/planted/planted.ts', 'export function planted(): void {\n  Promise.resolve(1);\n}\n');
const control = spawnSync('node_modules/.bin/oxlint', ['src/oci/planted'], { encoding: 'utf8' });
rmSync('src/oci/planted', { recursive: true });
report('lint catches a planted floating promise', /no-floating-promises/.test(control.stdout) ? undefined : control.stdout);
command('format', 'node_modules/.bin/oxfmt', '--check');
command('unused code', 'node_modules/.bin/knip');
command('generated files are fresh', 'node_modules/.bin/tsx', 'scripts/gen.ts', '--check');
if (existsSync(`${helper}/Makefile`)) {
  for (const target of ['test', 'analyze', 'tidy', 'fuzz']) command(`helper: make ${target}`, 'make', '-s', '-C', helper, target);
}
if (process.env['CI'] || existsSync('/usr/include/wasm32-wasi/stdio.h'))
  command('guest programs are what their sources make', 'node_modules/.bin/tsx', 'wasm-guest/build/build.ts', '--check');
else console.log('skip  guest programs: the toolchain is not installed (node scripts/setup.mjs guest)');
const lock = readFileSync('package-lock.json', 'utf8');
report('package-lock.json carries no download addresses', /"resolved"/.test(lock) ? 'remove the "resolved" entries' : undefined);
console.log(failures === 0 ? 'all checks passed' : `${failures} checks failed`);
process.exitCode = failures === 0 ? 0 : 1;
