import { ByteRing } from '../files/ring.ts';
import { SIGINT, SIGQUIT, SIGTSTP } from '../signal-numbers.ts';
import { echoed, LineEditor } from './line-editor.ts';
import type { TerminalOutput } from './output.ts';
import * as t from './termios.ts';

/** N_TTY_BUF_SIZE; a line has one less, so that its newline always fits. */
const CAPACITY = 4096;
const NL = 10;
const CR = 13;
const BELL = 7;

/** What the line discipline tells the terminal. */
export interface InputEvents {
  readonly termios: t.Termios;
  readonly output: TerminalOutput;
  /** Something can be read. */
  inputReady(): void;
  /** ^C, ^\, ^Z. */
  interrupt(signal: number): void;
  /** ^Q: writers may go on. */
  outputResumed(): void;
}

/** The input side of the line discipline (n_tty): from what is typed to what read(2) gives. */
export class TerminalInput {
  private readonly terminal: InputEvents;
  private readonly data = new ByteRing(CAPACITY);
  /** Lengths of the complete lines in `data`; 0: an end of file. */
  private lines: number[] = [];
  private readonly editor = new LineEditor();
  /** After VLNEXT the next character is literal. */
  private literal = false;
  /** performance.now() of the last byte, for VTIME. */
  lastByteAt = 0;

  constructor(terminal: InputEvents) {
    this.terminal = terminal;
  }

  /** How many of the typed bytes were taken: with complete lines waiting, input is not thrown away but left to the sender. */
  receive(bytes: Uint8Array): number {
    this.lastByteAt = performance.now();
    for (let index = 0; index < bytes.length; index++) {
      if (this.full && (!this.canonical || this.lines.length > 0)) return index;
      this.step(bytes[index] as number);
    }
    return bytes.length;
  }

  get full(): boolean {
    return this.data.length + this.editor.bytes.length >= CAPACITY - 1;
  }

  /** Bytes that can be read: of complete lines in canonical mode (FIONREAD). */
  get available(): number {
    return this.data.length;
  }

  get hasLine(): boolean {
    return this.lines.length > 0;
  }

  get canonical(): boolean {
    return (this.terminal.termios.lflag & t.ICANON) !== 0;
  }

  /** Of the first complete line; 0 at an end of file. Only when hasLine. */
  takeLine(buffer: Uint8Array): number {
    const line = this.lines[0] ?? 0;
    const count = this.data.take(buffer.subarray(0, Math.min(line, buffer.length)));
    if (count === line) this.lines.shift();
    else this.lines[0] = line - count;
    return count;
  }

  take(buffer: Uint8Array): number {
    return this.data.take(buffer);
  }

  /** TCIFLUSH, and what a signal character does. */
  flush(): void {
    this.data.clear();
    this.lines = [];
    this.editor.bytes = [];
    this.literal = false;
  }

  /** ICANON was switched: what is there can be read in the new way (n_tty_set_termios). */
  modeChanged(): void {
    this.markEnds();
    this.data.put(Uint8Array.from(this.editor.bytes));
    this.editor.bytes = [];
    this.lines = this.canonical && this.data.length > 0 ? [this.data.length] : [];
    this.literal = false;
    if (this.data.length > 0) this.terminal.inputReady();
  }

  /** An end of file that was typed ahead is a NUL for who reads without lines, as on Linux. */
  private markEnds(): void {
    const { cc } = this.terminal.termios;
    const marked = this.lines.flatMap((length) => {
      const line = new Uint8Array(length);
      this.data.take(line);
      const last = line.at(-1) ?? 0;
      return last === NL || isChar(cc, t.VEOL, last) || isChar(cc, t.VEOL2, last) ? [...line] : [...line, 0];
    });
    this.data.put(Uint8Array.from(marked));
    this.lines = [];
  }

  private step(typed: number): void {
    const { termios, output } = this.terminal;
    const { iflag, lflag, cc } = termios;
    let byte = (iflag & t.ISTRIP) === 0 ? typed : typed & 0x7f;
    if (this.literal) {
      this.literal = false;
      this.store(byte, true);
      return;
    }
    if ((iflag & t.IXON) !== 0 && this.flow(byte)) return;
    if ((iflag & (t.IXON | t.IXANY)) === (t.IXON | t.IXANY) && output.stopped) this.resume();
    if ((lflag & t.ISIG) !== 0 && this.signal(byte)) return;
    if (byte === CR) {
      if ((iflag & t.IGNCR) !== 0) return;
      if ((iflag & t.ICRNL) !== 0) byte = NL;
    } else if (byte === NL && (iflag & t.INLCR) !== 0) byte = CR;
    if ((lflag & t.ICANON) !== 0) {
      if (this.edit(byte)) return;
      const extended = (lflag & t.IEXTEN) !== 0;
      if (byte === NL || isChar(cc, t.VEOL, byte) || (extended && isChar(cc, t.VEOL2, byte))) {
        if ((lflag & t.ECHO) !== 0 || (byte === NL && (lflag & t.ECHONL) !== 0)) this.echo(byte === NL ? [NL] : echoed(byte, termios));
        this.finishLine(byte);
        return;
      }
    }
    this.store(byte);
  }

  /** ^S and ^Q. */
  private flow(byte: number): boolean {
    const { cc } = this.terminal.termios;
    if (isChar(cc, t.VSTART, byte)) this.resume();
    else if (isChar(cc, t.VSTOP, byte)) this.terminal.output.stopped = true;
    else return false;
    return true;
  }

  private resume(): void {
    this.terminal.output.resume(this.terminal.termios);
    this.terminal.outputResumed();
  }

  private signal(byte: number): boolean {
    const { termios, output } = this.terminal;
    const { cc, lflag, iflag } = termios;
    const signal = isChar(cc, t.VINTR, byte)
      ? SIGINT
      : isChar(cc, t.VQUIT, byte)
        ? SIGQUIT
        : isChar(cc, t.VSUSP, byte)
          ? SIGTSTP
          : undefined;
    if (signal === undefined) return false;
    if ((lflag & t.NOFLSH) === 0) {
      this.flush();
      output.flush();
    }
    if ((iflag & t.IXON) !== 0 && output.stopped) this.resume();
    if ((lflag & t.ECHO) !== 0) this.echo(echoed(byte, termios));
    this.terminal.interrupt(signal);
    return true;
  }

  /** Editing characters of canonical mode; true: it was one. */
  private edit(byte: number): boolean {
    const { termios } = this.terminal;
    const { cc, lflag } = termios;
    const extended = (lflag & t.IEXTEN) !== 0;
    const echo = (lflag & t.ECHO) !== 0;
    if (isChar(cc, t.VERASE, byte)) {
      const erased = this.editor.erase(termios);
      if (erased !== undefined && echo) this.echo((lflag & t.ECHOE) === 0 ? echoed(byte, termios) : erased);
    } else if (isChar(cc, t.VKILL, byte)) this.kill(byte);
    else if (extended && isChar(cc, t.VWERASE, byte)) {
      // Visibly without ECHOE too, as Linux has it.
      const erased = this.editor.eraseWord(termios);
      if (echo) this.echo(erased);
    } else if (extended && isChar(cc, t.VLNEXT, byte)) {
      this.literal = true;
      if (echo && (lflag & t.ECHOCTL) !== 0) this.echo([94, 8]);
    } else if (extended && echo && isChar(cc, t.VREPRINT, byte)) {
      this.echo([...echoed(byte, termios), NL, ...this.editor.bytes.flatMap((one) => echoed(one, termios))]);
    } else if (isChar(cc, t.VEOF, byte)) this.finishLine(undefined);
    else return false;
    return true;
  }

  private kill(byte: number): void {
    const { termios } = this.terminal;
    if (this.editor.bytes.length === 0) return;
    const erased = this.editor.eraseAll(termios);
    const { lflag } = termios;
    if ((lflag & t.ECHO) === 0) return;
    const visibly = t.ECHOK | t.ECHOKE | t.ECHOE;
    if ((lflag & visibly) === visibly) this.echo(erased);
    else this.echo((lflag & t.ECHOK) === 0 ? echoed(byte, termios) : [...echoed(byte, termios), NL]);
  }

  /** literal: a newline is one character of the line, and shown as one. */
  private store(byte: number, literal = false): void {
    const { termios, output } = this.terminal;
    if (this.full) {
      if ((termios.iflag & t.IMAXBEL) !== 0) this.echo([BELL]);
      return;
    }
    const { column } = output;
    if ((termios.lflag & t.ECHO) !== 0) this.echo(byte === NL && !literal ? [NL] : echoed(byte, termios));
    if (this.canonical) this.editor.push(byte, column);
    else {
      this.data.put(Uint8Array.of(byte));
      this.terminal.inputReady();
    }
  }

  private finishLine(end: number | undefined): void {
    const { bytes } = this.editor;
    if (end !== undefined) bytes.push(end);
    this.data.put(Uint8Array.from(bytes));
    this.lines.push(bytes.length);
    this.editor.bytes = [];
    this.terminal.inputReady();
  }

  private echo(bytes: readonly number[]): void {
    this.terminal.output.echo(bytes, this.terminal.termios);
  }
}

/** Is it this control character? 0 (_POSIX_VDISABLE) is none. */
function isChar(cc: Uint8Array, index: number, byte: number): boolean {
  return byte !== 0 && cc[index] === byte;
}
