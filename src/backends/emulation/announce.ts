import type { ProcessRequest } from '../backend.ts';

/** The process that stands for the container, or for what is executed in it, is that of the pid file. */
export async function announce({ pidfdSocket }: ProcessRequest, pid: number): Promise<void> {
  if (pidfdSocket === undefined) return;
  const { sendPidfd } = await import('./supervisor/console-helper.ts');
  sendPidfd(pidfdSocket, pid);
}
