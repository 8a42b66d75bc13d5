import { errno } from '../../errno.ts';
import { CAP_SYS_ADMIN, hasCapability } from '../capabilities.ts';
import type { Proc } from '../process.ts';
import { groupMembers } from '../session.ts';
import { SIGCONT, SIGHUP, SIGTTOU } from '../signal-numbers.ts';
import { sendToGroup } from '../signals.ts';
import { BLOCKED, type Sys } from '../types.ts';
import { mayTouch, takeTerminal } from './job-control.ts';
import type { Terminal } from './terminal.ts';
import { readTermios, TERMIOS_SIZE, writeTermios } from './termios.ts';

export const TCGETS = 0x5401;
export const TCSETS = 0x5402;
export const TCSETSW = 0x5403;
export const TCSETSF = 0x5404;
const TCSBRK = 0x5409;
const TCXONC = 0x540a;
const TCFLSH = 0x540b;
export const TIOCSCTTY = 0x540e;
export const TIOCGPGRP = 0x540f;
export const TIOCSPGRP = 0x5410;
const TIOCOUTQ = 0x5411;
export const TIOCGWINSZ = 0x5413;
export const TIOCSWINSZ = 0x5414;
export const FIONREAD = 0x541b;
export const TIOCNOTTY = 0x5422;
export const TIOCGSID = 0x5429;
export const TIOCGPTN = 0x80045430;
export const TIOCSPTLCK = 0x40045431;

/** The 32-bit number at the start of the argument. */
export function numberAt(argument: Uint8Array): number {
  return view(argument, 4).getInt32(0, true);
}

export function putNumber(argument: Uint8Array, value: number): 0 {
  view(argument, 4).setInt32(0, value, true);
  return 0;
}

function view(argument: Uint8Array, size: number): DataView {
  if (argument.length < size) throw errno('EFAULT');
  return new DataView(argument.buffer, argument.byteOffset, size);
}

/** ioctl_tty(2) on a slave. ENOTTY for requests that a terminal does not know. */
export function slaveIoctl(process: Proc, terminal: Terminal, request: number, argument: Uint8Array): Sys<number> {
  switch (request >>> 0) {
    case TCSETS:
    case TCSETSW:
    case TCSETSF:
    case TCSBRK:
    case TCXONC:
    case TCFLSH:
    case TIOCSPGRP:
      // Changing a terminal from the background stops the group, as output with TOSTOP does.
      if (!mayTouch(process, terminal, SIGTTOU)) return BLOCKED;
      return change(process, terminal, request >>> 0, argument);
    case TIOCGPGRP:
      demandControlling(process, terminal);
      return putNumber(argument, terminal.foreground);
    case TIOCGSID:
      demandControlling(process, terminal);
      return putNumber(argument, process.sid);
    case TIOCSCTTY:
      return acquire(process, terminal, argument.length >= 4 ? numberAt(argument) : 0);
    case TIOCNOTTY:
      return giveUp(process, terminal);
    case FIONREAD:
      return putNumber(argument, terminal.input.available);
    default:
      return commonIoctl(terminal, request >>> 0, argument);
  }
}

/** What works on both sides. */
export function commonIoctl(terminal: Terminal, request: number, argument: Uint8Array): number {
  switch (request) {
    case TCGETS:
      view(argument, TERMIOS_SIZE);
      writeTermios(argument, terminal.termios);
      return 0;
    case TIOCGWINSZ: {
      const size = view(argument, 8);
      size.setUint16(0, terminal.size.rows, true);
      size.setUint16(2, terminal.size.columns, true);
      size.setUint16(4, terminal.size.xPixels, true);
      size.setUint16(6, terminal.size.yPixels, true);
      return 0;
    }
    case TIOCSWINSZ: {
      const size = view(argument, 8);
      const [rows, columns, xPixels, yPixels] = [0, 2, 4, 6].map((at) => size.getUint16(at, true)) as [number, number, number, number];
      terminal.resize({ rows, columns, xPixels, yPixels });
      return 0;
    }
    case TIOCOUTQ:
      return putNumber(argument, terminal.output.ring.length);
    default:
      throw errno('ENOTTY');
  }
}

function change(process: Proc, terminal: Terminal, request: number, argument: Uint8Array): number {
  switch (request) {
    case TCSETS:
    case TCSETSW:
    case TCSETSF:
      view(argument, TERMIOS_SIZE);
      if (request === TCSETSF) terminal.input.flush();
      terminal.setTermios(readTermios(argument));
      terminal.readable.wake();
      return 0;
    case TIOCSPGRP:
      return setForeground(process, terminal, numberAt(argument));
    case TCFLSH:
      return flush(terminal, numberAt(argument));
    case TCXONC:
      return flow(terminal, numberAt(argument));
    default:
      // TCSBRK: output of a pseudo terminal has always been sent.
      return 0;
  }
}

function demandControlling(process: Proc, terminal: Terminal): void {
  if (process.terminal !== terminal) throw errno('ENOTTY');
}

/** tcsetpgrp(3): the group must be one of the caller's session. */
export function setForeground(process: Proc, terminal: Terminal, pgid: number): number {
  demandControlling(process, terminal);
  if (pgid < 0) throw errno('EINVAL');
  let found = false;
  for (const member of groupMembers(process.kernel, pgid)) {
    if (member.session !== process.session) throw errno('EPERM');
    found = true;
  }
  if (!found) throw errno('ESRCH');
  terminal.foreground = pgid;
  return 0;
}

function flush(terminal: Terminal, queue: number): number {
  if (queue < 0 || queue > 2) throw errno('EINVAL');
  if (queue !== 1) {
    terminal.input.flush();
    terminal.inputTaken();
  }
  if (queue !== 0) {
    terminal.output.flush();
    terminal.outputTaken();
  }
  return 0;
}

/** TCOOFF, TCOON; TCIOFF and TCION would send characters to a line that has no other end. */
function flow(terminal: Terminal, action: number): number {
  if (action < 0 || action > 3) throw errno('EINVAL');
  if (action === 0) terminal.output.stopped = true;
  if (action === 1) {
    terminal.output.resume(terminal.termios);
    terminal.outputResumed();
  }
  return 0;
}

/** TIOCSCTTY: a session leader without a terminal takes it; from another session only by force (1, CAP_SYS_ADMIN). */
function acquire(process: Proc, terminal: Terminal, force: number): number {
  const { session } = process;
  if (session.terminal === terminal && session.id === process.pid) return 0;
  if (session.id !== process.pid || session.terminal !== undefined) throw errno('EPERM');
  if (terminal.session !== undefined) {
    if (force !== 1 || !hasCapability(process, CAP_SYS_ADMIN)) throw errno('EPERM');
    terminal.session.terminal = undefined;
  }
  takeTerminal(process, terminal);
  return 0;
}

/** TIOCNOTTY: of a session leader, the whole session loses it and the foreground hears of it; others lose it alone. */
function giveUp(process: Proc, terminal: Terminal): number {
  demandControlling(process, terminal);
  if (process.session.id !== process.pid) {
    process.gaveUpTerminal = true;
    return 0;
  }
  const { foreground } = terminal;
  process.session.terminal = undefined;
  terminal.session = undefined;
  terminal.foreground = 0;
  sendToGroup(process.kernel, foreground, SIGHUP);
  sendToGroup(process.kernel, foreground, SIGCONT);
  return 0;
}
