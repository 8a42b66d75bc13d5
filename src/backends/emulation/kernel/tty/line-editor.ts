import { ECHOCTL, IUTF8, type Termios } from './termios.ts';

const TAB = 9;
const DELETE = 127;

/** The line that is being typed in canonical mode, and what its characters look like on the screen. */
export class LineEditor {
  bytes: number[] = [];
  /** Column at which the line began. */
  private start = 0;

  push(byte: number, column: number): void {
    if (this.bytes.length === 0) this.start = column;
    this.bytes.push(byte);
  }

  /** Removes the last character. Gives the bytes that erase it on the screen, undefined when there is none. */
  erase(termios: Termios): readonly number[] | undefined {
    const last = this.bytes.length - 1;
    if (last < 0) return undefined;
    const from = this.lastCharacter(termios);
    const before = this.columnAt(from, termios);
    const columns = this.columnAt(last + 1, termios) - before;
    const tab = this.bytes[last] === TAB;
    this.bytes.length = from;
    return Array.from({ length: columns }, () => (tab ? [8] : [8, 32, 8])).flat();
  }

  /** As Linux: back over what is no word, then over letters, digits and `_`. */
  eraseWord(termios: Termios): readonly number[] {
    const erased: number[] = [];
    for (let seen = false; this.bytes.length > 0;) {
      const word = isWord(this.bytes[this.lastCharacter(termios)] as number);
      if (seen && !word) break;
      seen ||= word;
      erased.push(...(this.erase(termios) ?? []));
    }
    return erased;
  }

  eraseAll(termios: Termios): readonly number[] {
    const erased: number[] = [];
    while (this.bytes.length > 0) erased.push(...(this.erase(termios) ?? []));
    return erased;
  }

  /** Where the last character begins; a UTF-8 sequence is one with IUTF8. */
  private lastCharacter({ iflag }: Termios): number {
    let from = this.bytes.length - 1;
    if ((iflag & IUTF8) !== 0) while (from > 0 && isContinuation(this.bytes[from] as number)) from--;
    return from;
  }

  private columnAt(end: number, termios: Termios): number {
    let column = this.start;
    for (let index = 0; index < end; index++) column += width(this.bytes[index] as number, column, termios);
    return column;
  }
}

export const isControl = (byte: number): boolean => byte < 32 || byte === DELETE;

/** A character as it is echoed: ^X for control characters with ECHOCTL. */
export function echoed(byte: number, { lflag }: Termios): readonly number[] {
  return isControl(byte) && byte !== TAB && (lflag & ECHOCTL) !== 0 ? [94, byte ^ 0x40] : [byte];
}

function width(byte: number, column: number, { iflag, lflag }: Termios): number {
  if (byte === TAB) return 8 - (column % 8);
  if (isControl(byte)) return (lflag & ECHOCTL) === 0 ? 0 : 2;
  return (iflag & IUTF8) !== 0 && isContinuation(byte) ? 0 : 1;
}

const isContinuation = (byte: number): boolean => (byte & 0xc0) === 0x80;

/** The kernel's isalnum() knows Latin-1: 192 to 255 are letters but for the signs of multiplication and division. */
function isWord(byte: number): boolean {
  if (byte >= 192) return byte !== 215 && byte !== 247;
  return (byte >= 48 && byte <= 57) || (byte >= 65 && byte <= 90) || (byte >= 97 && byte <= 122) || byte === 95;
}
