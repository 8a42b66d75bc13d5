/** What tests of signals share. */
import type { Errno } from '../../errno.ts';
import { call, type ScriptProgram } from './programs.ts';
import type { World } from './world.ts';
import type { Process, SignalAction } from '../types.ts';

export const SIGHUP = 1;
export const SIGUSR1 = 10;
export const SIGUSR2 = 12;
export const SIGALRM = 14;
export const SIGTERM = 15;
export const handler: SignalAction = { disposition: 'handler', flags: 0, mask: 0n };
export const ignore: SignalAction = { disposition: 'ignore', flags: 0, mask: 0n };

/** The errno that a call throws. */
export function* failure(attempt: () => Generator<unknown, unknown, unknown>): Generator<unknown, string | undefined, unknown> {
  try {
    yield* attempt();
    return undefined;
  } catch (error) {
    if ((error as Errno).errno === undefined) throw error;
    return (error as Errno).errno;
  }
}

/** Forks a child that pauses for ever; the default action is its only way out. */
export const pausing = (world: World): ((child: Process) => ScriptProgram) =>
  world.program(function* (me) {
    yield* call(world.kernel.sys.nanosleep(me, 1e7));
  });
