/** Descriptors of this process as those of a container's first process. */
import { fstatSync } from 'node:fs';
import { isatty } from 'node:tty';
import type { PreservedDescriptor } from '../execute/stdio.ts';
import type { Tty } from '../kernel/types.ts';
import { hostInput } from './host-input.ts';
import { hostOutput } from './host-output.ts';
import { rawTerminal, terminalSize } from './host-terminal.ts';
import { hostListener } from './host-listener.ts';
import { openPreserved } from './open-preserved.ts';
import type { Preserved } from './protocol.ts';
import { SharedStdio } from './shared-stdio.ts';

/** detached: this process has nothing of its own to say on descriptor 2, so that the container may end it. */
export function hostStdio(detached: boolean, preserved: readonly Preserved[]): SharedStdio {
  return new SharedStdio(hostInput(), hostOutput(1, { ends: true }), hostOutput(2, { ends: detached }), {
    lack: inputLack(),
    preserved: preserved.map(opened),
  });
}

/** keepSize: the config says how large the terminal is to be. */
export function hostTerminalStdio(keepSize: boolean, preserved: readonly Preserved[]): SharedStdio {
  return new HostTerminalStdio(keepSize, preserved);
}

class HostTerminalStdio extends SharedStdio {
  readonly #raw = rawTerminal();
  readonly #keepSize: boolean;

  constructor(keepSize: boolean, preserved: readonly Preserved[]) {
    super(hostInput(), hostOutput(1), hostOutput(2), { preserved: preserved.map(opened) });
    this.#keepSize = keepSize;
  }

  override terminal(tty: Tty): void {
    const size = terminalSize();
    if (size !== undefined && !this.#keepSize) tty.resize(size.columns, size.rows);
    this.#raw.onResize(({ columns, rows }) => tty.resize(columns, rows));
    super.terminal(tty);
  }

  override async finish(): Promise<void> {
    await super.finish();
    this.#raw.restore();
  }
}

/** A pipe may have more writers than one; /dev/null and files are nothing that anybody can type into. */
function inputLack(): string | undefined {
  const stats = fstatSync(0);
  if (stats.isFIFO() || stats.isSocket() || isatty(0)) return undefined;
  return `the standard input of the container is ${stats.isFile() ? 'a file' : 'no pipe'}`;
}

function opened(descriptor: Preserved): PreservedDescriptor {
  return descriptor.kind === 'listener' ? hostListener(descriptor.fd) : openPreserved(descriptor);
}
