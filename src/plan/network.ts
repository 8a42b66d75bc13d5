/** What the runtime itself does to a network namespace; engines and CNI do the rest. */
import { hasNewNamespace, namespaceOf } from '../oci/namespaces.ts';
import type { Context } from './context.ts';
import type { Op } from './ops.ts';
import { pointerSegment } from './paths.ts';
import { PlanProblem } from './problem.ts';

/** Interfaces of the host that move into the container (config-linux.md#network-devices). */
export function planNetDevices({ spec }: Context): Op[] {
  const devices = Object.entries(spec.linux?.netDevices ?? {});
  if (devices.length > 0 && !namespaceOf(spec, 'network')) {
    throw new PlanProblem('/linux/netDevices', 'unable to move network devices without a private NET namespace');
  }
  return devices.map(([name, { name: newName }]) => ({
    op: 'netDevice',
    stage: 'parent',
    origin: `/linux/netDevices/${pointerSegment(name)}`,
    name,
    newName: newName ?? name,
  }));
}

/** A namespace that we made has its loopback down; one that we join belongs to somebody who has decided. */
export function planLoopback({ spec }: Context): Op[] {
  return hasNewNamespace(spec, 'network') ? [{ op: 'loopbackUp', stage: 'setup', origin: '/linux/namespaces' }] : [];
}
