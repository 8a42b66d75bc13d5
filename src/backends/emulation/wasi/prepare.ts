/** From the bytes of a file to a compiled module and all that is known of it; once per content. */
import { createHash } from 'node:crypto';
import { asyncifyAtLoad, findInstrumenter, keyOf } from './asyncify-at-load.ts';
import { BadModule, readSections, SECTION } from './binary/bytes.ts';
import { exportTypes } from './binary/exports.ts';
import { addFuelToForeign, FUEL_GLOBAL } from './binary/fuel.ts';
import { readImports } from './binary/imports.ts';
import { importedSignatures, type Signature } from './binary/types.ts';
import { importMemory, type MemoryImport } from './binary/memory.ts';
import { isResettable } from './binary/resettable.ts';
import { limitTables } from './binary/tables.ts';
import { readCached } from './disk-cache.ts';
import { hasJspi } from './engines/jspi.ts';
import { threadsAllowed } from './engines/threads-allowed.ts';
import { NotExecutable } from './executable.ts';
import { unsupported, type Callable, type ImportTable } from './imports.ts';
import { OWN_MODULES } from './own-modules.gen.ts';
import { tsrun } from './posix/index.ts';
import { wasix } from './posix/wasix.ts';
import { preview1 } from './preview1/index.ts';
import { hasSignature } from './signatures.ts';
import { SUSPENDING } from './suspending.ts';

const TABLES: Readonly<Record<string, ImportTable>> = { wasi_snapshot_preview1: preview1, tsrun, wasix_32v1: wasix };

export interface PlannedImport {
  readonly module: string;
  readonly name: string;
  readonly call: Callable;
  readonly suspends: boolean;
}

export interface Prepared {
  readonly module: WebAssembly.Module;
  readonly imports: readonly PlannedImport[];
  readonly memory: MemoryImport | undefined;
  readonly engine: 'asyncify' | 'jspi' | 'thread' | 'plain';
  /** Has a loop counter, as it says. */
  readonly fuel: boolean;
  /** Its loops count for sure: we made the module, or put the counter in. */
  readonly preempts: boolean;
  /** Names of exported globals that are numbers and can change: a forked child gets their values. */
  readonly globals: readonly string[];
  /** Looks for preopened directories, since it does not know our own calls. */
  readonly preopens: boolean;
  /** Whether an instance that was used can be made as new: binary/resettable.ts. */
  readonly resettable: () => boolean;
  /** Plain modules that can still be instrumented: resolves with the result, or when that failed with what is to run instead. Once. */
  readonly instrument?: () => Promise<Prepared>;
  /** Plain modules: for the engine with a thread. */
  readonly inThread?: () => Prepared;
}

/** bytes: stay as they are. Only what is ours is believed to have been instrumented. */
export function prepare(bytes: Uint8Array): Prepared {
  try {
    const module = readModule(bytes);
    if (module.asyncify && OWN_MODULES.has(createHash('sha256').update(bytes).digest('hex'))) return compile(bytes, 'asyncify', true);
    const stack = module.needsStack && (module.asyncify || findInstrumenter(bytes.length) !== undefined);
    if (hasJspi() && !stack) {
      const counted = withFuel(bytes);
      return compile(counted ?? bytes, 'jspi', counted !== undefined);
    }
    return module.asyncify ? compile(bytes, 'asyncify', false) : prepareForeign(bytes);
  } catch (error) {
    throw refused(error);
  }
}

function refused(error: unknown): unknown {
  if (error instanceof BadModule || error instanceof WebAssembly.CompileError)
    return new NotExecutable(`is not a WebAssembly module that this engine takes: ${error.message}`);
  return error;
}

/** No JSPI: Asyncify by binaryen, from the cache or in the background; else in a thread; where none is allowed, as it is. */
function prepareForeign(bytes: Uint8Array): Prepared {
  if (findInstrumenter(bytes.length) === undefined) return threadsAllowed() ? compileForThread(bytes) : compile(bytes, 'plain', false);
  for (const counted of [true, false]) {
    const cached = readCached(keyOf(bytes, counted));
    if (cached !== undefined) return compile(cached, 'asyncify', counted);
  }
  const plain = compile(bytes, 'plain', false);
  const inThread = lazily(() => compileForThread(bytes));
  const instrument = async (): Promise<Prepared> => {
    const counted = withFuel(bytes);
    const instrumented = await asyncifyAtLoad(counted ?? bytes, keyOf(bytes, counted !== undefined));
    if (instrumented === undefined) return threadsAllowed() ? inThread() : plain;
    try {
      return compile(instrumented, 'asyncify', counted !== undefined);
    } catch (error) {
      throw refused(error);
    }
  };
  return { ...plain, instrument: lazily(instrument), inThread };
}

function compileForThread(bytes: Uint8Array): Prepared {
  try {
    const counted = withFuel(bytes);
    return compile(counted ?? bytes, 'thread', counted !== undefined);
  } catch (error) {
    throw refused(error);
  }
}

/** undefined: the module has something that the pass does not know, or would reach the counter: it cannot be preempted. */
function withFuel(bytes: Uint8Array): Uint8Array | undefined {
  try {
    return addFuelToForeign(bytes);
  } catch (error) {
    if (error instanceof BadModule) return undefined;
    throw error;
  }
}

interface ModuleFacts {
  readonly asyncify: boolean;
  /** Calls fork or setjmp, which only Asyncify has. */
  readonly needsStack: boolean;
}

function readModule(bytes: Uint8Array): ModuleFacts {
  const sections = readSections(bytes);
  const section = sections.find(({ id }) => id === SECTION.IMPORT);
  const imports = section === undefined ? [] : readImports(bytes, section);
  const { functions } = exportTypes(bytes, sections);
  return {
    asyncify: ASYNCIFY.every(([name, signature]) => functions.get(name) === signature),
    needsStack: imports.some(({ name }) => name === 'proc_fork' || name === 'stack_checkpoint'),
  };
}

/** Exports of a module that `wasm-opt --asyncify` made. */
const ASYNCIFY = [
  ['asyncify_start_unwind', 'i:'],
  ['asyncify_stop_unwind', ':'],
  ['asyncify_start_rewind', 'i:'],
  ['asyncify_stop_rewind', ':'],
] as const;

function compile(bytes: Uint8Array, engine: Prepared['engine'], counted: boolean): Prepared {
  const imported = importMemory(limitTables(bytes), engine === 'thread');
  const module = new WebAssembly.Module(imported.bytes);
  const signatures = importedSignatures(imported.bytes);
  const wanted = WebAssembly.Module.imports(module).filter(({ kind }) => kind !== 'memory');
  const unknown = wanted.find(({ kind }) => kind !== 'function');
  if (unknown !== undefined)
    throw new NotExecutable(`needs the ${unknown.kind} ${unknown.module}.${unknown.name}, which is no part of WASI`);
  const exports = WebAssembly.Module.exports(module);
  const has = (name: string, kind: WebAssembly.ExternKind): boolean => exports.some((one) => one.name === name && one.kind === kind);
  if (!has('_start', 'function'))
    throw new NotExecutable(has('_initialize', 'function') ? 'is a reactor (a library), not a command: it has no _start' : 'has no _start');
  const { functions, variables } = exportTypes(imported.bytes, readSections(imported.bytes));
  if (functions.get('_start') !== ':') throw new NotExecutable('has a _start with parameters or results');
  const from = (own: string): boolean => wanted.some((one) => one.module === own && `${own}.${one.name}` !== 'tsrun.sched_preempt');
  return {
    module,
    imports: wanted.map((one) => ({
      module: one.module,
      name: one.name,
      call: find(one.module, one.name, signatures.get(`${one.module}.${one.name}`) ?? ''),
      suspends: SUSPENDING.has(`${one.module}.${one.name}`),
    })),
    memory: imported.memory,
    engine,
    fuel: variables.has(FUEL_GLOBAL),
    preempts: counted && variables.has(FUEL_GLOBAL),
    globals: [...variables],
    resettable: lazily(() => engine === 'asyncify' && functions.get('asyncify_get_state') === ':i' && isResettable(imported.bytes)),
    preopens: wanted.some(({ name }) => name === 'fd_prestat_get') && !from('tsrun'),
  };
}

function find(module: string, name: string, signature: Signature): Callable {
  const table = Object.hasOwn(TABLES, module) ? TABLES[module] : undefined;
  const call = table !== undefined && Object.hasOwn(table, name) ? (table[name] as Callable) : undefined;
  return call !== undefined && hasSignature(name, call, signature) ? call : (unsupported(module, name) as Callable);
}

function lazily<T extends {} | boolean>(ask: () => T): () => T {
  let answer: T | undefined;
  return () => (answer ??= ask());
}
