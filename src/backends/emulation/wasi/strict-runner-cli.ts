/**
 * `strict-runner-cli [--dir HOST[::GUEST]] [--env NAME=VALUE]… FILE.wasm [ARGUMENT]…`: standard input is read to its end first; exits with
 * the program's status. For adapters of wasi-testsuite.
 */
import { fstatSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { runStrict } from './strict-runner.ts';

const argv = process.argv.slice(2);
// The program's own options come after its file.
const first = argv.findIndex((text, index) => !text.startsWith('--') && !['--dir', '--env'].includes(argv[index - 1] ?? ''));
const { values } = parseArgs({
  args: argv.slice(0, first === -1 ? argv.length : first),
  options: { dir: { type: 'string' }, env: { type: 'string', multiple: true } },
});
const [file, ...args] = first === -1 ? [] : argv.slice(first);
if (file === undefined) {
  console.error('usage: strict-runner-cli [--dir HOST[::GUEST]] [--env NAME=VALUE]... FILE.wasm [ARGUMENT]...');
  process.exitCode = 2;
} else {
  const [directory, name] = values.dir?.split('::') ?? [];
  const { status, stdout, stderr } = await runStrict({
    wasm: new Uint8Array(readFileSync(file)),
    args,
    env: values.env ?? [],
    stdin: standardInput(),
    ...(directory === undefined ? {} : { directory }),
    ...(name === undefined ? {} : { name }),
  });
  process.stdout.write(stdout);
  process.stderr.write(stderr);
  process.exitCode = status;
}

/** A terminal or a device gives nothing. */
function standardInput(): Uint8Array {
  const stat = fstatSync(0);
  return stat.isFIFO() || stat.isFile() || stat.isSocket() ? new Uint8Array(readFileSync(0)) : new Uint8Array(0);
}
