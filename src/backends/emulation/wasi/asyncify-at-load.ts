/**
 * Asyncify for modules that were not built for us, where the JavaScript engine has no JSPI: by the native `wasm-opt` if there is
 * one ($TSRUN_WASM_OPT or in PATH), else by the npm package `binaryen` (an optional peer dependency). Both work in a process of
 * their own, since it takes seconds to minutes; results are kept on disk.
 *
 * Measured (Node 20, 2 shared cores): a 26 KB program takes 0.6 s with wasm-opt and 2.4 s with binaryen.js; warm from the disk
 * 10 ms. CPython (13 MB of code) takes wasm-opt 108 160 s and grows to 35 MB, which then overflows V8's stack after 39 s;
 * binaryen.js (JavaScript) had not finished after 240 s. Hence the limit: larger modules run on the plain engine.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { writeCached } from './disk-cache.ts';
import { SUSPENDING } from './suspending.ts';

/** Changes when results of the same input would. */
const VERSION = 3;
const IMPORTS = [...SUSPENDING].toSorted().join(',');
/** Larger modules are not instrumented. */
const MAX_BYTES = { 'wasm-opt': 4 << 20, binaryen: 1 << 20 };
const TIMEOUT_MS = 5 * 60_000;

/** What the result for a module is called. counted: it got the loop counter before. */
export function keyOf(bytes: Uint8Array, counted: boolean): string {
  return createHash('sha256').update(`${VERSION}\n${counted}\n${IMPORTS}\n`).update(bytes).digest('hex');
}

export interface Instrumenter {
  readonly command: string;
  readonly kind: 'wasm-opt' | 'binaryen';
}

let found: Instrumenter | undefined | null = null;

/** The tool for a module of this size; looked for once. */
export function findInstrumenter(bytes: number): Instrumenter | undefined {
  if (found === null) found = findNative() ?? findPackage();
  return found !== undefined && bytes <= MAX_BYTES[found.kind] ? found : undefined;
}

function findNative(): Instrumenter | undefined {
  const named = process.env['TSRUN_WASM_OPT'];
  if (named === '') return undefined;
  const candidates = named === undefined ? (process.env['PATH'] ?? '').split(delimiter).map((path) => join(path, 'wasm-opt')) : [named];
  for (const command of candidates) {
    try {
      accessSync(command, constants.X_OK);
      return { command, kind: 'wasm-opt' };
    } catch {
      // not this one
    }
  }
  return undefined;
}

function findPackage(): Instrumenter | undefined {
  // The script below is JavaScript for Node; Bun has JSPI and needs none of this.
  if (process.versions['bun'] !== undefined) return undefined;
  try {
    return { command: createRequire(import.meta.url).resolve('binaryen'), kind: 'binaryen' };
  } catch {
    return undefined;
  }
}

/** The module with Asyncify, also put on disk; undefined: there is no tool, or it failed, or it has no place to work in. */
export async function asyncifyAtLoad(bytes: Uint8Array, key: string): Promise<Uint8Array | undefined> {
  const tool = findInstrumenter(bytes.length);
  if (tool === undefined) return undefined;
  const work = workDirectory();
  if (work === undefined) return undefined;
  try {
    const [input, output] = [join(work, 'in.wasm'), join(work, 'out.wasm')];
    if (!(await written(input, bytes)) || !(await run(tool, input, output))) return undefined;
    const result = new Uint8Array(await readFile(output));
    if (!WebAssembly.validate(result)) return undefined;
    writeCached(key, result);
    return result;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

const FEATURES = [
  'mutable-globals',
  'bulk-memory',
  'sign-ext',
  'nontrapping-float-to-int',
  'reference-types',
  'multivalue',
  'simd',
  'tail-call',
].map((feature) => `--enable-${feature}`);

const SCRIPT = `
import { readFileSync, writeFileSync } from 'node:fs';
const [location, input, output, imports] = process.argv.slice(1);
const { default: binaryen } = await import(location);
const module = binaryen.readBinary(new Uint8Array(readFileSync(input)));
const { MutableGlobals, BulkMemory, SignExt, NontrappingFPToInt, ReferenceTypes, Multivalue, SIMD128, TailCall } = binaryen.Features;
module.setFeatures(MutableGlobals | BulkMemory | SignExt | NontrappingFPToInt | ReferenceTypes | Multivalue | SIMD128 | TailCall);
binaryen.setPassArgument('asyncify-imports', imports);
binaryen.setOptimizeLevel(1);
module.runPasses(['asyncify']);
writeFileSync(output, module.emitBinary());
`;

async function written(path: string, bytes: Uint8Array): Promise<boolean> {
  try {
    await writeFile(path, bytes);
    return true;
  } catch {
    return false; // a full disk: the module runs as it is
  }
}

/** undefined: the temporary directory is not for us to write, or full; Node's permission model forbids it. */
function workDirectory(): string | undefined {
  try {
    return mkdtempSync(join(tmpdir(), 'tsrun-asyncify-'));
  } catch {
    return undefined;
  }
}

function run(tool: Instrumenter, input: string, output: string): Promise<boolean> {
  const [command, args] =
    tool.kind === 'wasm-opt'
      ? [tool.command, [...FEATURES, '-O1', '--asyncify', `--pass-arg=asyncify-imports@${IMPORTS}`, input, '-o', output]]
      : [process.execPath, ['--input-type=module', '-e', SCRIPT, pathToFileURL(tool.command).href, input, output, IMPORTS]];
  return new Promise((resolve) => {
    let child: ChildProcess;
    try {
      child = spawn(command, args, { stdio: 'ignore', timeout: TIMEOUT_MS });
    } catch {
      return resolve(false); // Node's permission model
    }
    // A container that ended meanwhile must not keep the runtime's process alive for this.
    child.unref();
    child.on('error', () => resolve(false));
    child.on('exit', (code) => resolve(code === 0));
  });
}
