/** Descriptors 0-2 of this process, of which a process in the container makes use over a connection. */
import type { ErrnoName } from '../errno.ts';
import type { ByteSink } from '../execute/stdio.ts';
import type { Connection } from './connection.ts';
import { hostInput } from './host-input.ts';
import { hostOutput } from './host-output.ts';
import { type RawTerminal, rawTerminal } from './host-terminal.ts';

interface Wiring {
  /** Descriptor 0 is read, each time the process wants something. */
  readonly input: boolean;
  /** The user's terminal is that of the process: raw, its size followed. Only with `input`. */
  readonly terminal: boolean;
  /** Descriptors that end when the process has closed its own; default: none. */
  readonly ending?: readonly number[];
  /** Output that this process keeps for who takes it slowly, before it takes no more itself. */
  readonly keep?: number;
  /** What may be sent of what was typed. */
  readonly typed?: (bytes: Uint8Array) => Uint8Array;
  /** Output can go nowhere any more. */
  readonly broken: (descriptor: 1 | 2, why: ErrnoName) => void;
}

export interface ClientStdio {
  /** All output is out. */
  flush(): Promise<void>;
  closeInput(): void;
  /** No input any more; the terminal is as it was. */
  close(): void;
}

export function clientStdio(connection: Connection, { input, terminal, ending = [], keep, typed, broken }: Wiring): ClientStdio {
  const opened = (fd: number): ByteSink =>
    hostOutput(fd, { ends: ending.includes(fd), ...(keep === undefined ? {} : { highWater: keep }) });
  const outputs = [opened(1), opened(2)] as const;
  outputs.forEach((output, index) => {
    output.onDrain = () => connection.resume();
    output.onBroken = (why = 'EPIPE') => broken(index === 0 ? 1 : 2, why);
  });
  connection.onData = (descriptor, bytes) => {
    if (!outputs[descriptor === 2 ? 1 : 0].write(bytes)) connection.pause();
  };
  connection.on.outputClosed = ({ descriptor }) => outputs[descriptor === 2 ? 1 : 0].end?.();
  const closeInput = input ? pump(connection, typed) : () => undefined;
  const raw: RawTerminal | undefined = input && terminal ? rawTerminal() : undefined;
  raw?.onResize((size) => connection.event('resize', size));
  return {
    async flush() {
      await Promise.all(outputs.map((output) => output.flush()));
    },
    closeInput,
    close() {
      closeInput();
      raw?.restore();
    },
  };
}

/** Descriptor 0 is read when the process reads it. */
function pump(connection: Connection, typed: (bytes: Uint8Array) => Uint8Array = (bytes) => bytes): () => void {
  const source = hostInput();
  connection.onWant = () => source.resume();
  source.open(
    (bytes) => {
      const sent = typed(bytes);
      if (sent.length > 0) connection.sendData(0, sent);
      return sent.length === 0; // what the process wants has not come yet
    },
    (hungUp = false) => connection.event('eof', { hungUp }),
  );
  return () => {
    connection.onWant = undefined;
    source.close();
  };
}
