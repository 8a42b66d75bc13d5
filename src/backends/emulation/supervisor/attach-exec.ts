/** `exec` as its client sees it: a process in the container whose descriptors are those of this process. */
import { TsrunError } from '../../../core/errors.ts';
import type { Exit, Finding } from '../../backend.ts';
import { clientStdio } from './client-stdio.ts';
import { terminalSize } from './host-terminal.ts';
import { answered } from './patience.ts';
import type { ExecOrder } from './protocol.ts';
import { CONTROL_SOCKET, connectTo } from './sockets.ts';

/** Its program has to be compiled first, which takes seconds where it is large. */
const PATIENCE_MS = 30_000;

export interface AttachedExec {
  readonly findings: readonly Finding[];
  /** After all its output is out. Rejects when the container's process goes before it can say. */
  readonly exited: Promise<Exit>;
  readonly signal: (signal: number) => void;
}

/** Resolves once the program runs; rejects with what execve said. */
export async function attachExec(stateDir: string, order: ExecOrder): Promise<AttachedExec> {
  const connection = await connectTo(stateDir, CONTROL_SOCKET);
  const ended = new Promise<Exit>((resolve) => {
    connection.on.exit = resolve;
  });
  const terminal = order.process.terminal ?? false;
  const size = terminal ? (terminalSize() ?? { columns: 0, rows: 0 }) : undefined;
  // The terminal is raw before there is any output: the process may write before the answer to `exec` is here.
  const stdio = clientStdio(connection, {
    input: true,
    terminal,
    ending: order.standIn ? [1, 2] : [1], // a command has its own things to say on 2
    preserved: order.preserved,
    broken: (descriptor, why) => connection.event('broken', { descriptor, why }),
  });
  let findings: readonly Finding[];
  try {
    const answer = connection.request('exec', size === undefined ? order : { ...order, terminal: size });
    ({ findings } = await answered('exec', answer, PATIENCE_MS));
  } catch (error) {
    connection.close();
    stdio.close();
    throw error;
  }
  const exited = (async () => {
    try {
      const exit = await Promise.race([ended, connection.closed.then(() => undefined)]);
      await stdio.flush();
      if (exit === undefined) throw new TsrunError('STATE_CONFLICT', 'the container ended before its process said how');
      return exit;
    } finally {
      stdio.close();
    }
  })();
  exited.catch(() => undefined); // whoever waits sees it
  return {
    findings,
    exited,
    signal: (signal) => void connection.request('execSignal', { signal }).catch(() => undefined), // it has ended
  };
}
