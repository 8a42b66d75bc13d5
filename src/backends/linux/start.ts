/** `start`: one connection to the socket on which a created container's first process waits. */
import { closeSync, constants, openSync } from 'node:fs';
import { TsrunError } from '../../core/errors.ts';
import { EVENTS } from '../../plan/ops.ts';
import { EventReader } from './events.ts';
import { stepFailure } from './failure.ts';
import type { LateSteps } from './handle.ts';
import { type Io, loadIo } from './io/io.ts';

/**
 * Resolves once execve succeeded. `late` names the instructions that run from here on.
 * Rejects with STATE_CONFLICT when nobody waits there any more.
 */
export async function startContainer(stateDir: string, late: LateSteps): Promise<void> {
  // sun_path holds 107 bytes and containerd's state directories are longer: go through a descriptor.
  const dir = openSync(stateDir, constants.O_RDONLY | constants.O_DIRECTORY);
  try {
    await talk(await loadIo(), `/proc/self/fd/${dir}/start.sock`, late);
  } finally {
    closeSync(dir);
  }
}

function talk(io: Io, path: string, late: LateSteps): Promise<void> {
  return new Promise((resolve, reject) => {
    let connected = false;
    let mine = false;
    let failure: TsrunError | undefined;
    const reader = new EventReader((event) => {
      if (event.type === EVENTS.STARTED) mine = true;
      else if (event.type === EVENTS.FAILED) failure = stepFailure(late.steps[event.op - late.first], event);
    });
    const channel = io.connectUnix(path, {
      // The byte says "go". Without it the program could run, end and close before we look, which Bun 1.4.5 takes for a
      // failed connect.
      opened: () => {
        connected = true;
        queueMicrotask(() => channel.write(Uint8Array.of(0)));
      },
      data: (bytes) => {
        try {
          reader.push(bytes);
        } catch (error) {
          failure = error instanceof TsrunError ? error : new TsrunError('SYSTEM', String(error), { cause: error });
          channel.close();
        }
      },
      closed: () => {
        channel.close();
        if (failure !== undefined) reject(failure);
        else if (!connected) reject(new TsrunError('STATE_CONFLICT', 'container not running'));
        else if (!mine) reject(new TsrunError('STATE_CONFLICT', 'cannot start an already running container'));
        else resolve();
      },
    });
  });
}
