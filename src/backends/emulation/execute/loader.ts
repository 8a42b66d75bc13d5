/** Who makes programs of files in a container. */
import { TsrunError } from '../../../core/errors.ts';
import type { Kernel, ProgramLoader } from '../kernel/types.ts';
import { WasmLoader } from '../wasi/loader.ts';

/** For one container. */
export interface ContainerLoader extends ProgramLoader {
  /** Once, before the first load: the kernel that its programs call, and whose memory limit holds for them. */
  attach(kernel: Kernel): void;
}

/** `--wasi-engine`; undefined: our own. */
export async function loaderFor(engine: string | undefined): Promise<ContainerLoader> {
  if (engine !== undefined && engine !== 'tsrun') throw new TsrunError('USAGE', `unknown WASI engine ${JSON.stringify(engine)}`);
  let attached: Kernel | undefined;
  const loader = new WasmLoader({ memoryLimit: () => attached?.stats().memoryLimit });
  return {
    attach(kernel) {
      attached = kernel;
      loader.attach(kernel);
    },
    load: (process, file, argv, env) => loader.load(process, file, argv, env),
  };
}
