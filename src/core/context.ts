import type { Backend, BackendOptions, Status } from '../backends/backend.ts';
import { parseContainerId } from '../oci/id.ts';
import type { ContainerStatus } from '../oci/state.ts';
import { TsrunError } from './errors.ts';
import { isAlive } from './process-id.ts';
import type { ContainerRecord } from './record.ts';
import { directoryOf, readRecord, type Store } from './store.ts';

/** What is no result and no failure. */
export interface Log {
  debug(message: string): void;
  /** pointer: into config.json. */
  warn(message: string, pointer?: string): void;
}

/** Paths are absolute. */
export interface BundlePlace {
  readonly bundle: string;
  /** Instead of `<bundle>/config.json`. */
  readonly configFile?: string;
}

/** Where backends come from; the core knows none by name. */
export interface Backends {
  /** For a new container (of this bundle); BACKEND_UNAVAILABLE if the choice cannot work here. */
  choose(bundle?: BundlePlace): Promise<Backend>;
  /** The one recorded in a container's state. */
  named(name: string): Promise<Backend>;
}

/** All that every command of the lifecycle needs. */
export interface RuntimeContext {
  readonly store: Store;
  readonly options: BackendOptions;
  readonly backends: Backends;
  readonly log: Log;
}

/** A container as the commands after create find it. */
export interface Container {
  readonly record: ContainerRecord;
  /** Absolute path of its state directory. */
  readonly dir: string;
  readonly backend: Backend;
}

/** ID_INVALID in runc's words. */
export function checkId(id: string): string {
  const parsed = parseContainerId(id);
  if ('error' in parsed) throw new TsrunError('ID_INVALID', parsed.error);
  return parsed.value;
}

export async function findContainer(context: RuntimeContext, id: string): Promise<Container> {
  const record = readRecord(context.store, checkId(id));
  return { record, dir: directoryOf(context.store, id), backend: await context.backends.named(record.backend) };
}

/** `creating` is known here alone; a crashed create leaves something `stopped`, which delete removes. */
export function statusOf({ record, backend }: Container): Status | { readonly status: 'creating' } {
  if (record.phase === 'creating') return { status: isAlive(record.creator) ? 'creating' : 'stopped' };
  const status = backend.status(backend.parseHandle(record.handle));
  if (status.status === 'stopped' && status.exit === undefined && record.exit !== undefined)
    return { status: 'stopped', exit: record.exit };
  return status;
}

/** For the command that has just seen it; 0 when there is no process. */
export function pidOf(status: ReturnType<typeof statusOf>): number {
  return 'pid' in status ? status.pid : 0;
}

/** What the State document given to hooks says. */
export function hookFields(
  record: ContainerRecord,
  status: ContainerStatus,
): {
  readonly ociVersion: string;
  readonly id: string;
  readonly status: ContainerStatus;
  readonly bundle: string;
  readonly annotations?: Readonly<Record<string, string>>;
} {
  const { ociVersion, id, bundle, annotations } = record;
  return { ociVersion, id, status, bundle, ...(annotations === undefined ? {} : { annotations }) };
}
