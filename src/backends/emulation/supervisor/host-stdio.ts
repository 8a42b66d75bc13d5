/** Descriptors 0-2 of this process as those of a container's first process. */
import { type ProcessStdio, stdioOver } from '../execute/stdio.ts';
import { hostInput } from './host-input.ts';
import { hostOutput } from './host-output.ts';
import { rawTerminal, terminalSize } from './host-terminal.ts';

export function hostStdio(): ProcessStdio {
  return stdioOver(hostInput(), hostOutput(1), hostOutput(2));
}

/** keepSize: the config says how large the terminal is to be. */
export function hostTerminalStdio(keepSize: boolean): ProcessStdio {
  const raw = rawTerminal();
  const over = stdioOver(hostInput(), hostOutput(1), hostOutput(2));
  return {
    files: (kernel) => over.files(kernel),
    terminal(tty) {
      const size = terminalSize();
      if (size !== undefined && !keepSize) tty.resize(size.columns, size.rows);
      raw.onResize(({ columns, rows }) => tty.resize(columns, rows));
      over.terminal(tty);
    },
    async finish() {
      await over.finish();
      raw.restore();
    },
  };
}
