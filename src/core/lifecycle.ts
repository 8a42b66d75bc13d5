import type { ContainerStatus } from '../oci/state.ts';
import { TsrunError } from './errors.ts';

/** Commands whose legality depends on the container's status (runtime-spec runtime.md#Operations). */
export type Command = 'start' | 'kill' | 'delete' | 'exec' | 'attach' | 'pause' | 'resume' | 'update' | 'events';

/** For each command the statuses in which it is refused, and with which words (runc's). Not listed: allowed. */
const REFUSED: Readonly<Record<Command, Readonly<Partial<Record<ContainerStatus, string>>>>> = {
  start: {
    creating: 'cannot start a container that is being created',
    running: 'cannot start an already running container',
    paused: 'cannot start a container in the paused state',
    stopped: 'cannot start a container that has stopped',
  },
  kill: { creating: 'container not running', stopped: 'container not running' },
  delete: {
    creating: 'cannot delete container %s that is not stopped: creating',
    running: 'cannot delete container %s that is not stopped: running',
    paused: 'cannot delete container %s that is not stopped: paused',
  },
  exec: {
    creating: 'cannot exec in a container that is being created',
    stopped: 'cannot exec in a stopped container',
    paused: 'cannot exec in a paused container (use --ignore-paused to override)',
  },
  attach: { creating: 'container not running', stopped: 'container not running' },
  pause: { creating: 'container not running', paused: 'container not running: it is paused', stopped: 'container not running' },
  resume: {
    creating: 'container not paused',
    created: 'container not paused',
    running: 'container not paused',
    stopped: 'container not paused',
  },
  update: { creating: 'container not running', stopped: 'container not running' },
  events: { creating: 'container with id %s is not running', stopped: 'container with id %s is not running' },
};

/** Throws STATE_CONFLICT, having changed nothing, where `command` is not allowed in `status`. */
export function allow(command: Command, status: ContainerStatus, id: string): void {
  const words = REFUSED[command][status];
  if (words !== undefined) throw new TsrunError('STATE_CONFLICT', words.replace('%s', id));
}
