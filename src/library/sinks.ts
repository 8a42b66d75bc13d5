/** Where a container's output goes. */
import { Readable, type Writable } from 'node:stream';
import type { ByteSink } from '../backends/emulation/execute/stdio.ts';

/**
 * A stream, a function called with each piece (it may keep it), `pipe`: a stream is made for the caller to read from, which
 * holds the container up while nobody reads; or `ignore`.
 */
export type Output = Writable | ((bytes: Uint8Array) => void) | 'pipe' | 'ignore';

export interface OpenOutput {
  readonly sink: ByteSink;
  /** Only for `pipe`. */
  readonly readable?: Readable;
}

export function openOutput(output: Output): OpenOutput {
  if (output === 'pipe') return readablePipe();
  if (output === 'ignore') return { sink: toFunction(() => undefined) };
  if (typeof output === 'function') return { sink: toFunction(output) };
  return { sink: toStream(output) };
}

function toFunction(take: (bytes: Uint8Array) => void): ByteSink {
  return {
    write(bytes) {
      take(bytes);
      return true;
    },
    onDrain: undefined,
    onBroken: undefined,
    flush: () => Promise.resolve(),
  };
}

function toStream(stream: Writable): ByteSink {
  const sink: ByteSink = {
    write: (bytes) => stream.destroyed || stream.write(bytes),
    onDrain: undefined,
    onBroken: undefined,
    async flush() {
      if (!stream.destroyed && stream.writableLength > 0) await new Promise((resolve) => stream.write(new Uint8Array(0), resolve));
      stream.off('drain', drained).off('close', broken);
    },
  };
  const drained = (): void => sink.onDrain?.();
  const broken = (): void => sink.onBroken?.();
  stream.on('drain', drained).on('close', broken);
  return sink;
}

function readablePipe(): OpenOutput {
  const readable = new Readable({
    read: () => sink.onDrain?.(),
    destroy(error, done) {
      sink.onBroken?.();
      done(error);
    },
  });
  const sink: ByteSink = {
    write: (bytes) => readable.destroyed || readable.push(bytes),
    onDrain: undefined,
    onBroken: undefined,
    end() {
      sink.onBroken = undefined;
      if (!readable.destroyed) readable.push(null);
    },
    flush() {
      // Not waited for: a reader may come later, or never.
      sink.end?.();
      return Promise.resolve();
    },
  };
  return { sink, readable };
}

/** Keeps all that is written. */
export class Collector {
  readonly #chunks: Uint8Array[] = [];
  readonly output = (bytes: Uint8Array): void => void this.#chunks.push(bytes);

  bytes(): Uint8Array {
    return Buffer.concat(this.#chunks);
  }
  text(): string {
    return Buffer.concat(this.#chunks).toString('utf8');
  }
}
