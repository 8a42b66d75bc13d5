import type { Session } from '../session.ts';
import { SIGCONT, SIGHUP, SIGWINCH } from '../signal-numbers.ts';
import { send, sendToGroup } from '../signals.ts';
import type { KernelState } from '../state.ts';
import { Queue } from '../wait-queue.ts';
import { type InputEvents, TerminalInput } from './input.ts';
import { TerminalOutput } from './output.ts';
import { ICANON, STANDARD_TERMIOS, type Termios, VMIN, VTIME } from './termios.ts';

export interface WindowSize {
  readonly rows: number;
  readonly columns: number;
  readonly xPixels: number;
  readonly yPixels: number;
}

/** A pseudo terminal: the line discipline between a master (the host, or a guest that opened /dev/ptmx) and its slave files. */
export class Terminal implements InputEvents {
  readonly kernel: KernelState;
  /** N of /dev/pts/N. */
  readonly index: number;
  termios: Termios = STANDARD_TERMIOS;
  size: WindowSize = { rows: 0, columns: 0, xPixels: 0, yPixels: 0 };
  readonly output = new TerminalOutput();
  readonly input = new TerminalInput(this);
  session: Session | undefined;
  foreground = 0;
  /** Owner and permissions of /dev/pts/N. */
  uid = 0;
  gid = 0;
  permissions = 0o620;
  /** TIOCSPTLCK: /dev/pts/N cannot be opened yet. */
  locked = false;
  masterOpen = true;
  slaves = 0;
  slaveSeen = false;
  /** Slave files opened before the last hang-up are dead. */
  hangUps = 0;
  /** Slave readers; slave writers; a master that reads; a master that writes. */
  readonly readable = new Queue();
  readonly writable = new Queue();
  readonly masterReadable = new Queue();
  readonly masterWritable = new Queue();
  /** The host's side: takes output as it comes, hears of room for input. */
  onOutput: (() => void) | undefined;
  onInputRoom: (() => void) | undefined;

  constructor(kernel: KernelState, index: number) {
    this.kernel = kernel;
    this.index = index;
  }

  /** From the master; gives how many bytes were taken. */
  receive(bytes: Uint8Array): number {
    const taken = this.input.receive(bytes);
    this.outputMade();
    return taken;
  }

  /** From a slave; gives how many bytes were taken. */
  write(bytes: Uint8Array): number {
    const taken = this.output.write(bytes, this.termios);
    if (taken > 0) this.outputMade();
    return taken;
  }

  inputReady(): void {
    this.readable.wake();
  }

  /** A reader took input: the master may send more. */
  inputTaken(): void {
    this.masterWritable.wake();
    this.onInputRoom?.();
  }

  outputResumed(): void {
    this.writable.wake();
    this.outputMade();
  }

  /** The master took output: slaves may write more. */
  outputTaken(): void {
    this.writable.wake();
  }

  interrupt(signal: number): void {
    if (this.foreground > 0) sendToGroup(this.kernel, this.foreground, signal);
  }

  /** Is there something for read(2), as poll sees it? */
  get hasInput(): boolean {
    if (this.input.canonical) return this.input.hasLine;
    const { cc } = this.termios;
    return this.input.available >= (cc[VTIME] === 0 ? Math.max(1, cc[VMIN] ?? 1) : 1);
  }

  setTermios(termios: Termios): void {
    const switched = ((this.termios.lflag ^ termios.lflag) & ICANON) !== 0;
    this.termios = termios;
    if (switched) this.input.modeChanged();
  }

  resize(size: WindowSize): void {
    const old = this.size;
    this.size = size;
    if (old.rows === size.rows && old.columns === size.columns && old.xPixels === size.xPixels && old.yPixels === size.yPixels) return;
    this.interrupt(SIGWINCH);
  }

  /** The master is gone: SIGHUP to the session leader, end of file for who reads, EIO for who writes. */
  hangUp(): void {
    if (!this.masterOpen) return;
    this.masterOpen = false;
    const { session, foreground } = this;
    this.disconnect();
    if (session !== undefined) {
      session.terminal = undefined;
      session.lostForeground = foreground;
      const leader = this.kernel.processes.get(session.id);
      if (leader !== undefined) {
        send(leader, SIGHUP);
        send(leader, SIGCONT);
      }
    }
    if (this.slaves === 0) this.kernel.terminals?.delete(this.index);
  }

  /** Its session leader ended: the foreground group is told, open slave files are dead, the terminal is free for another session. */
  sessionEnded(): void {
    const { foreground } = this;
    this.disconnect();
    if (foreground > 0) sendToGroup(this.kernel, foreground, SIGHUP);
  }

  private disconnect(): void {
    this.hangUps++;
    this.session = undefined;
    this.foreground = 0;
    this.readable.wake();
    this.writable.wake();
  }

  private outputMade(): void {
    if (this.output.ring.length === 0) return;
    this.masterReadable.wake();
    this.onOutput?.();
  }
}
