#!/usr/bin/env node
/**
 * Runs one module of WebAssembly/wasi-testsuite against tsrun's preview1, in strict mode, under Node or Bun:
 * `adapter.mjs --version`, or `adapter.mjs --test-file FILE [--arg TEXT]… [--env NAME=VALUE]… [--dir HOST[::GUEST]]`. Exits with the
 * module's status. From the sources: it needs the repository, not a build.
 */
import { readFileSync, statSync } from 'node:fs';

/** Values may begin with dashes, which node:util's parseArgs refuses. */
function parse(argv) {
  const found = { arg: [], env: [], dir: [], 'test-file': [], version: false };
  for (let index = 0; index < argv.length; index++) {
    const [, name = '', inline] = /^--([a-z-]+)(?:=([^]*))?$/.exec(argv[index]) ?? [];
    if (name === 'version') found.version = true;
    else if (Array.isArray(found[name])) {
      const value = inline ?? argv[++index];
      if (value === undefined) usage(`--${name} needs a value`);
      found[name].push(value);
    } else usage(`${argv[index]}: unknown argument`);
  }
  return found;
}

function usage(problem) {
  console.error(`adapter: ${problem}`);
  process.exit(2);
}

async function strictRunner() {
  // Bun takes TypeScript as it is; Node 20 needs tsx.
  if (process.versions.bun === undefined) (await import('tsx/esm/api')).register();
  return await import('../../src/backends/emulation/wasi/strict-runner.ts');
}

const wanted = parse(process.argv.slice(2));
if (wanted.version) {
  const { name, version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  console.log(`${name} ${version}`);
} else {
  const [file, second] = wanted['test-file'];
  if (file === undefined || second !== undefined) usage('one --test-file is needed');
  if (wanted.dir.length > 1) usage('one --dir at most');
  const [directory, name = directory] = wanted.dir[0]?.split('::') ?? [];
  if (directory !== undefined && statSync(directory, { throwIfNoEntry: false })?.isDirectory() !== true)
    usage(`${directory}: not a directory`);
  const { runStrict } = await strictRunner();
  const { status, stdout, stderr } = await runStrict({
    wasm: new Uint8Array(readFileSync(file)),
    args: wanted.arg,
    env: wanted.env,
    stdin: process.stdin,
    ...(directory === undefined ? {} : { directory, name }),
  });
  // The test runner keeps our stdin open: nothing waits for its end.
  process.stdout.write(stdout, () => process.stderr.write(stderr, () => process.exit(status)));
}
