/** What a terminal of today shows for the bytes it gets: enough of ECMA-48 for a line editor and a full-screen program. */

/** East Asian wide characters and emoji that the tests use; the rest is narrow, combining accents have no width. */
function widthOf(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  if (code >= 0x300 && code <= 0x36f) return 0;
  return (code >= 0x1100 && code <= 0x115f) || (code >= 0x2e80 && code <= 0xa4cf) || (code >= 0xac00 && code <= 0xd7a3) || code >= 0x1f300
    ? 2
    : 1;
}

export class ScreenModel {
  columns: number;
  private readonly height: number;
  private cells: string[][] = [[]];
  private row = 0;
  private column = 0;
  /** The last column has been written: the next character goes to the next row. */
  private wrapped = false;
  private unfinished = '';
  /** How often the bell rang. */
  bells = 0;

  constructor(columns: number, height = 24) {
    this.columns = columns;
    this.height = height;
  }

  /** The rows without blanks at their ends, nor empty rows at the end. */
  get rows(): string[] {
    const rows = this.cells.map((row) =>
      Array.from(row, (cell) => cell ?? ' ')
        .join('')
        .trimEnd(),
    );
    while (rows.length > 0 && rows.at(-1) === '') rows.pop();
    return rows;
  }

  /** Row and column, from 0. */
  get cursor(): readonly [row: number, column: number] {
    return this.wrapped ? [this.row, this.columns] : [this.row, this.column];
  }

  write(text: string): void {
    const all = this.unfinished + text;
    this.unfinished = '';
    // oxlint-disable-next-line no-control-regex -- they are what it looks for
    const pattern = /\u{1b}(?:\[([?\d;]*)([@-~])|\][^\u{7}]*\u{7}|[()][A-Z0-9]|[^[\]()])|[\u{0}-\u{1f}]|./suy;
    while (pattern.lastIndex < all.length) {
      const from = pattern.lastIndex;
      const found = pattern.exec(all);
      if (found === null || (found[0] === '\u{1b}' && found[2] === undefined)) {
        this.unfinished = all.slice(from);
        return;
      }
      if (found[2] !== undefined) this.control(found[2], found[1] ?? '');
      else if (!found[0].startsWith('\u{1b}')) this.put(found[0]);
    }
  }

  private put(character: string): void {
    switch (character) {
      case '\r':
        this.move(this.row, 0);
        return;
      case '\n':
        this.down();
        return;
      case '\b':
        this.move(this.row, Math.max(0, this.column - 1));
        return;
      case '\t':
        this.move(this.row, (Math.floor(this.column / 8) + 1) * 8);
        return;
      case '\u{7}':
        this.bells++;
        return;
      default:
    }
    const width = widthOf(character);
    if (width === 0) {
      const row = this.cells[this.row] as string[];
      const at = this.wrapped ? this.column : this.column - 1;
      row[at] = (row[at] ?? ' ') + character;
      return;
    }
    if (this.wrapped || this.column + width > this.columns) {
      this.down();
      this.column = 0;
    }
    const row = this.cells[this.row] as string[];
    while (row.length < this.column) row.push(' ');
    row[this.column] = character;
    if (width === 2) row[this.column + 1] = '';
    this.wrapped = this.column + width === this.columns;
    this.column = this.wrapped ? this.columns - 1 : this.column + width;
  }

  private down(): void {
    this.wrapped = false;
    this.row++;
    if (this.row === this.cells.length) this.cells.push([]);
  }

  /** Row of the cells where the window begins: rows above have scrolled away. */
  private get top(): number {
    return Math.max(0, this.cells.length - this.height);
  }

  private move(row: number, column: number): void {
    this.wrapped = false;
    this.row = Math.max(this.top, Math.min(row, this.top + this.height - 1));
    while (this.cells.length <= this.row) this.cells.push([]);
    this.column = Math.max(0, Math.min(column, this.columns - 1));
  }

  private control(final: string, parameters: string): void {
    const [first = 0, second = 0] = parameters.split(';').map(Number);
    const count = Math.max(1, first);
    const row = this.cells[this.row] as string[];
    switch (final) {
      case 'A':
        this.move(this.row - count, this.column);
        break;
      case 'B':
        this.move(this.row + count, this.column);
        break;
      case 'C':
        this.move(this.row, this.column + count);
        break;
      case 'D':
        this.move(this.row, this.column - count);
        break;
      case 'H':
        this.move(this.top + count - 1, Math.max(1, second) - 1);
        break;
      case 'K':
        row.length = Math.min(row.length, this.column);
        break;
      case 'J':
        if (first === 2) {
          for (const one of this.cells.slice(this.top)) one.length = 0;
        } else {
          row.length = Math.min(row.length, this.column);
          this.cells.length = this.row + 1;
        }
        break;
      default:
    }
  }
}
