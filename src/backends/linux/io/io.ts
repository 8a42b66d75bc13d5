/**
 * How tsrun talks to its helper and to a waiting container: a child with a socket on its fd 3, and a connection to an
 * AF_UNIX socket. Two implementations with the same functions: `node.ts`, and `bun.ts` for the standalone program,
 * where loading node:child_process and node:net would take 7 ms of every `create` (Bun 1.4.5).
 */
import { bunIo } from './bun.ts';

export interface ChannelHandlers {
  data(bytes: Uint8Array): void;
  /** The other side will send no more. Comes once, also after an error. */
  closed(): void;
}

/** One end of a stream socket. */
export interface Channel {
  /** Queued until it can be sent; what a closed peer does not take is dropped. */
  write(bytes: Uint8Array): void;
  /** Close this end and forget what is queued. */
  close(): void;
}

export interface ChildHandlers extends ChannelHandlers {
  /** The program ended, or (`failure`) could not be run. */
  exited(exit: { readonly code: number | null; readonly signal: number | string | null; readonly failure?: Error }): void;
}

export interface Child {
  readonly channel: Channel;
  /** SIGKILL. */
  kill(): void;
  /** Our own end need not wait for it any more. */
  release(): void;
}

export interface Io {
  /**
   * Runs `argv` with no environment in `/`. Descriptors 0-2 are ours, 3 is the channel, from 4 on come ours from 3 on,
   * `preserveFds` of them.
   */
  spawnWithChannel(argv: readonly string[], preserveFds: number, handlers: ChildHandlers): Child;
  /** Runs `argv` with no environment in `/` and waits; no standard input or output, standard error is captured. */
  runQuietly(argv: readonly string[]): { readonly code: number | null; readonly stderr: string };
  /** `opened` comes first, unless connecting failed: then only `closed`. */
  connectUnix(path: string, handlers: ChannelHandlers & { opened(): void }): Channel;
}

export async function loadIo(): Promise<Io> {
  return TSRUN_STANDALONE ? bunIo : (await import('./node.ts')).nodeIo;
}
