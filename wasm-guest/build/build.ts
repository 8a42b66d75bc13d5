/**
 * Builds the guest programs: `tsx wasm-guest/build/build.ts [--check] [--no-fuel] [--out DIR] [PROGRAM...]`.
 *  (nothing)   all programs into wasm-guest/bin, with SHA256SUMS
 *  PROGRAM...  these only; SHA256SUMS is left alone
 *  --check     builds into a temporary folder and compares with wasm-guest/bin, byte for byte
 *  --no-fuel   without the loop counter (no preemption): for trials
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Compiler } from './compile.ts';
import { programs, type Program } from './programs.ts';
import { findToolchain, inParallel } from './toolchain.ts';

const guest = fileURLToPath(new URL('..', import.meta.url));
const bin = join(guest, 'bin');

function sums(folder: string, outputs: readonly string[]): string {
  return outputs
    .toSorted()
    .map(
      (output) =>
        `${createHash('sha256')
          .update(readFileSync(join(folder, output)))
          .digest('hex')}  ${output}\n`,
    )
    .join('');
}

async function build(wanted: readonly Program[], folder: string, fuel: boolean): Promise<void> {
  const scratch = mkdtempSync(join(tmpdir(), 'tsrun-guest-'));
  try {
    const compiler = new Compiler(findToolchain(), guest, scratch, { fuel });
    const library = await compiler.library();
    await inParallel(wanted, async (program) => {
      const sizes = await compiler.program(program, library, join(folder, program.output));
      console.log(`${program.output}: linked ${sizes.linked}, counted ${sizes.counted}, finished ${sizes.finished} bytes`);
    });
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

/** Files of bin/ that differ from a fresh build, or that no program makes. */
function differences(fresh: string, outputs: readonly string[]): string[] {
  const expected = new Map(outputs.map((output) => [output, readFileSync(join(fresh, output))] as const));
  expected.set('SHA256SUMS', Buffer.from(sums(fresh, outputs)));
  const present = readdirSync(bin, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.wasm'));
  return [
    ...present.filter((file) => !expected.has(file)).map((file) => `${file}: no program makes it`),
    ...[...expected].flatMap(([file, bytes]) => {
      const committed = existsSync(join(bin, file)) ? readFileSync(join(bin, file)) : undefined;
      return committed?.equals(bytes) === true ? [] : [`${file}: ${committed === undefined ? 'missing' : 'differs'}`];
    }),
  ];
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    check: { type: 'boolean', default: false },
    'no-fuel': { type: 'boolean', default: false },
    out: { type: 'string' },
  },
});
const all = programs(guest);
process.on('uncaughtException', (error) => {
  console.error(error.message);
  process.exit(1);
});
const unknown = positionals.filter((name) => !all.some((program) => program.name === name));
if (unknown.length > 0) throw new Error(`no such program: ${unknown.join(', ')}`);
const wanted = positionals.length === 0 ? all : all.filter(({ name }) => positionals.includes(name));
const outputs = wanted.map(({ output }) => output);

if (values.check) {
  const fresh = mkdtempSync(join(tmpdir(), 'tsrun-guest-check-'));
  try {
    await build(all, fresh, true);
    const problems = differences(
      fresh,
      all.map(({ output }) => output),
    );
    for (const problem of problems) console.error(problem);
    console.log(
      problems.length === 0
        ? 'wasm-guest/bin is what its sources make'
        : 'wasm-guest/bin is not what its sources make: npm run build:guest',
    );
    process.exitCode = problems.length === 0 ? 0 : 1;
  } finally {
    rmSync(fresh, { recursive: true });
  }
} else {
  const folder = values.out ?? bin;
  await build(wanted, folder, !values['no-fuel']);
  if (positionals.length === 0) writeFileSync(join(folder, 'SHA256SUMS'), sums(folder, outputs));
  if (positionals.length === 0 && folder === bin) await import('../../scripts/gen-own-modules.ts');
}
