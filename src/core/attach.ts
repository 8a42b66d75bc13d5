import { constants } from 'node:os';
import type { Attached, Exit } from '../backends/backend.ts';

/**
 * Not relayed: what cannot be caught, what means something to this process alone (SIGCHLD, SIGWINCH: the backend's
 * terminal proxy follows the size; SIGPIPE; SIGURG and SIGPROF, which language runtimes send themselves), and faults.
 */
const NOT_RELAYED: ReadonlySet<string> = new Set(
  (
    'SIGKILL SIGSTOP SIGCHLD SIGWINCH SIGPIPE SIGURG SIGPROF SIGVTALRM ' +
    'SIGSEGV SIGBUS SIGFPE SIGILL SIGTRAP SIGABRT SIGIOT SIGSYS SIGSTKFLT SIGPOLL SIGUNUSED'
  ).split(' '),
);

export interface SignalRelay {
  /** From here signals, and those that have come before, go to this process. */
  to(process: Attached): void;
  stop(): void;
}

/** Catches signals at once and keeps them until there is a process to get them. */
export function catchSignals(): SignalRelay {
  let target: Attached | undefined;
  const early: number[] = [];
  const caught: [NodeJS.Signals, () => void][] = [];
  for (const [name, number] of Object.entries(constants.signals) as [NodeJS.Signals, number][]) {
    if (NOT_RELAYED.has(name)) continue;
    const listener = (): void => {
      if (target === undefined) early.push(number);
      else target.signal(number);
    };
    process.on(name, listener);
    caught.push([name, listener]);
  }
  return {
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
export async function attach(process: Attached, relay: SignalRelay): Promise<Exit> {
  relay.to(process);
  try {
    return await process.exited;
  } finally {
    relay.stop();
  }
}
