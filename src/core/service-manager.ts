/** What a service manager (systemd) that calls us says in the environment. */
import type { Spec } from '../oci/spec.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** sd_listen_fds(3): how many descriptors from 3 on a service manager handed to this very process. */
export function listenFdsOf(env: Environment, pid: number): number {
  const { LISTEN_FDS, LISTEN_PID } = env;
  return LISTEN_PID === String(pid) && /^[1-9][0-9]{0,3}$/.test(LISTEN_FDS ?? '') ? Number(LISTEN_FDS) : 0;
}

/** The container's first process is pid 1 for it, and gets the sockets as its own. */
export function withListenFds(config: Spec, count: number): Spec {
  if (count === 0 || config.process === undefined) return config;
  const env = [...(config.process.env ?? []), `LISTEN_FDS=${count}`, 'LISTEN_PID=1'];
  return { ...config, process: { ...config.process, env } };
}

/** sd_notify(3): the socket where it waits for READY=1. */
export function notifySocketOf({ NOTIFY_SOCKET: socket }: Environment): string | undefined {
  return socket === '' ? undefined : socket;
}
