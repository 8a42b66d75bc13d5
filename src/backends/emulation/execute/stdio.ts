/** Where the descriptors of a process lead. Who runs a container gives one of these for each process it starts. */
import type { ErrnoName } from '../errno.ts';
import type { Kernel, OpenFile, Tty } from '../kernel/types.ts';

export interface ProcessStdio {
  /** The process has no terminal: its descriptors 0, 1, 2, each retained once. Called at most once. */
  files(kernel: Kernel): readonly [OpenFile, OpenFile, OpenFile];
  /** Descriptors from 3 on, each retained once. Called at most once. */
  preserved(kernel: Kernel): readonly OpenFile[];
  /** The process has this terminal. Called at most once. */
  terminal(tty: Tty): void;
  /** The process has ended: resolves once all its output has gone where it should go. */
  finish(): Promise<void>;
}

/** Bytes towards a container, read only as fast as they are taken. */
export interface ByteSource {
  /**
   * Called once, before the first `resume`; nothing need come before that. `push` gives false when it wants no more until the
   * next `resume`. `end` comes last; hungUp: the user of a terminal went away, which is more than an end of input.
   */
  open(push: (bytes: Uint8Array) => boolean, end: (hungUp?: boolean) => void): void;
  /** More is wanted: of a file `most` bytes, of others what comes. Often called when it is on its way already. */
  resume(most?: number): void;
  /** For a program that cannot be suspended: reads on this thread until something has come, or the end. */
  readNow?(): void;
  close(): void;
}

/** Bytes out of a container. `write` may keep what it is given. */
export interface ByteSink {
  /** False: full, wait for `onDrain`. Throws nothing: what is gone calls `onBroken`, with the errno (default EPIPE). */
  write(bytes: Uint8Array): boolean;
  onDrain: (() => void) | undefined;
  onBroken: ((why?: ErrnoName) => void) | undefined;
  /** No process has it open any more: its reader has seen the end once all that was written is out. */
  end?(): void;
  /** All that was written is out, or cannot be. */
  flush(): Promise<void>;
}

/** A descriptor from 3 on: a source, a sink or both. */
export interface PreservedStream {
  readonly kind: 'file' | 'stream' | 'socket';
  readonly source?: ByteSource | undefined;
  readonly sink?: ByteSink | undefined;
}

/** Connections towards a container. */
export interface ConnectionSource {
  /** Called once, before the first `resume`. `broken`: no more come. */
  open(push: (connection: PreservedStream) => void, broken: (why: ErrnoName) => void): void;
  /** Somebody waits for one. */
  resume(): void;
  close(): void;
}

/** A descriptor from 3 on that listens. */
export interface PreservedListener {
  readonly kind: 'listener';
  readonly connections: ConnectionSource;
}

export type PreservedDescriptor = PreservedStream | PreservedListener;

/** ^D, the VEOF character of a new terminal. */
const END_OF_TRANSMISSION = Uint8Array.of(4);

/** Descriptors over a source and two sinks, and more of them from 3 on; a terminal over the source and the first sink. */
export function stdioOver(
  source: ByteSource,
  stdout: ByteSink,
  stderr: ByteSink,
  preserved: readonly PreservedDescriptor[] = [],
): ProcessStdio {
  return {
    files: (kernel) => [inputFile(kernel, source), outputFile(kernel, stdout), outputFile(kernel, stderr)],
    preserved: (kernel) =>
      preserved.map((one) => (one.kind === 'listener' ? listenerFile(kernel, one.connections) : streamFile(kernel, one))),
    terminal(tty) {
      let rest: Uint8Array = new Uint8Array(0);
      /** What the line discipline did not take is kept: a user who types ahead loses nothing. */
      const offer = (): boolean => {
        rest = rest.subarray(tty.input(rest));
        return rest.length === 0;
      };
      tty.onInputRoom(() => {
        if (offer()) source.resume();
      });
      source.open(
        (bytes) => {
          rest = rest.length === 0 ? bytes : Buffer.concat([rest, bytes]);
          return offer();
        },
        (hungUp) => {
          if (hungUp === true) return tty.hangUp();
          // The end of a pipe is typed as script(1) does it, or a shell would wait for ever for a user who is none.
          rest = Buffer.concat([rest, END_OF_TRANSMISSION]);
          offer();
        },
      );
      source.resume();
      tty.onOutput((bytes) => stdout.write(bytes.slice()));
      stdout.onDrain = () => tty.drained();
      stdout.onBroken = () => tty.hangUp();
    },
    async finish() {
      source.close();
      await Promise.all([
        stdout.flush(),
        stderr.flush(),
        ...preserved.map((one) => (one.kind === 'listener' ? undefined : one.sink?.flush())),
      ]);
    },
  };
}

/** A process runs that will not give the thread back before it ends: whoever asks now is that one. */
export function cannotWait(kernel: Kernel): boolean {
  for (const { program } of kernel.processes.values()) if (program?.abilities?.suspends === false) return true;
  return false;
}

/** closes: the end of its use is the end of the source. */
function inputFile(kernel: Kernel, source: ByteSource, { ofFile = false, closes = false } = {}): OpenFile {
  const input = kernel.createInput({
    ofFile,
    onRoom: (most) => (source.readNow !== undefined && cannotWait(kernel) ? source.readNow() : source.resume(most)),
    onClose: () => closes && source.close(),
  });
  source.open(
    (bytes) => {
      input.push(bytes);
      return false; // no more than a process asks for: what it does not read is for who shares the descriptor
    },
    () => input.end(),
  );
  return input.file;
}

function streamFile(kernel: Kernel, { kind, source, sink }: PreservedStream): OpenFile {
  const input = source === undefined ? undefined : inputFile(kernel, source, { ofFile: kind === 'file', closes: true });
  const output = sink === undefined ? undefined : outputFile(kernel, sink);
  if (input !== undefined && output !== undefined) return kernel.join(input, output, kind === 'socket');
  const file = input ?? output;
  if (file === undefined) throw new Error('a descriptor that is neither read nor written');
  return file;
}

function listenerFile(kernel: Kernel, connections: ConnectionSource): OpenFile {
  const listener = kernel.createListener({ onWanted: () => connections.resume(), onClose: () => connections.close() });
  connections.open(
    (stream) => listener.push(streamFile(kernel, stream)),
    (why) => listener.broken(why),
  );
  return listener.file;
}

function outputFile(kernel: Kernel, sink: ByteSink): OpenFile {
  const output = kernel.createOutput(
    (bytes) => sink.write(bytes),
    () => sink.end?.(),
  );
  sink.onDrain = () => output.drained();
  sink.onBroken = (why) => output.broken(why);
  return output.file;
}
