/** Where a container's standard input comes from. */
import { type Readable, Writable } from 'node:stream';
import type { ByteSource } from '../backends/emulation/execute/stdio.ts';

/**
 * Text or bytes (then end of file), a stream, or `pipe`: a stream is made for the caller to write to. Text that is just the
 * word `pipe` has to be given as bytes.
 */
export type Input = string | Uint8Array | Readable;

export interface OpenInput {
  readonly source: ByteSource;
  /** Only for `pipe`. */
  readonly writable?: Writable;
}

/** terminal: the end of fixed input is then not the end of the terminal, whose user has only stopped typing. */
export function openInput(input: Input, terminal: boolean): OpenInput {
  if (input === 'pipe') return writablePipe();
  if (typeof input === 'string') return { source: fixed(Buffer.from(input), !terminal) };
  if (input instanceof Uint8Array) return { source: fixed(input, !terminal) };
  return { source: fromStream(input) };
}

function fixed(bytes: Uint8Array, ends: boolean): ByteSource {
  return {
    open(push, end) {
      if (bytes.length > 0) push(bytes);
      if (ends) end();
    },
    resume: () => undefined,
    close: () => undefined,
  };
}

/** A stream that fails ends the input: what came before it is not lost. */
function fromStream(stream: Readable): ByteSource {
  let detach = (): void => undefined;
  return {
    open(push, end) {
      const data = (chunk: Uint8Array | string): void => {
        if (!push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk)) stream.pause();
      };
      const ended = (): void => {
        detach();
        end();
      };
      stream.on('data', data).once('end', ended).once('close', ended).once('error', ended);
      detach = () => {
        stream.off('data', data).off('end', ended).off('close', ended).off('error', ended);
        stream.pause();
      };
      if (stream.readableEnded || stream.destroyed) ended();
    },
    resume: () => void stream.resume(),
    close: () => detach(),
  };
}

function writablePipe(): OpenInput {
  let push: ((bytes: Uint8Array) => boolean) | undefined;
  let end: (() => void) | undefined;
  /** What was written before the container opened it, or while it had no room. */
  let waiting: { readonly bytes: Uint8Array; readonly done: () => void } | undefined;
  let finished: (() => void) | undefined;
  const writable = new Writable({
    write(chunk: Uint8Array, _encoding, done) {
      if (push === undefined) waiting = { bytes: chunk, done };
      else if (push(chunk)) done();
      else waiting = { bytes: new Uint8Array(0), done };
    },
    final(done) {
      if (end === undefined) finished = done;
      else {
        end();
        done();
      }
    },
  });
  const goOn = (): void => {
    const { bytes, done } = waiting ?? {};
    if (done === undefined || bytes === undefined) return;
    waiting = undefined;
    if (bytes.length === 0 || push?.(bytes) === true) done();
    else waiting = { bytes: new Uint8Array(0), done };
  };
  const source: ByteSource = {
    open(pushInto, endOf) {
      push = pushInto;
      end = endOf;
      goOn();
      if (finished === undefined) return;
      end();
      finished();
    },
    resume: goOn,
    close: () => void writable.destroy(),
  };
  return { source, writable };
}
