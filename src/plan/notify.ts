/** sd_notify(3): a socket of the container's own, and what listens there while a service manager waits for its READY=1. */
import { parseMountOptions } from '../oci/mount-options.ts';
import { planBind } from './binds.ts';
import type { Context } from './context.ts';
import type { MountPlan } from './mount-entry.ts';
import type { Op } from './ops.ts';
import { PlanProblem } from './problem.ts';

/** As with runc: containers and their makers know the place. */
const INSIDE = '/run/notify';
export const NOTIFY_ENV = `NOTIFY_SOCKET=${INSIDE}/notify.sock`;

/** The directory, not the socket, which is made when somebody listens. */
export function planNotifyMount(context: Context): MountPlan {
  const { notifyDir: source } = context.options;
  if (source === undefined) return { host: [], setup: [], late: [] };
  if (!context.mountNamespace) {
    throw new PlanProblem(
      '/linux/namespaces',
      'NOTIFY_SOCKET is set: its socket would have to be mounted, and the container has no mount namespace',
      'unset NOTIFY_SOCKET, or add a mount namespace',
    );
  }
  return planBind(context, {
    mount: { destination: INSIDE, source },
    target: INSIDE,
    options: parseMountOptions(['bind', 'ro', 'nosuid', 'noexec', 'nodev']),
    origin: '',
    index: context.spec.mounts?.length ?? 0,
  });
}

export interface ReadyOptions {
  /** The one of `CreateOptions.notifyDir`. */
  readonly dir: string;
  /** Where the service manager listens: an absolute path, or `@name`. */
  readonly manager: string;
  /** The container's first process. */
  readonly pid: number;
  readonly startTime: number;
  /** Which one the service manager is to look after. */
  readonly mainPid: number;
}

/** A plan of its own. At the barrier the socket is there: now the program may run. */
export function planReady({ dir, manager, pid, startTime, mainPid }: ReadyOptions): Op[] {
  return [
    { op: 'notifySocket', stage: 'host', origin: '', dir },
    { op: 'serviceManager', stage: 'host', origin: '', path: manager },
    { op: 'barrier', stage: 'host', origin: '', name: 'the program to be started' },
    { op: 'awaitReady', stage: 'host', origin: '', pid, mainPid, n: BigInt(startTime) },
  ];
}
