/** `start`: one connection to the socket on which a created container's first process waits. */
import { closeSync, constants, openSync } from 'node:fs';
import { connect } from 'node:net';
import { TsrunError } from '../../core/errors.ts';
import { EVENTS } from '../../plan/ops.ts';
import { EventReader } from './events.ts';
import { stepFailure } from './failure.ts';
import type { LateSteps } from './handle.ts';

/**
 * Resolves once execve succeeded. `late` names the instructions that run from here on.
 * Rejects with STATE_CONFLICT when nobody waits there any more.
 */
export async function startContainer(stateDir: string, late: LateSteps): Promise<void> {
  // sun_path holds 107 bytes and containerd's state directories are longer: go through a descriptor.
  const dir = openSync(stateDir, constants.O_RDONLY | constants.O_DIRECTORY);
  try {
    await talk(`/proc/self/fd/${dir}/start.sock`, late);
  } finally {
    closeSync(dir);
  }
}

function talk(path: string, late: LateSteps): Promise<void> {
  return new Promise((resolve, reject) => {
    let mine = false;
    let failure: TsrunError | undefined;
    const reader = new EventReader((event) => {
      if (event.type === EVENTS.STARTED) mine = true;
      else if (event.type === EVENTS.FAILED) failure = stepFailure(late.steps[event.op - late.first], event);
    });
    const socket = connect(path);
    // The byte says "go". Without it the program could run, end and close before we look, which Bun 1.4.5 takes for a
    // failed connect.
    socket.once('connect', () => socket.write(Uint8Array.of(0)));
    socket.on('data', (bytes: Uint8Array) => {
      try {
        reader.push(bytes);
      } catch (error) {
        failure = error instanceof TsrunError ? error : new TsrunError('SYSTEM', String(error), { cause: error });
        socket.destroy();
      }
    });
    socket.on('error', (cause) => {
      failure ??= mine ? undefined : new TsrunError('STATE_CONFLICT', 'container not running', { cause });
    });
    socket.on('close', () => {
      if (failure !== undefined) reject(failure);
      else if (!mine) reject(new TsrunError('STATE_CONFLICT', 'cannot start an already running container'));
      else resolve();
    });
  });
}
