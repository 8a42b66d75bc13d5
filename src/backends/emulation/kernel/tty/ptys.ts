import { errno } from '../../errno.ts';
import type { KernelState } from '../state.ts';
import { Terminal } from './terminal.ts';

/** Linux's /proc/sys/kernel/pty/max. */
const PTY_MAX = 4096;

/** A new terminal with the lowest free number. ENOSPC when there are too many. */
export function createTerminal(kernel: KernelState): Terminal {
  kernel.terminals ??= new Map();
  for (let index = 0; index < PTY_MAX; index++) {
    if (kernel.terminals.has(index)) continue;
    const terminal = new Terminal(kernel, index);
    const { newTerminal } = kernel;
    if (newTerminal !== undefined) terminal.permissions = newTerminal.mode;
    terminal.uid = newTerminal?.uid ?? 0;
    terminal.gid = newTerminal?.gid ?? 0;
    kernel.terminals.set(index, terminal);
    return terminal;
  }
  throw errno('ENOSPC');
}
