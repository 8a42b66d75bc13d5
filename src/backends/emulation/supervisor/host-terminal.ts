/** The terminal on descriptors 0 and 1 of this process, in raw mode while it is another process's. */
import { spawnSync } from 'node:child_process';
import type { TerminalSize } from './protocol.ts';

/** undefined where descriptor 1 is no terminal, or has no size. */
export function terminalSize(): TerminalSize | undefined {
  const { columns, rows } = process.stdout;
  return columns > 0 && rows > 0 ? { columns, rows } : undefined;
}

export interface RawTerminal {
  onResize(listener: (size: TerminalSize) => void): void;
  /** Back to what it was. */
  restore(): void;
}

/** Descriptor 0 may be no terminal after all: then there is nothing to change. */
export function rawTerminal(): RawTerminal {
  const { stdin, stdout } = process;
  const isTerminal = stdin.isTTY;
  if (isTerminal) {
    stdin.setRawMode(true);
    // setRawMode leaves ONLCR on, and our line discipline has done it already.
    spawnSync('stty', ['-opost'], { stdio: ['inherit', 'ignore', 'ignore'] });
  }
  let resized: (() => void) | undefined;
  return {
    onResize(listener) {
      resized = () => {
        const size = terminalSize();
        if (size !== undefined) listener(size);
      };
      stdout.on('resize', resized);
    },
    restore() {
      if (resized !== undefined) stdout.off('resize', resized);
      if (isTerminal) stdin.setRawMode(false);
    },
  };
}
