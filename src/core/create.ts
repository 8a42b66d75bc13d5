import type { Attached, Backend, BackendSettings, Created, Json } from '../backends/backend.ts';
import type { Hooks, Spec } from '../oci/spec.ts';
import { buildState, splitStateText } from '../oci/state.ts';
import { resolve } from 'node:path';
import { acceptChecked } from './checked.ts';
import { checkId, hookFields, type RuntimeContext } from './context.ts';
import { TsrunError } from './errors.ts';
import { reportFindings } from './findings.ts';
import { runHooks, runPoststopHooks } from './hooks.ts';
import { withListenFds } from './service-manager.ts';
import { wantsNotify } from './notify.ts';
import { writePidFile } from './pid-file.ts';
import { ownProcessId } from './process-id.ts';
import type { ContainerRecord } from './record.ts';
import { rfc3339Nano } from './state-json.ts';
import { chooseStdio } from './stdio.ts';
import { removeDirectory, takeId, writeConfig, writeIntent, writeRecord } from './store.ts';

/** Paths are absolute. */
export interface CreateOptions {
  readonly id: string;
  readonly bundle: string;
  /** Instead of `<bundle>/config.json`. */
  readonly configFile?: string;
  readonly pidFile?: string;
  readonly consoleSocket?: string;
  readonly pidfdSocket?: string;
  /** Number of descriptors from 3 on that the process gets. */
  readonly preserveFds?: number;
  /** How many of them, the first, are sockets that a service manager listens on for it. */
  readonly listenFds?: number;
  /** NOTIFY_SOCKET: where a service manager waits for READY=1 of the container. */
  readonly notifySocket?: string;
  readonly noPivot?: boolean;
  readonly noNewKeyring?: boolean;
  /** Of the backend. */
  readonly settings?: BackendSettings;
}

/** How `run` differs. */
export interface CreateMode {
  readonly detached: boolean;
  readonly startNow: boolean;
  readonly subreaper: boolean;
  /** Rejects when the command is to end: what was made until then is undone. */
  readonly cancelled: Promise<never>;
}

export interface CreatedContainer {
  readonly record: ContainerRecord;
  readonly dir: string;
  readonly backend: Backend;
  readonly created: Created<Json>;
  readonly process: Attached | undefined;
}

/** Creates a container or leaves nothing of it; the one way into existence, for `create` and `run`. */
export async function createContainer(context: RuntimeContext, options: CreateOptions, mode: CreateMode): Promise<CreatedContainer> {
  const { store, log } = context;
  const id = checkId(options.id);
  const backend = await context.backends.choose(options);
  log.debug(`container ${id}: creating it from ${options.bundle} with the ${backend.name} backend`);
  if (!mode.detached) backend.beforeForeground?.();
  checkSettings(backend, options.settings ?? {});
  let record = firstRecord(id, options.bundle, backend.name);
  const dir = takeId(store, record);
  let hooksRan = false;
  try {
    const config = await loadValidConfig(context, options);
    reportFindings(await backend.check(config, context.options), backend.name, context);
    const stdio = chooseStdio(config.process?.terminal ?? false, mode.detached, options.consoleSocket);
    const notify = wantsNotify(backend, config, options.notifySocket, context);
    record = { ...describeConfig(record, config), ...(notify ? { notify } : {}) };
    writeConfig(dir, config);
    const creating = backend.create({
      id,
      config: withListenFds(config, options.listenFds ?? 0),
      bundle: options.bundle,
      stateDir: dir,
      stdio,
      options: context.options,
      settings: options.settings ?? {},
      preserveFds: options.preserveFds ?? 0,
      noPivot: options.noPivot ?? false,
      noNewKeyring: options.noNewKeyring ?? false,
      notify,
      ...(options.pidfdSocket === undefined ? {} : { pidfdSocket: options.pidfdSocket }),
      attached: !mode.detached,
      subreaper: mode.subreaper,
      startNow: mode.startNow,
      warn: (message, pointer) => log.warn(message, pointer),
      intent(handle) {
        record = { ...record, handle };
        writeIntent(dir, record);
      },
      async namespacesReady(pid) {
        hooksRan = true;
        const hookContext = { hooks: config.hooks, state: buildState({ ...hookFields(record, 'creating'), pid }), stateDir: dir };
        await runHooks('prestart', hookContext);
        await runHooks('createRuntime', hookContext);
      },
      hookState: (status) => splitStateText(hookFields(record, status)),
    });
    const created = await Promise.race([creating, mode.cancelled]);
    record = { ...record, handle: created.handle };
    log.debug(`container ${id}: created, its first process is ${created.pid}`);
    if (options.pidFile !== undefined) writePidFile(options.pidFile, created.pid);
    record = { ...record, phase: 'created' };
    writeRecord(dir, record);
    await created.commit?.();
    return { record, dir, backend, created, process: created.process };
  } catch (error) {
    // createContainer hooks are run by the backend: their failure is how we know.
    hooksRan ||= error instanceof TsrunError && error.code === 'HOOK_FAILED';
    await undo(context, record, dir, backend, hooksRan);
    throw error;
  }
}

/** runtime-spec runtime.md#Errors: as if it had never been tried. Hooks that ran get their poststop (Lifecycle, steps 3 to 5). */
async function undo(context: RuntimeContext, record: ContainerRecord, dir: string, backend: Backend, hooksRan: boolean): Promise<void> {
  const { log, store } = context;
  try {
    if (record.handle !== null) await backend.remove(backend.parseHandle(record.handle), true);
  } catch (error) {
    // The state stays, so that `delete --force` can try again.
    log.warn(`container ${record.id} could not be removed after its create failed: ${(error as Error).message}`);
    return;
  }
  if (hooksRan)
    await runPoststopHooks({ hooks: record.hooks, state: buildState(hookFields(record, 'stopped')), stateDir: dir }, (message, pointer) =>
      log.warn(message, pointer),
    );
  removeDirectory(store, record.id);
}

async function loadValidConfig(context: RuntimeContext, options: CreateOptions): Promise<Spec> {
  const { loadConfig } = await import('../oci/load.ts');
  return acceptChecked(loadConfig(options.configFile ?? resolve(options.bundle, 'config.json')), context);
}

/** USAGE for what the backend does not know: a flag is never ignored. */
function checkSettings({ name, settings: known = {} }: Backend, settings: BackendSettings): void {
  for (const [key, value] of Object.entries(settings)) {
    const flag = `--${key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    if (!Object.hasOwn(known, key)) throw new TsrunError('USAGE', `the ${name} backend has no ${flag}`);
    const values = known[key];
    if (values !== undefined && !values.includes(value))
      throw new TsrunError('USAGE', `invalid value ${JSON.stringify(value)} for ${flag}`, { hint: `one of: ${values.join(', ')}` });
  }
}

function firstRecord(id: string, bundle: string, backend: string): ContainerRecord {
  return {
    tsrun: 1,
    id,
    backend,
    phase: 'creating',
    creator: ownProcessId(),
    bundle,
    rootfs: '',
    ociVersion: '',
    created: rfc3339Nano(new Date()),
    owner: process.geteuid?.() ?? 0,
    startable: false,
    handle: null,
  };
}

function describeConfig(record: ContainerRecord, config: Spec): ContainerRecord {
  const hooks = laterHooks(config.hooks);
  return {
    ...record,
    ociVersion: config.ociVersion,
    rootfs: config.root === undefined ? '' : resolve(record.bundle, config.root.path),
    startable: config.process !== undefined,
    ...(config.annotations === undefined ? {} : { annotations: config.annotations }),
    ...(hooks === undefined ? {} : { hooks }),
  };
}

function laterHooks(hooks: Hooks | undefined): ContainerRecord['hooks'] {
  const { poststart, poststop } = hooks ?? {};
  if (!poststart?.length && !poststop?.length) return undefined;
  return { ...(poststart ? { poststart } : {}), ...(poststop ? { poststop } : {}) };
}
