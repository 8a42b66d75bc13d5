/** sd_notify(3): one more helper hears READY=1 of a container and hands it on to the service manager that called tsrun. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { planReady } from '../../plan/notify.ts';
import type { ReadyListener, ReadyRequest } from '../backend.ts';
import type { LinuxHandle } from './handle.ts';
import { startHelper } from './helper.ts';

/** What the container has mounted; whoever listens makes the socket in it. */
export function makeNotifyDirectory(stateDir: string): string {
  const dir = notifyDirectory(stateDir);
  mkdirSync(dir, { mode: 0o755 });
  return dir;
}

function notifyDirectory(stateDir: string): string {
  return join(stateDir, 'notify');
}

export async function listenForReady({ pid, startTime }: LinuxHandle, request: ReadyRequest): Promise<ReadyListener> {
  const { stateDir, manager, mainPid } = request;
  let listening!: () => void;
  const bound = new Promise<void>((resolve) => {
    listening = resolve;
  });
  const helper = await startHelper({ preserveFds: 0, attached: false, barrier: async () => listening(), warn: () => undefined });
  helper.carryOut(planReady({ dir: notifyDirectory(stateDir), manager, pid, startTime, mainPid: mainPid ?? pid }));
  await Promise.race([bound, helper.done]);
  return { done: helper.done, stop: () => helper.kill() };
}
