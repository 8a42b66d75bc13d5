/** Descriptors of this process, of which a process in the container makes use over a connection. */
import type { ErrnoName } from '../errno.ts';
import type { ByteSink, ByteSource } from '../execute/stdio.ts';
import type { Connection } from './connection.ts';
import { hostInput } from './host-input.ts';
import { hostOutput } from './host-output.ts';
import { type RawTerminal, rawTerminal } from './host-terminal.ts';
import { openPreserved } from './open-preserved.ts';
import type { Preserved } from './protocol.ts';

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
  /** From 3 on. */
  readonly preserved?: readonly Preserved[];
  /** Output can go nowhere any more. */
  readonly broken: (descriptor: number, why: ErrnoName) => void;
}

export interface ClientStdio {
  /** All output is out. */
  flush(): Promise<void>;
  closeInput(): void;
  /** No input any more; the terminal is as it was. */
  close(): void;
}

export function clientStdio(
  connection: Connection,
  { input, terminal, ending = [], keep, typed, preserved = [], broken }: Wiring,
): ClientStdio {
  const opened = (fd: number): ByteSink =>
    hostOutput(fd, { ends: ending.includes(fd), ...(keep === undefined ? {} : { highWater: keep }) });
  const streams = preserved.map((descriptor) => ({ fd: descriptor.fd, ...openPreserved(descriptor) }));
  const outputs: ByteSink[] = [];
  const show = (fd: number, output: ByteSink): void => {
    outputs.push(output);
    output.onDrain = () => connection.resume();
    output.onBroken = (why = 'EPIPE') => broken(fd, why);
    const channel = connection.channel(fd);
    channel.data = (bytes) => {
      if (!output.write(bytes)) connection.pause();
    };
    channel.outputClosed = () => output.end?.();
  };
  for (const fd of [1, 2]) show(fd, opened(fd));
  for (const { fd, sink } of streams) if (sink !== undefined) show(fd, sink);
  const closeInput = input ? pump(connection, 0, hostInput(), typed) : () => undefined;
  const closePreserved = streams.map(({ fd, source }) => (source === undefined ? () => undefined : pump(connection, fd, source)));
  const raw: RawTerminal | undefined = input && terminal ? rawTerminal() : undefined;
  raw?.onResize((size) => connection.event('resize', size));
  return {
    async flush() {
      await Promise.all(outputs.map((output) => output.flush()));
    },
    closeInput,
    close() {
      closeInput();
      for (const closeSource of closePreserved) closeSource();
      raw?.restore();
    },
  };
}

/** A descriptor is read when the process reads it. Gives what ends that. */
function pump(
  connection: Connection,
  descriptor: number,
  source: ByteSource,
  typed: (bytes: Uint8Array) => Uint8Array = (bytes) => bytes,
): () => void {
  const channel = connection.channel(descriptor);
  const close = (): void => {
    channel.want = undefined;
    source.close();
  };
  channel.want = (most) => source.resume(most);
  channel.inputClosed = close;
  source.open(
    (bytes) => {
      const sent = typed(bytes);
      if (sent.length > 0) connection.sendData(descriptor, sent);
      return sent.length === 0; // what the process wants has not come yet
    },
    (hungUp = false) => connection.event('eof', { descriptor, hungUp }),
  );
  return close;
}
