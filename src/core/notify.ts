/** sd_notify(3): a service manager that called us wants to hear READY=1 of the container. */
import type { Backend, ReadyListener } from '../backends/backend.ts';
import type { Spec } from '../oci/spec.ts';
import type { Container, RuntimeContext } from './context.ts';
import { readConfig } from './store.ts';

/** Is a new container to get a socket for it? `manager`: the value of NOTIFY_SOCKET. */
export function wantsNotify({ name, notify }: Backend, config: Spec, manager: string | undefined, { log }: RuntimeContext): boolean {
  if (manager === undefined || config.process === undefined || namesSocket(config)) return false;
  if (notify === undefined) log.warn(`NOTIFY_SOCKET is set, but the ${name} backend hands no READY=1 on`);
  return notify !== undefined;
}

/** Whoever wrote such a config has arranged it all, as podman does with its conmon. */
function namesSocket({ process }: Spec): boolean {
  return process?.env?.some((entry) => entry.startsWith('NOTIFY_SOCKET=')) ?? false;
}

/**
 * Before the program runs. `mainPid`: which process the service manager is to look after; the container's own unless given.
 * Undefined where nothing will come. That nobody is told is a warning: the container can do its work all the same.
 */
export async function listenForReady(
  context: RuntimeContext,
  { record, dir, backend }: Container,
  manager: string | undefined,
  mainPid?: number,
): Promise<ReadyListener | undefined> {
  const { log } = context;
  if (manager === undefined) return undefined;
  if (record.notify !== true || backend.notify === undefined) {
    if (backend.notify !== undefined && !namesSocket(readConfig(dir, record.id)))
      log.warn('NOTIFY_SOCKET is set, but the container was created without: it cannot say READY=1');
    return undefined;
  }
  const nobodyIsTold = (error: unknown): void =>
    log.warn(`the service manager is not told when the container is ready: ${(error as Error).message}`);
  try {
    const request = { stateDir: dir, manager, ...(mainPid === undefined ? {} : { mainPid }) };
    const listener = await backend.notify.listen(backend.parseHandle(record.handle), request);
    let stopped = false;
    return {
      done: listener.done.catch((error: unknown) => void (stopped || nobodyIsTold(error))),
      stop() {
        stopped = true;
        return listener.stop();
      },
    };
  } catch (error) {
    nobodyIsTold(error);
    return undefined;
  }
}
