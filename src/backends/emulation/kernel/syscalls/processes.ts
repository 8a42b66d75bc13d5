/** fork, exec, exit, wait and what processes are grouped in. */
import { become, pathFor, prepare } from '../exec.ts';
import { terminate } from '../exit.ts';
import { fork as forkProcess } from '../fork.ts';
import { processOf, setpgid as setGroup, setsid as newSession } from '../groups.ts';
import { isGone, type Proc } from '../process.ts';
import { EXITED, REPLACED } from '../signal-actions.ts';
import { killedBy } from '../signal-numbers.ts';
import { spawn as spawnChild } from '../spawn.ts';
import type { Process, Program, SpawnActions, Sys } from '../types.ts';
import { wait as waitForChild, type Waited } from '../wait.ts';

export function fork(process: Proc, copy: (child: Process) => Program): Process {
  return forkProcess(process, copy);
}

export function execve(process: Proc, path: string, argv: readonly string[], env: readonly string[], search?: boolean): never {
  const searchPath = search === true ? pathFor(process, env) : undefined;
  const image = prepare(process, process, { path, argv, env, searchPath });
  become(process, image);
  // Its memory may have been too much for the container.
  throw isGone(process) ? EXITED : REPLACED;
}

export function spawn(process: Proc, path: string, argv: readonly string[], env: readonly string[], actions: SpawnActions): number {
  const pid = spawnChild(process, path, argv, env, actions);
  if (isGone(process)) throw EXITED;
  return pid;
}

export function exit(process: Proc, status: number): never {
  terminate(process, (status & 0xff) << 8);
  throw EXITED;
}

export function fault(process: Proc, signal: number): never {
  terminate(process, killedBy(signal));
  throw EXITED;
}

export function wait(process: Proc, pid: number, options: number): Sys<Waited | undefined> {
  return waitForChild(process, pid, options);
}

export function getpgid(process: Proc, pid: number): number {
  return processOf(process, pid).pgid;
}

export function setpgid(process: Proc, pid: number, pgid: number): void {
  setGroup(process, pid, pgid);
}

export function getsid(process: Proc, pid: number): number {
  return processOf(process, pid).sid;
}

export function setsid(process: Proc): number {
  return newSession(process);
}
