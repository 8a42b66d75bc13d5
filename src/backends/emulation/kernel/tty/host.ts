import { O_RDWR } from '../../vfs/types.ts';
import type { OpenFile, Tty } from '../types.ts';
import { TtyFile } from './slave.ts';
import type { Terminal } from './terminal.ts';

/** The master side as the host has it: output is pushed as it comes, input goes through the line discipline. */
export class HostTty implements Tty {
  readonly terminal: Terminal;
  private listener: ((bytes: Uint8Array) => boolean) | undefined;
  private flowing = true;
  private refused = false;

  constructor(terminal: Terminal) {
    this.terminal = terminal;
    terminal.onOutput = () => this.flush();
    terminal.onInputRoom = () => this.tellRoom();
  }

  get index(): number {
    return this.terminal.index;
  }

  openSlave(flags: number = O_RDWR): OpenFile {
    return new TtyFile(this.terminal, flags);
  }

  input(bytes: Uint8Array): number {
    const taken = this.terminal.receive(bytes);
    this.refused = taken < bytes.length;
    return taken;
  }

  onOutput(listener: (bytes: Uint8Array) => boolean): void {
    this.listener = listener;
    this.flush();
  }

  drained(): void {
    this.flowing = true;
    this.flush();
  }

  private roomListener: (() => void) | undefined;

  onInputRoom(listener: () => void): void {
    this.roomListener = listener;
  }

  resize(columns: number, rows: number): void {
    this.terminal.resize({ rows, columns, xPixels: 0, yPixels: 0 });
  }

  hangUp(): void {
    this.terminal.hangUp();
  }

  private flush(): void {
    const { ring } = this.terminal.output;
    while (this.listener !== undefined && this.flowing && ring.length > 0) {
      const bytes = new Uint8Array(ring.length);
      ring.take(bytes);
      this.flowing = this.listener(bytes);
      this.terminal.outputTaken();
    }
  }

  /** Only when `input` had to refuse something. */
  private tellRoom(): void {
    if (!this.refused) return;
    this.refused = false;
    this.roomListener?.();
  }
}
