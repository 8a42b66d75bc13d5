/** From the bytes of a file to a compiled module and all that is known of it; once per content. */
import { BadModule } from './binary/bytes.ts';
import { importMemory, type MemoryImport } from './binary/memory.ts';
import { NotExecutable } from './executable.ts';
import { unsupported, type Callable, type Import, type ImportTable } from './imports.ts';
import { tsrun } from './posix/index.ts';
import { wasix } from './posix/wasix.ts';
import { preview1 } from './preview1/index.ts';
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
  /** Has the functions of Asyncify: its stack can be taken and put back. */
  readonly asyncify: boolean;
  /** Has the loop counter. */
  readonly fuel: boolean;
  /** Names of exported globals: a forked child gets their values. */
  readonly globals: readonly string[];
  /** Looks for preopened directories, since it does not know our own calls. */
  readonly preopens: boolean;
}

export function prepare(bytes: Uint8Array): Prepared {
  try {
    const imported = importMemory(bytes);
    return describe(new WebAssembly.Module(imported.bytes), imported.memory);
  } catch (error) {
    if (error instanceof BadModule || error instanceof WebAssembly.CompileError)
      throw new NotExecutable(`is not a WebAssembly module that this engine takes: ${error.message}`);
    throw error;
  }
}

function describe(module: WebAssembly.Module, memory: MemoryImport | undefined): Prepared {
  const wanted = WebAssembly.Module.imports(module).filter(({ kind }) => kind !== 'memory');
  const unknown = wanted.find(({ kind }) => kind !== 'function');
  if (unknown !== undefined)
    throw new NotExecutable(`needs the ${unknown.kind} ${unknown.module}.${unknown.name}, which is no part of WASI`);
  const exports = WebAssembly.Module.exports(module);
  const has = (name: string, kind: WebAssembly.ExternKind): boolean => exports.some((one) => one.name === name && one.kind === kind);
  if (!has('_start', 'function'))
    throw new NotExecutable(has('_initialize', 'function') ? 'is a reactor (a library), not a command: it has no _start' : 'has no _start');
  return {
    module,
    imports: wanted.map(({ module: from, name }) => ({
      module: from,
      name,
      call: find(from, name) as Callable,
      suspends: SUSPENDING.has(`${from}.${name}`),
    })),
    memory,
    asyncify: has('asyncify_start_unwind', 'function') && has('asyncify_start_rewind', 'function'),
    fuel: has('__tsrun_fuel', 'global'),
    globals: exports.filter(({ kind }) => kind === 'global').map(({ name }) => name),
    preopens:
      wanted.some(({ name }) => name === 'fd_prestat_get') && !wanted.some(({ module: from }) => from === 'tsrun' && from !== undefined),
  };
}

function find(module: string, name: string): Import {
  const table = TABLES[module];
  return table !== undefined && Object.hasOwn(table, name) ? (table[name] as Import) : unsupported(module, name);
}
