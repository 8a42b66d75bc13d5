/** From a valid config to a created container, in a process of its own or, for `run` in the foreground, in this one. */
import type { Created, CreateRequest } from '../backend.ts';
import { announce } from './announce.ts';
import type { EmulationHandle } from './handle.ts';
import { settingsOf } from './settings.ts';
import { errorData } from './supervisor/errors.ts';
import { identityOf } from './supervisor/identity.ts';
import { preservedDescriptors } from './supervisor/preserved.ts';
import type { CreateOrder, Preserved } from './supervisor/protocol.ts';

export async function createContainer(request: CreateRequest<EmulationHandle>): Promise<Created<EmulationHandle>> {
  const preserved = preservedDescriptors(request.preserveFds);
  request.intent({ stateDir: request.stateDir, pid: 0, startTime: '' });
  const order = orderOf(request, preserved);
  return request.attached ? createHere(request, order) : createDetached(request, order);
}

function orderOf(request: CreateRequest<EmulationHandle>, preserved: readonly Preserved[]): CreateOrder {
  const { id, config, bundle, stateDir, stdio } = request;
  return {
    id,
    config,
    bundle,
    stateDir,
    terminal: stdio.kind === 'console-socket',
    strict: request.options.strict,
    settings: settingsOf(request),
    preserved,
    hookStates: { creating: request.hookState('creating'), created: request.hookState('created') },
  };
}

async function createDetached(request: CreateRequest<EmulationHandle>, order: CreateOrder): Promise<Created<EmulationHandle>> {
  const { stateDir, stdio } = request;
  const { launch } = await import('./supervisor/launch.ts');
  const { SUPERVISE } = await import('./supervisor/self.ts');
  const { pid, connection, kill } = await launch(SUPERVISE, stateDir, {
    consoleSocket: stdio.kind === 'console-socket' ? stdio.path : undefined,
    preserved: order.preserved,
  });
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
    await connection.request('create', order);
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
async function createHere(request: CreateRequest<EmulationHandle>, order: CreateOrder): Promise<Created<EmulationHandle>> {
  const { config, stateDir, stdio } = request;
  const { ContainerHost } = await import('./supervisor/container-host.ts');
  const { hostStdio, hostTerminalStdio } = await import('./supervisor/host-stdio.ts');
  const { preserved } = order;
  const { pid } = process;
  await announce(request, pid);
  const host = await ContainerHost.create({
    order,
    stdioKind: stdio.kind,
    stdio:
      stdio.kind === 'terminal' ? hostTerminalStdio(config.process?.consoleSize !== undefined, preserved) : hostStdio(false, preserved),
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
