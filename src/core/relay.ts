import type { Attached, Exit } from '../backends/backend.ts';
import { SIGNALS } from '../oci/signal.ts';
import { TsrunError } from './errors.ts';

/**
 * Not relayed: what cannot be caught, what means something to this process alone (SIGCHLD, SIGWINCH: the backend's
 * terminal proxy follows the size; SIGPIPE; SIGURG and SIGPROF, which language runtimes send themselves), and faults.
 */
const NOT_RELAYED =
  ' SIGKILL SIGSTOP SIGCHLD SIGWINCH SIGPIPE SIGURG SIGPROF SIGVTALRM SIGSEGV SIGBUS SIGFPE SIGILL SIGTRAP SIGABRT SIGSYS SIGSTKFLT ';

/** Those by which a user or a manager ends a command that is still at work. */
export const CANCELLING: readonly string[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

export function relayedSignals(): readonly string[] {
  return Object.keys(SIGNALS).filter((name) => !NOT_RELAYED.includes(` ${name} `));
}

export interface SignalRelay {
  /** Rejects with CANCELLED on a cancelling signal that comes before there is a process to get it. */
  readonly cancelled: Promise<never>;
  /** From here signals, and those that have come before, go to this process. */
  to(process: Pick<Attached, 'signal'>): void;
  stop(): void;
}

/** Catches signals at once and keeps them until there is a process to get them. */
export function catchSignals(names: readonly string[] = relayedSignals()): SignalRelay {
  let target: Pick<Attached, 'signal'> | undefined;
  let cancel: (error: TsrunError) => void = () => undefined;
  const cancelled = new Promise<never>((_, reject) => {
    cancel = reject;
  });
  cancelled.catch(() => undefined); // nobody may be waiting any more
  const early: number[] = [];
  const caught: [string, () => void][] = [];
  for (const name of names) {
    const number = SIGNALS[name] ?? 0;
    const listener = (): void => {
      if (target !== undefined) return target.signal(number);
      early.push(number);
      if (CANCELLING.includes(name)) cancel(new TsrunError('CANCELLED', `cancelled by ${name}`));
    };
    process.on(name, listener);
    caught.push([name, listener]);
  }
  return {
    cancelled,
    to(process) {
      target = process;
      for (const number of early.splice(0)) process.signal(number);
    },
    stop() {
      for (const [name, listener] of caught) process.off(name, listener);
    },
  };
}

/** Waits for the process while relaying signals to it. */
export async function waitFor(process: Attached, relay: SignalRelay): Promise<Exit> {
  relay.to(process);
  try {
    return await process.exited;
  } finally {
    relay.stop();
  }
}
