/** `exec` as its client sees it: a process in the container whose descriptors 0-2 are those of this process. */
import { TsrunError } from '../../../core/errors.ts';
import type { Exit, Finding } from '../../backend.ts';
import type { ByteSource } from '../execute/stdio.ts';
import type { Connection } from './connection.ts';
import { hostInput } from './host-input.ts';
import { hostOutput } from './host-output.ts';
import { rawTerminal, terminalSize } from './host-terminal.ts';
import { answered } from './patience.ts';
import type { ExecOrder } from './protocol.ts';
import { CONTROL_SOCKET, connectTo } from './sockets.ts';

/** Its program has to be compiled first, which takes seconds where it is large. */
const PATIENCE_MS = 30_000;

export interface AttachedExec {
  readonly findings: readonly Finding[];
  /** After all output is out. Rejects when the container's process goes before it can say. */
  readonly exited: Promise<Exit>;
  readonly signal: (signal: number) => void;
}

/** Resolves once the program runs; rejects with what execve said. */
export async function attachExec(stateDir: string, order: ExecOrder): Promise<AttachedExec> {
  const connection = await connectTo(stateDir, CONTROL_SOCKET);
  const outputs = [hostOutput(1), hostOutput(2)] as const;
  outputs.forEach((output, index) => {
    output.onDrain = () => connection.resume();
    output.onBroken = (why = 'EPIPE') => connection.event('broken', { descriptor: index + 1, why });
  });
  connection.onData = (descriptor, bytes) => {
    if (!outputs[descriptor === 2 ? 1 : 0].write(bytes)) connection.pause();
  };
  const ended = new Promise<Exit>((resolve) => {
    connection.on.exit = resolve;
  });
  const input = hostInput();
  connection.onWant = () => input.resume();
  pump(input, connection);
  const size = order.process.terminal ? (terminalSize() ?? { columns: 0, rows: 0 }) : undefined;
  // Raw before there is any output: the process may write before the answer to `exec` is here.
  const terminal = order.process.terminal ? rawTerminal() : undefined;
  terminal?.onResize((now) => connection.event('resize', now));
  let findings: readonly Finding[];
  try {
    const answer = connection.request('exec', size === undefined ? order : { ...order, terminal: size });
    ({ findings } = await answered('exec', answer, PATIENCE_MS));
  } catch (error) {
    connection.close();
    terminal?.restore();
    throw error;
  }
  const exited = (async () => {
    try {
      const exit = await Promise.race([ended, connection.closed.then(() => undefined)]);
      await Promise.all(outputs.map((output) => output.flush()));
      if (exit === undefined) throw new TsrunError('STATE_CONFLICT', 'the container ended before its process said how');
      return exit;
    } finally {
      input.close();
      terminal?.restore();
    }
  })();
  exited.catch(() => undefined); // whoever waits sees it
  return {
    findings,
    exited,
    signal: (signal) => void connection.request('execSignal', { signal }).catch(() => undefined), // it has ended
  };
}

/** Descriptor 0 is read when the process reads it. */
function pump(input: ByteSource, connection: Connection): void {
  input.open(
    (bytes) => {
      connection.sendData(0, bytes);
      return false;
    },
    (hungUp = false) => connection.event('eof', { hungUp }),
  );
}
