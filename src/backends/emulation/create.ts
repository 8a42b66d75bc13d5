/** From a valid config to a created container, in a process of its own or, for `run` in the foreground, in this one. */
import { TsrunError } from '../../core/errors.ts';
import type { Created, CreateRequest } from '../backend.ts';
import { announce } from './announce.ts';
import type { EmulationHandle } from './handle.ts';
import { settingsOf } from './settings.ts';
import { errorData } from './supervisor/errors.ts';
import { identityOf } from './supervisor/identity.ts';
import type { CreateOrder } from './supervisor/protocol.ts';

export async function createContainer(request: CreateRequest<EmulationHandle>): Promise<Created<EmulationHandle>> {
  refuse(request);
  request.intent({ stateDir: request.stateDir, pid: 0, startTime: '' });
  return request.attached ? createHere(request) : createDetached(request);
}

function refuse({ preserveFds }: CreateRequest<EmulationHandle>): void {
  if (preserveFds > 0) {
    throw new TsrunError('NOT_SUPPORTED', '--preserve-fds: the emulation backend cannot pass descriptors of the host to a WASI program');
  }
}

function orderOf(request: CreateRequest<EmulationHandle>): CreateOrder {
  const { id, config, bundle, stateDir, stdio } = request;
  return {
    id,
    config,
    bundle,
    stateDir,
    terminal: stdio.kind === 'console-socket',
    strict: request.options.strict,
    settings: settingsOf(request),
    hookStates: { creating: request.hookState('creating'), created: request.hookState('created') },
  };
}

async function createDetached(request: CreateRequest<EmulationHandle>): Promise<Created<EmulationHandle>> {
  const { stateDir, stdio } = request;
  const { launch } = await import('./supervisor/launch.ts');
  const { SUPERVISE } = await import('./supervisor/self.ts');
  const { pid, connection, kill } = await launch(SUPERVISE, stateDir, stdio.kind === 'console-socket' ? stdio.path : undefined);
  connection.on.warning = ({ message, pointer }) => request.warn(message, pointer);
  connection.on.hooks = () => {
    request.namespacesReady(pid).then(
      () => connection.event('hooksDone', {}),
      (error: unknown) => connection.event('hooksDone', { error: errorData(error) }),
    );
  };
  const lettingGo = async (): Promise<void> => {
    await connection.request('commit', null);
    connection.close();
  };
  try {
    await connection.request('create', orderOf(request));
    await announce(request, pid);
    const handle = { stateDir, ...identityOf(pid) };
    if (!request.startNow) return { handle, pid, commit: lettingGo };
    const start = async (): Promise<void> => {
      await connection.request('commit', null);
      await connection.request('start', null);
      connection.close();
    };
    return { handle, pid, start };
  } catch (error) {
    kill();
    throw error;
  }
}

/** This process is the container's: no second one has to be started, and nothing outlives it. */
async function createHere(request: CreateRequest<EmulationHandle>): Promise<Created<EmulationHandle>> {
  const { config, stateDir, stdio } = request;
  const { ContainerHost } = await import('./supervisor/container-host.ts');
  const { hostStdio, hostTerminalStdio } = await import('./supervisor/host-stdio.ts');
  const { pid } = process;
  await announce(request, pid);
  const host = await ContainerHost.create({
    order: orderOf(request),
    stdioKind: stdio.kind,
    stdio: stdio.kind === 'terminal' ? hostTerminalStdio(config.process?.consoleSize !== undefined) : hostStdio(false),
    runtimeHooks: () => request.namespacesReady(pid),
    warn: request.warn,
  });
  const { container } = host;
  return {
    handle: { stateDir, ...identityOf(pid) },
    pid,
    start: () => host.start(),
    process: {
      pid,
      exited: host.exited,
      signal(signal) {
        if (container.status !== 'stopped') container.signal(signal);
      },
    },
  };
}
