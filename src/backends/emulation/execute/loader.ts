/** Who makes programs of files in a container. */
import { TsrunError } from '../../../core/errors.ts';
import type { Kernel, ProgramLoader } from '../kernel/types.ts';
import { findInstrumenter } from '../wasi/asyncify-at-load.ts';
import { hasJspi } from '../wasi/engines/jspi.ts';
import { threadsAllowed } from '../wasi/engines/threads-allowed.ts';
import type { Wasmer } from '../wasi/engines/wasmer.ts';
import { WasmLoader } from '../wasi/loader.ts';

/** For one container. */
export interface ContainerLoader extends ProgramLoader {
  /** Once, before the first load: the kernel that its programs call, and whose memory limit holds for them. */
  attach(kernel: Kernel): void;
}

/**
 * How modules that were not built for tsrun are made to wait without stopping the others, and are interrupted while they compute,
 * with this JavaScript engine and these tools; `no`: they run until they end. Large modules are beyond `asyncify` and have a `thread`.
 */
export function foreignModules(): 'jspi' | 'asyncify' | 'thread' | 'no' {
  if (hasJspi()) return 'jspi';
  if (findInstrumenter(1) !== undefined) return 'asyncify';
  return threadsAllowed() ? 'thread' : 'no';
}

/**
 * WebAssembly's own limit of one program. Above the container's, so that a program that goes over that is ended, as a cgroup
 * does it, and does not see a failing malloc instead; and not far above, since it is what protects this machine.
 */
function ceiling(limit: number | undefined): number | undefined {
  return limit === undefined ? undefined : Math.min(2 * limit, limit + MARGIN);
}
const MARGIN = 64 * 1024 * 1024;

/** `--wasi-engine`; undefined: our own. */
export async function loaderFor(engine: string | undefined): Promise<ContainerLoader> {
  if (engine !== undefined && engine !== 'tsrun' && engine !== 'wasmer')
    throw new TsrunError('USAGE', `unknown WASI engine ${JSON.stringify(engine)}`);
  const library = engine === 'wasmer' ? { wasmer: await wasmer() } : {};
  let attached: Kernel | undefined;
  const loader = new WasmLoader({ ...library, memoryLimit: () => ceiling(attached?.vfs.memory.limit) });
  return {
    attach(kernel) {
      attached = kernel;
      loader.attach(kernel);
    },
    load: (process, file, argv, env) => loader.load(process, file, argv, env),
  };
}

/** An optional peer dependency, so no part of a bundle: the name is not for the bundler's eyes. */
const WASMER = '@wasmer/wasi';

async function wasmer(): Promise<Wasmer> {
  let library: Wasmer & { init(): Promise<void> };
  try {
    library = (await import(WASMER)) as typeof library;
  } catch (error) {
    throw new TsrunError('NOT_SUPPORTED', `--wasi-engine wasmer: the package ${WASMER} cannot be loaded: ${(error as Error).message}`, {
      hint: `npm install ${WASMER}@1.2.2`,
      cause: error,
    });
  }
  await library.init();
  return library;
}
