/** Runs every generator; with `--check` each compares instead of writing, and fails when its output is stale. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const generators = ['gen-plan-abi', 'gen-spec', 'gen-syscalls', 'gen-own-modules'];
for (const name of generators) {
  const script = fileURLToPath(new URL(`${name}.ts`, import.meta.url));
  const { status } = spawnSync(process.execPath, [...process.execArgv, script, ...process.argv.slice(2)], { stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
