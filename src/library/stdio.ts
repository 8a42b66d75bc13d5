/** Standard streams of a process in a container, for programs that embed it. */
import type { Readable, Writable } from 'node:stream';
import { type ProcessStdio, stdioOver } from '../backends/emulation/execute/stdio.ts';
import type { Tty } from '../backends/emulation/kernel/types.ts';
import { type Output, openOutput } from './sinks.ts';
import { type Input, openInput } from './sources.ts';

export interface StdioOptions {
  /** What the process reads. Default: nothing (end of file). On a terminal the end of text or bytes is none: its user types no more. */
  readonly stdin?: Input;
  /** Default `pipe`. Of a terminal, all its output. */
  readonly stdout?: Output;
  readonly stderr?: Output;
}

/** The ends that are the caller's, where the options say `pipe`. */
export interface StdioStreams {
  readonly stdin: Writable | undefined;
  readonly stdout: Readable | undefined;
  readonly stderr: Readable | undefined;
  /** Of the process's terminal; nothing without one. */
  resize(columns: number, rows: number): void;
}

export function openStdio(
  { stdin = '', stdout = 'pipe', stderr = 'pipe' }: StdioOptions,
  isTerminal: boolean,
): {
  readonly stdio: ProcessStdio;
  readonly streams: StdioStreams;
} {
  const input = openInput(stdin, isTerminal);
  const [output, errors] = [openOutput(stdout), openOutput(stderr)];
  const stdio = stdioOver(input.source, output.sink, errors.sink);
  let terminal: Tty | undefined;
  return {
    stdio: {
      ...stdio,
      terminal(tty) {
        terminal = tty;
        stdio.terminal(tty);
      },
    },
    streams: {
      stdin: input.writable,
      stdout: output.readable,
      stderr: errors.readable,
      resize: (columns, rows) => terminal?.resize(columns, rows),
    },
  };
}
