/**
 * How a WebAssembly file becomes a program. Engines, in order: the module's own Asyncify; JSPI where the JavaScript engine has it;
 * Asyncify applied at load (asyncify-at-load.ts); a thread for the module; none, which runs without yielding.
 */
import { errno } from '../errno.ts';
import type { Process, Program, ProgramLoader } from '../kernel/types.ts';
import type { Location } from '../vfs/types.ts';
import { S_IFMT, S_IFREG } from '../vfs/types.ts';
import { preparedOf } from './cache.ts';
import type { Launch } from './engines/instance.ts';
import { makeProgram } from './engines/choose.ts';
import { foreignModule, WasmerProgram, type Wasmer } from './engines/wasmer.ts';
import { describeForeign, NotExecutable } from './executable.ts';
import type { Entry } from './guest.ts';
import type { Prepared } from './prepare.ts';
import type { Preopen } from './preview1/preopen.ts';

export interface LoaderOptions {
  /** Rights and path rules of the official testsuite instead of a container's. */
  readonly strict?: boolean;
  /** Directories for programs that ask for preopened ones; default: the root as `/`. */
  readonly preopens?: readonly Preopen[];
  /** Modules that cannot be suspended otherwise: `best` (default) what makes up for it; `thread`: in one; `plain`: as they are. */
  readonly foreign?: 'best' | 'thread' | 'plain';
  /** `--wasi-engine wasmer`: this library runs the modules that call nothing of `tsrun` (engines/wasmer.ts says how far). */
  readonly wasmer?: Wasmer;
  /** Bytes of memory that one program may have, asked for at each load; undefined: no limit beside RLIMIT_AS. */
  readonly memoryLimit?: () => number | undefined;
}

/**
 * One directory alone: wasi-libc strips `/` and `.` to the same empty prefix, so a second one for the working directory would take
 * the absolute paths as well. Relative paths of such programs therefore begin in `/`, whatever the working directory is.
 */
const PREOPENS: readonly Preopen[] = [{ name: '/', path: '/' }];
const RLIMIT_AS = 9;
const ADDRESS_SPACE = 2 ** 32;

export class WasmLoader implements ProgramLoader {
  private readonly options: LoaderOptions;
  private entry: Entry | undefined;

  constructor(options: LoaderOptions = {}) {
    this.options = options;
  }

  /** The kernel that the programs call; once, before the first load. */
  attach(entry: Entry): void {
    this.entry = entry;
  }

  load(process: Process, file: Location, argv: readonly string[], env: readonly string[]): Program {
    const { entry } = this;
    if (entry === undefined) throw new Error('WasmLoader.attach was not called');
    if ((file.inode.mode & S_IFMT) !== S_IFREG) throw errno('EACCES');
    const head = new Uint8Array(20);
    const problem = describeForeign(head.subarray(0, file.inode.readAt(0, head)));
    if (problem !== undefined) throw new NotExecutable(problem);
    const { wasmer } = this.options;
    const module = wasmer === undefined ? undefined : foreignModule(file.inode);
    if (wasmer !== undefined && module !== undefined) return new WasmerProgram({ library: wasmer, entry, module, argv, env }, process);
    const { strict = false, preopens = PREOPENS, foreign = 'best' } = this.options;
    const known = preparedOf(file.inode);
    const prepared = foreign === 'best' ? known : foreign === 'thread' ? (known.inThread?.() ?? known) : asItIs(known);
    const launch: Launch = { entry, prepared, argv, env, strict, preopens, memoryLimit: this.limitOf(process) };
    return makeProgram(launch, process);
  }

  private limitOf(process: Process): number {
    const soft = process.rlimits.get(RLIMIT_AS)?.[0];
    const own = soft === undefined || soft > BigInt(ADDRESS_SPACE) ? ADDRESS_SPACE : Number(soft);
    return Math.min(own, this.options.memoryLimit?.() ?? ADDRESS_SPACE);
  }
}

function asItIs(prepared: Prepared): Prepared {
  const { instrument, ...rest } = prepared;
  if (prepared.engine === 'thread') return { ...prepared, engine: 'plain' };
  return instrument === undefined ? prepared : rest;
}
