/** Flags and control characters of termios(3), Linux's numbers; and the kernel's 36-byte structure. */
export const ISTRIP = 0o40;
export const INLCR = 0o100;
export const IGNCR = 0o200;
export const ICRNL = 0o400;
export const IXON = 0o2000;
export const IXANY = 0o4000;
export const IMAXBEL = 0o20000;
export const IUTF8 = 0o40000;
export const OPOST = 1;
export const ONLCR = 4;
export const OCRNL = 0o10;
export const ONOCR = 0o20;
export const ONLRET = 0o40;
export const TABDLY = 0o14000;
export const XTABS = 0o14000;
export const ISIG = 1;
export const ICANON = 2;
export const ECHO = 0o10;
export const ECHOE = 0o20;
export const ECHOK = 0o40;
export const ECHONL = 0o100;
export const NOFLSH = 0o200;
export const TOSTOP = 0o400;
export const ECHOCTL = 0o1000;
export const ECHOKE = 0o4000;
export const IEXTEN = 0o100000;

export const VINTR = 0;
export const VQUIT = 1;
export const VERASE = 2;
export const VKILL = 3;
export const VEOF = 4;
export const VTIME = 5;
export const VMIN = 6;
export const VSTART = 8;
export const VSTOP = 9;
export const VSUSP = 10;
export const VEOL = 11;
export const VREPRINT = 12;
export const VWERASE = 14;
export const VLNEXT = 15;
export const VEOL2 = 16;

export const TERMIOS_SIZE = 36;
const NCCS = 19;

export interface Termios {
  readonly iflag: number;
  readonly oflag: number;
  readonly cflag: number;
  readonly lflag: number;
  readonly line: number;
  readonly cc: Uint8Array;
}

/** tty_std_termios: what a new terminal has. cflag: B38400 CS8 CREAD HUPCL. */
export const STANDARD_TERMIOS: Termios = {
  iflag: ICRNL | IXON,
  oflag: OPOST | ONLCR,
  cflag: 0o15 | 0o60 | 0o200 | 0o2000,
  lflag: ISIG | ICANON | ECHO | ECHOE | ECHOK | ECHOCTL | ECHOKE | IEXTEN,
  line: 0,
  cc: Uint8Array.of(3, 28, 127, 21, 4, 0, 1, 0, 17, 19, 26, 0, 18, 15, 23, 22, 0, 0, 0),
};

/** argument: at least TERMIOS_SIZE bytes of the guest's memory. */
export function writeTermios(argument: Uint8Array, termios: Termios): void {
  const view = new DataView(argument.buffer, argument.byteOffset);
  view.setUint32(0, termios.iflag, true);
  view.setUint32(4, termios.oflag, true);
  view.setUint32(8, termios.cflag, true);
  view.setUint32(12, termios.lflag, true);
  argument[16] = termios.line;
  argument.set(termios.cc, 17);
}

export function readTermios(argument: Uint8Array): Termios {
  const view = new DataView(argument.buffer, argument.byteOffset);
  return {
    iflag: view.getUint32(0, true),
    oflag: view.getUint32(4, true),
    cflag: view.getUint32(8, true),
    lflag: view.getUint32(12, true),
    line: argument[16] ?? 0,
    cc: argument.slice(17, 17 + NCCS),
  };
}
