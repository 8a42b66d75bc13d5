/** The backends there are and how one is chosen. Both load the code of a verb only when it is called. */
import { TsrunError } from '../core/errors.ts';
import type { Backend } from './backend.ts';
import { suitableBackend } from './emulation/suitable.ts';
import { linuxBackend } from './linux/index.ts';

export const BACKENDS = ['linux', 'emulation'] as const;
export type BackendName = (typeof BACKENDS)[number];

/**
 * `wanted` (`--backend`, then TSRUN_BACKEND), what the bundle's annotation org.tsrun.backend says, or what suits bundle and
 * host. BACKEND_UNAVAILABLE if it cannot work here.
 */
export async function chooseBackend(
  wanted: string | undefined,
  bundle?: { readonly bundle: string; readonly configFile?: string },
): Promise<Backend> {
  const name = wanted || process.env['TSRUN_BACKEND'] || (await suitableBackend(bundle));
  if (!(BACKENDS as readonly string[]).includes(name)) {
    throw new TsrunError('USAGE', `unknown backend ${JSON.stringify(name)}`, { hint: `one of: ${BACKENDS.join(', ')}` });
  }
  const backend = await loadBackend(name);
  const probe = backend.probe();
  if (!probe.usable) throw new TsrunError('BACKEND_UNAVAILABLE', `the ${name} backend cannot work here: ${probe.reason}`);
  return backend;
}

/** By the name recorded in a container's state. */
export async function loadBackend(name: string): Promise<Backend> {
  if (name === 'linux') return linuxBackend;
  if (name === 'emulation') return (await import('./emulation/index.ts')).emulationBackend;
  throw new TsrunError('STATE_CORRUPT', `the container was made by a backend ${JSON.stringify(name)} that this tsrun does not have`);
}

/** This process was started by a backend to be the process of a container: it does that and ends by itself. Else undefined. */
export function processOfContainer(argv: readonly string[]): Promise<never> | undefined {
  const [mode] = argv;
  if (mode !== '--supervise' && mode !== '--exec-in') return undefined;
  return import('./emulation/supervisor/main.ts').then(({ superviseIfAsked }) => superviseIfAsked(argv));
}
