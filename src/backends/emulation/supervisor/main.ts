/**
 * Entry of the hidden commands: the process of a detached container (`--supervise`), whose pid is the OCI pid, and the
 * stand-in of a detached exec (`--exec-in`), whose pid is in the pid file.
 */
import { constants } from 'node:os';
import { attachExec } from './attach-exec.ts';
import type { Connection } from './connection.ts';
import { ContainerHost, LAST_WORDS_MS, within } from './container-host.ts';
import { hostStdio, hostTerminalStdio } from './host-stdio.ts';
import type { CreateOrder } from './protocol.ts';
import { EXEC, SUPERVISE } from './self.ts';
import { connectTo } from './sockets.ts';
import type { Exit } from '../../backend.ts';
import { SIGNALS, signalName } from '../../../oci/signal.ts';
import { errorOf } from './errors.ts';

/** Is this command line one of ours? Then what it does; never settles otherwise than by the end of the process. */
export async function superviseIfAsked([mode, stateDir, socket]: readonly string[]): Promise<never> {
  if (stateDir === undefined || socket === undefined) process.exit(2);
  let connection: Connection;
  try {
    connection = await connectTo(stateDir, socket);
  } catch {
    process.exit(1); // who started us is gone
  }
  if (mode === SUPERVISE) supervise(connection);
  else if (mode === EXEC) standIn(connection, stateDir);
  return new Promise<never>(() => undefined);
}

function supervise(connection: Connection): void {
  let host: ContainerHost | undefined;
  let committed = false;
  connection.handlers.create = async (order) => {
    host = await createFor(connection, order);
    relaySignals((signal) => host?.container.status !== 'stopped' && host?.container.signal(signal));
    void host.exited.then(async (exit) => {
      await within(LAST_WORDS_MS, connection.closed); // who started us has its answers
      endLike(exit);
    });
    return null;
  };
  connection.handlers.start = async () => {
    await host?.start();
    return null;
  };
  connection.handlers.commit = async () => {
    committed = true;
    return null;
  };
  void connection.closed.then(() => {
    if (!committed) process.exit(1); // nobody knows of the container, and nobody ever will
  });
}

function createFor(connection: Connection, order: CreateOrder): Promise<ContainerHost> {
  return ContainerHost.create({
    order,
    stdioKind: order.terminal ? 'console-socket' : 'inherit',
    stdio: order.terminal
      ? hostTerminalStdio(order.config.process?.consoleSize !== undefined, order.preserved)
      : hostStdio(true, order.preserved),
    warn: (message, pointer) => connection.event('warning', { message, ...(pointer === undefined ? {} : { pointer }) }),
    runtimeHooks: () =>
      new Promise((resolve, reject) => {
        connection.on.hooksDone = ({ error }) => (error === undefined ? resolve() : reject(errorOf(error)));
        connection.event('hooks', null);
      }),
  });
}

/** Its connection to the container is the process that it stands for. */
function standIn(connection: Connection, stateDir: string): void {
  let started = false;
  connection.handlers.exec = async (order) => {
    const attached = await attachExec(stateDir, order);
    relaySignals((signal) => attached.signal(signal));
    void attached.exited.then(endLike, () => process.exit(1));
    started = true;
    return { pid: process.pid, findings: attached.findings };
  };
  void connection.closed.then(() => {
    if (!started) process.exit(1);
  });
}

/**
 * Signals to this process mean the container's; SIGKILL and SIGSTOP act on this one and so on all of it. They go by name: the
 * container has Linux's numbers, and SIGUSR1 is 30 on macOS.
 */
function relaySignals(relay: (signal: number) => unknown): void {
  for (const [name, number] of Object.entries(SIGNALS)) {
    if (OWN.has(name)) continue;
    // One that this system has not (SIGPWR on macOS) is an event that never comes.
    process.on(name as NodeJS.Signals, () => {
      try {
        relay(number);
      } catch {
        // It ended at this moment: the signal comes too late, as it may for any process.
      }
    });
  }
  process.on('SIGPIPE', () => undefined);
}

/** Not relayed: uncatchable, of this process's own terminal and children, faults. */
const OWN: ReadonlySet<string> = new Set(
  'SIGKILL SIGSTOP SIGCHLD SIGWINCH SIGPIPE SIGURG SIGPROF SIGVTALRM SIGSEGV SIGBUS SIGFPE SIGILL SIGTRAP SIGABRT SIGSYS SIGSTKFLT'.split(
    ' ',
  ),
);

/** Who waits for this process sees how the container ended. */
function endLike(exit: Exit): void {
  if ('code' in exit) process.exit(exit.code);
  const name = signalName(exit.signal);
  if (name !== undefined && name in constants.signals && !FAULTS.has(name)) {
    process.removeAllListeners(name);
    process.kill(process.pid, name);
  }
  // A real-time signal, one that would dump this process's core, or one that it ignores.
  setTimeout(() => process.exit(128 + exit.signal), 100);
}
const FAULTS: ReadonlySet<string> = new Set(
  'SIGSEGV SIGBUS SIGFPE SIGILL SIGTRAP SIGABRT SIGSYS SIGQUIT SIGXCPU SIGXFSZ SIGPIPE'.split(' '),
);
