import { ByteRing } from '../files/ring.ts';
import { OCRNL, ONLCR, ONLRET, ONOCR, OPOST, TABDLY, type Termios, XTABS } from './termios.ts';

const CAPACITY = 65536;
const TAB = 9;
const NL = 10;
const CR = 13;
const BACKSPACE = 8;
const LONGEST = 8;
/** ECHO_BUF_SIZE. */
const HELD_MAX = 4096;

/** Output of a terminal on its way to the screen: OPOST processing into a bounded buffer, with the column it is at. */
export class TerminalOutput {
  readonly ring = new ByteRing(CAPACITY);
  column = 0;
  /** ^S: nothing passes until ^Q. */
  stopped = false;
  private held: number[] = [];

  get room(): number {
    return this.stopped ? 0 : this.ring.room;
  }

  /** Bytes taken: fewer than given when the buffer is full. */
  write(bytes: Uint8Array, termios: Termios): number {
    if (this.stopped) return 0;
    if ((termios.oflag & OPOST) === 0) return this.ring.put(bytes);
    let taken = 0;
    while (taken < bytes.length && this.ring.room >= LONGEST) {
      const plain = this.plainRun(bytes, taken);
      if (plain > 0) {
        const count = this.ring.put(bytes.subarray(taken, taken + plain));
        this.column += count;
        taken += count;
      } else this.control(bytes[taken++] as number, termios);
    }
    return taken;
  }

  /** Echo waits while output is stopped; what finds no room is lost, as in Linux. */
  echo(bytes: readonly number[], termios: Termios): void {
    if (!this.stopped) this.write(Uint8Array.from(bytes), termios);
    else if (this.held.length + bytes.length <= HELD_MAX) this.held.push(...bytes);
  }

  resume(termios: Termios): void {
    const { held } = this;
    this.stopped = false;
    this.held = [];
    this.echo(held, termios);
  }

  /** TCOFLUSH, and what a signal character does. */
  flush(): void {
    this.ring.clear();
    this.held = [];
  }

  private plainRun(bytes: Uint8Array, from: number): number {
    let at = from;
    while (at < bytes.length && (bytes[at] as number) >= 32) at++;
    return at - from;
  }

  private control(byte: number, { oflag }: Termios): void {
    if (byte === NL) {
      const carriage = (oflag & ONLCR) !== 0;
      if (carriage || (oflag & ONLRET) !== 0) this.column = 0;
      this.put(carriage ? [CR, NL] : [NL]);
    } else if (byte === CR) {
      if ((oflag & ONOCR) !== 0 && this.column === 0) return;
      if ((oflag & OCRNL) !== 0) {
        if ((oflag & ONLRET) !== 0) this.column = 0;
        this.put([NL]);
        return;
      }
      this.column = 0;
      this.put([CR]);
    } else if (byte === TAB) {
      const spaces = LONGEST - (this.column % LONGEST);
      this.column += spaces;
      this.put((oflag & TABDLY) === XTABS ? Array.from({ length: spaces }, () => 32) : [TAB]);
    } else {
      if (byte === BACKSPACE && this.column > 0) this.column--;
      this.put([byte]);
    }
  }

  private put(bytes: readonly number[]): void {
    this.ring.put(Uint8Array.from(bytes));
  }
}
