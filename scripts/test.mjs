// `npm test`: set-up, build, every test project, one line of totals at the very end. Arguments go to vitest
// (`npm test -- --project oci`). Works unprivileged too: what cannot run is skipped with its reason.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setupModules, setupPackages } from './setup.mjs';

const repository = dirname(dirname(fileURLToPath(import.meta.url)));
const scratch = mkdtempSync(join(tmpdir(), 'tsrun-totals-'));
const totalsFile = join(scratch, 'totals.json');

/** @param {string} title @param {string} command @param {string[]} args */
function step(title, command, args) {
  console.log(`\n== ${title}`);
  return spawnSync(command, args, { stdio: 'inherit', cwd: repository, env: { ...process.env, TSRUN_TOTALS: totalsFile } }).status === 0;
}

/** @returns {{passed: number, failed: number, skipped: number, reasons: Record<string, number>}} */
function readTotals() {
  if (!existsSync(totalsFile)) return { passed: 0, failed: 1, skipped: 0, reasons: {} };
  return JSON.parse(readFileSync(totalsFile, 'utf8'));
}

let notes = [];
let ok = false;
try {
  setupModules();
  notes = process.platform === 'linux' ? setupPackages(['build', 'test', 'clients', 'vm']) : [];
  const vitest = [
    join(repository, 'node_modules/vitest/vitest.mjs'),
    'run',
    '--passWithNoTests',
    '--configLoader=runner', // without a file written into node_modules, which may belong to somebody else
    '--reporter=default',
    '--reporter=./test/helpers/totals-reporter.ts',
    ...process.argv.slice(2),
  ];
  ok = step('build', 'npm', ['run', '--silent', 'build']) && step('tests', process.execPath, vitest);
} catch (error) {
  console.error(error);
}
const totals = readTotals();
rmSync(scratch, { recursive: true, force: true });
if (!ok && totals.failed === 0) totals.failed = 1; // the build, or vitest itself
for (const line of notes) console.log(line);
for (const [reason, count] of Object.entries(totals.reasons)) console.log(`skipped ${count}: ${reason}`);
console.log(`${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);
process.exitCode = totals.failed === 0 ? 0 : 1;
