/**
 * The library. Two ways to have containers without a command line:
 *
 * In this process, over the emulated kernel (no child process, no root, any platform Node runs on):
 *
 *     await using container = await Container.create({ args: ['sh', '-c', 'echo hello'] });
 *     await container.start();
 *
 * As the command line makes them (any backend, state on disk, they outlive this program): the OCI lifecycle as functions.
 *
 *     const runtime = openRuntime({ root: '/run/my-app' });
 *     await create(runtime, { id: 'a', bundle: '/bundles/a' });
 *     await start(runtime, 'a');
 *
 * Everything throws TsrunError and nothing else for what can go wrong outside of this program.
 */
import type { BackendOptions } from './backends/backend.ts';
import { type BackendName, chooseBackend, loadBackend } from './backends/index.ts';
import type { Log, RuntimeContext } from './core/context.ts';
import { chooseRoot } from './core/root-dir.ts';

export type { Backend, BackendOptions, Exit, Finding, Stats, Status } from './backends/backend.ts';
export { BACKENDS, type BackendName } from './backends/index.ts';
export type { Log, RuntimeContext } from './core/context.ts';
export type { CreateOptions } from './core/create.ts';
export { type ErrorCode, type ErrorDetail, TsrunError } from './core/errors.ts';
export { type ContainerEvent, events, stats } from './core/events.ts';
export { execProcess, type ProcessChanges } from './core/exec-process.ts';
export {
  create,
  exec,
  type ExecOptions,
  kill,
  list,
  pause,
  processes,
  remove,
  resume,
  run,
  type RunOptions,
  start,
  state,
  stop,
  update,
} from './core/runtime.ts';
export type { StateDocument } from './core/state-json.ts';
export type { Features } from './oci/features.ts';
export type { Hook, Hooks, LinuxResources, Mount, Process, Spec } from './oci/spec.ts';
export type { ContainerStatus, State } from './oci/state.ts';
export { type Bundle, type BundleOptions, openBundle, type RootfsLayer } from './library/bundle.ts';
export {
  Container,
  type ContainerOptions,
  type ContainerProcess,
  type ExecOptions as ContainerExecOptions,
  type Execution,
  type Output,
  runContainer,
} from './library/container.ts';
export type { FileAccess, DirectoryItem } from './library/file-access.ts';
export type { FileEntry, Files } from './library/files.ts';
export { guestTools } from './library/guest-tools.ts';
export type { Output as OutputTarget } from './library/sinks.ts';
export type { Input } from './library/sources.ts';

export interface RuntimeSettings extends Partial<BackendOptions> {
  /** Directory for the state of containers; as the command line's default unless given. */
  readonly root?: string;
  /** Default: TSRUN_BACKEND, or what suits the platform. */
  readonly backend?: BackendName;
  /** Default: nothing is logged. */
  readonly log?: Log;
}

/** Touches nothing yet: the root is made with the first container. */
export function openRuntime(settings: RuntimeSettings = {}): RuntimeContext {
  const { root, backend, log, cgroupManager = 'cgroupfs', rootless = 'auto', strict = false, debug = false } = settings;
  return {
    store: { root: chooseRoot(root) },
    options: { cgroupManager, rootless, strict, debug },
    backends: { choose: (bundle) => chooseBackend(backend, bundle), named: loadBackend },
    log: log ?? { debug: () => undefined, warn: () => undefined },
  };
}
