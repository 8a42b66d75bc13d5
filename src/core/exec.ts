import type { Process } from '../oci/spec.ts';
import { buildState } from '../oci/state.ts';
import { catchSignals, waitFor } from './relay.ts';
import { TsrunError } from './errors.ts';
import { findContainer, hookFields, pidOf, type RuntimeContext, statusOf } from './context.ts';
import { exitCodeOf } from './exit-code.ts';
import { allow } from './lifecycle.ts';
import { writePidFile } from './pid-file.ts';
import { facet } from './facet.ts';
import { chooseStdio } from './stdio.ts';
import { readConfig } from './store.ts';

/** Paths are absolute. */
export interface ExecOptions {
  readonly id: string;
  /** Makes the process from the container's own, as its config had it at create. */
  process(own: Process | undefined): Promise<Process>;
  /** Leave it running. */
  readonly detach?: boolean;
  readonly pidFile?: string;
  readonly consoleSocket?: string;
  readonly pidfdSocket?: string;
  readonly preserveFds?: number;
  /** `[controllers:]path`, relative to the container's cgroup. */
  readonly cgroups?: readonly string[];
  readonly ignorePaused?: boolean;
  /** Adopt its orphans; default true. */
  readonly subreaper?: boolean;
}

/** A program that exec was given is none of config.json's. */
function blameless(error: unknown): unknown {
  if (!(error instanceof TsrunError) || error.code !== 'EXEC_FAILED') return error;
  const { code, message, hint, step, cause } = error;
  return new TsrunError(code, message, { ...(hint !== undefined && { hint }), ...(step !== undefined && { step }), cause });
}

/** One more process in a running container. Gives its exit code, 0 when detached. */
export async function exec(context: RuntimeContext, options: ExecOptions): Promise<number> {
  const { detach = false } = options;
  const container = await findContainer(context, options.id);
  const { record, dir, backend } = container;
  const seen = statusOf(container);
  const { status } = seen;
  if (!(status === 'paused' && options.ignorePaused)) allow('exec', status, options.id);
  const config = readConfig(dir, options.id);
  const process = await options.process(config.process);
  const stdio = chooseStdio(process.terminal ?? false, detach, options.consoleSocket);
  const relay = detach ? undefined : catchSignals();
  try {
    const started = await facet(container, 'exec', 'exec').run(backend.parseHandle(record.handle), {
      process,
      config,
      state: JSON.stringify(buildState({ ...hookFields(record, status), pid: pidOf(seen) })),
      stateDir: dir,
      options: context.options,
      cgroups: options.cgroups ?? [],
      stdio,
      preserveFds: options.preserveFds ?? 0,
      attached: !detach,
      subreaper: options.subreaper ?? true,
      ...(options.pidfdSocket === undefined ? {} : { pidfdSocket: options.pidfdSocket }),
      warn: (message, pointer) => context.log.warn(message, pointer),
    });
    context.log.debug(`container ${options.id}: ${process.args?.[0] ?? ''} runs in it as process ${started.pid}`);
    if (options.pidFile !== undefined) writePidFile(options.pidFile, started.pid);
    if (relay === undefined || started.process === undefined) return 0;
    return exitCodeOf(await waitFor(started.process, relay));
  } catch (error) {
    throw blameless(error);
  } finally {
    relay?.stop();
  }
}
