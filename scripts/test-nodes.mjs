// `npm run test:nodes [-- 22 24 26]`: a part of the tests with other Node versions than the one installed, for what depends on the
// JavaScript engine: suspension, threads, descriptors, terminals. Their programs come from the npm registry (the packages that `node`
// depends on) and are kept in node_modules/.cache; a version that cannot be had is skipped with a word. Build first.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const repository = dirname(dirname(fileURLToPath(import.meta.url)));
const PROJECTS = ['unit', 'emulation', 'oci-emulation-node', 'oci-node'];
const FILES = [
  'src/backends/emulation/kernel',
  'src/backends/emulation/wasi',
  'src/library',
  ...['choice', 'examples', 'library', 'lifecycle', 'python', 'sh-terminal', 'stdio', 'untrusted-modules'].map(
    (name) => `test/emulation/${name}`,
  ),
  ...['exec', 'run', 'start', 'terminal'].map((name) => `test/oci/${name}.test.ts`),
];

/** The program of the newest release of a major version, or why there is none. @param {string} version */
function obtain(version) {
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const folder = join(repository, 'node_modules/.cache/tsrun-nodes', version);
  const node = join(folder, 'node_modules', name, 'bin/node');
  mkdirSync(folder, { recursive: true });
  const flags = ['--prefix', folder, '--no-save', '--no-package-lock', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const { status, stderr } = spawnSync('npm', ['install', ...flags, `${name}@${version}`], { cwd: folder, encoding: 'utf8' });
  if (existsSync(node)) return { node };
  return { why: status === 0 ? `${name} has no bin/node` : (stderr.trim().split('\n')[0] ?? `npm ended with ${status}`) };
}

/** @param {string} node */
function test(node) {
  // Tests start programs by process.execPath or by `#!/usr/bin/env node`.
  const env = { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH}` };
  const vitest = [
    join(repository, 'node_modules/vitest/vitest.mjs'),
    'run',
    '--configLoader=runner',
    ...PROJECTS.flatMap((project) => ['--project', project]),
    ...FILES,
  ];
  return spawnSync(node, vitest, { cwd: repository, env, stdio: 'inherit' }).status === 0;
}

if (!existsSync(join(repository, 'dist/cli.js'))) {
  console.error('test:nodes: dist/cli.js is not there (npm run build makes it)');
  process.exit(1);
}
const wanted = process.argv.slice(2);
const lines = [];
for (const version of wanted.length > 0 ? wanted : ['22', '24', '26']) {
  const { node, why } = obtain(version);
  if (node === undefined) {
    lines.push(`Node ${version}: skipped: ${why}`);
    continue;
  }
  const { stdout } = spawnSync(node, ['-p', 'process.version'], { encoding: 'utf8' });
  console.log(`\n== Node ${stdout.trim()}`);
  const passed = test(node);
  if (!passed) process.exitCode = 1;
  lines.push(`Node ${stdout.trim()}: ${passed ? 'passed' : 'failed'}`);
}
console.log(`\n${lines.join('\n')}`);
