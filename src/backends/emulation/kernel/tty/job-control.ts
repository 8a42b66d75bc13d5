import { errno } from '../../errno.ts';
import type { Proc } from '../process.ts';
import { isOrphaned } from '../session.ts';
import { SIGTTIN } from '../signal-numbers.ts';
import { isBlockedOrIgnored, sendToGroup } from '../signals.ts';
import type { Terminal } from './terminal.ts';

/**
 * Job control of its controlling terminal (__tty_check_change): may a process touch it? False: it is in the background, its
 * group got SIGTTIN or SIGTTOU, and the call is to be made again when it is continued. EIO when nobody could continue it.
 */
export function mayTouch(process: Proc, terminal: Terminal, signal: number): boolean {
  const { pgid, kernel } = process;
  if (process.terminal !== terminal || terminal.foreground === 0 || pgid === terminal.foreground) return true;
  if (isBlockedOrIgnored(process, signal)) {
    // Such a reader would steal the foreground's input; output and settings are allowed.
    if (signal === SIGTTIN) throw errno('EIO');
    return true;
  }
  if (isOrphaned(kernel, pgid)) throw errno('EIO');
  sendToGroup(kernel, pgid, signal);
  // pid 1 has no default actions and would wait for ever.
  if (process.attention === 0) throw errno('EIO');
  return false;
}

/** Makes it the controlling terminal of the process's session. */
export function takeTerminal(process: Proc, terminal: Terminal): void {
  process.session.terminal = terminal;
  terminal.session = process.session;
  terminal.foreground = process.pgid;
}
