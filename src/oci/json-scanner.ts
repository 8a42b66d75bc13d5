import { jsonPointer } from './pointer.ts';

/** A syntax error with its place. line and column count from 1, the column in UTF-16 units. */
export class JsonError extends Error {
  static {
    this.prototype.name = 'JsonError';
  }
  /** The message without the pointer. */
  readonly placedMessage: string;
  readonly pointer: string;
  readonly line: number;
  readonly column: number;
  constructor(message: string, pointer: string, line: number, column: number) {
    const placed = `${message} at line ${line}, column ${column}`;
    super(pointer === '' ? placed : `${placed} (${pointer})`);
    this.placedMessage = placed;
    this.pointer = pointer;
    this.line = line;
    this.column = column;
  }
}

/** Objects and lists within each other; the deepest legal config has 8. */
export const MAX_DEPTH = 64;

/** Line and column, both from 1, of an offset. */
export function place(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') };
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
export const BOM = 0xfeff;

const ZERO = 0x30;
const NINE = 0x39;
/** Up to 15 digits a double is exact. */
const EXACT_DIGITS = 15;

/** Regular expressions are for the rare forms only: compiling and running them costs a cold process milliseconds. */
const ESCAPED = /"[^"\\]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\]*)*"/y;
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
// oxlint-disable-next-line no-control-regex -- JSON forbids exactly these in strings
const CONTROL = /[\u0000-\u001f]/;

/** Checks a whole text against the grammar and throws JsonError at the first fault. */
export class Scanner {
  readonly rounded: { pointer: string; text: string }[] = [];
  private readonly text: string;
  private at = 0;
  private readonly path: (string | number)[] = [];
  /** No control character at all, as in compact files: strings need not be looked through for one. */
  private readonly noControls: boolean;
  /** The first backslash at or after the last string looked at. */
  private backslash = -1;
  constructor(text: string) {
    this.text = text;
    this.noControls = !CONTROL.test(text);
  }

  document(): void {
    if (this.text.charCodeAt(0) === BOM) this.fail('a byte order mark is not JSON');
    this.value();
    this.space();
    if (this.at < this.text.length) this.fail('unexpected data after the end of the document');
  }

  private value(): void {
    this.space();
    const code = this.text.charCodeAt(this.at);
    if (code === QUOTE) this.string(false);
    else if (code === OPEN_OBJECT) this.object();
    else if (code === OPEN_LIST) this.list();
    else if (code === 0x2d || (code >= 0x30 && code <= 0x39)) this.number();
    else if (!this.literal('true') && !this.literal('false') && !this.literal('null')) this.unexpected('a value');
  }

  private object(): void {
    this.enter();
    const names = new Set<string>();
    this.at++;
    this.space();
    if (this.next(CLOSE_OBJECT)) return;
    for (;;) {
      this.space();
      if (this.text.charCodeAt(this.at) !== QUOTE) this.unexpected('a property name in double quotes');
      const start = this.at;
      const name = this.string(true);
      if (names.has(name)) this.fail(`duplicate name ${JSON.stringify(name)}`, start);
      names.add(name);
      this.space();
      if (!this.next(COLON)) this.unexpected('":"');
      this.path.push(name);
      this.value();
      this.path.pop();
      this.space();
      if (this.next(CLOSE_OBJECT)) return;
      if (!this.next(COMMA)) this.unexpected('"," or "}"');
    }
  }

  private list(): void {
    this.enter();
    this.at++;
    this.space();
    if (this.next(CLOSE_LIST)) return;
    for (let index = 0; ; index++) {
      this.path.push(index);
      this.value();
      this.path.pop();
      this.space();
      if (this.next(CLOSE_LIST)) return;
      if (!this.next(COMMA)) this.unexpected('"," or "]"');
    }
  }

  /** The value is made where it is asked for (names), or where it needs a look (escapes); else ''. */
  private string(wanted: boolean): string {
    const start = this.at;
    const end = this.text.indexOf('"', start + 1);
    if (this.backslash < start) {
      const next = this.text.indexOf('\\', start);
      this.backslash = next < 0 ? Infinity : next;
    }
    const escaped = this.backslash < end;
    if (end < 0 || escaped) {
      if (this.match(ESCAPED) === undefined) this.fail('invalid string (unfinished, or with an unknown escape)');
    } else this.at = end + 1;
    if (!this.noControls && CONTROL.test(this.text.slice(start, this.at))) this.fail('a control character in a string');
    if (!escaped) return wanted ? this.text.slice(start + 1, end) : '';
    const value: string = JSON.parse(this.text.slice(start, this.at));
    // Strings end up in C and in UTF-8: neither has these.
    if (value.includes('\0')) this.fail('a string with a NUL character', start);
    if (/\p{Surrogate}/u.test(value)) this.fail('a string with half a surrogate pair', start);
    return value;
  }

  private literal(word: string): boolean {
    if (!this.text.startsWith(word, this.at)) return false;
    this.at += word.length;
    return true;
  }

  private number(): void {
    if (this.smallInteger()) return;
    const text = this.match(NUMBER);
    if (text === undefined) this.unexpected('a number');
    const value = Number(text);
    if (!Number.isFinite(value)) this.fail(`number ${text} is out of range`, this.at - text.length);
    if (Number.isInteger(value) && (/[.eE]/.test(text) || BigInt(text) === BigInt(value))) return;
    if (!Number.isInteger(value) && /[.eE]/.test(text)) return;
    this.rounded.push({ pointer: jsonPointer(this.path), text });
  }

  /** Most numbers: digits, not many, and no leading zero. */
  private smallInteger(): boolean {
    let end = this.at;
    let code = this.text.charCodeAt(end);
    const zero = code === ZERO;
    while (code >= ZERO && code <= NINE) code = this.text.charCodeAt(++end);
    const length = end - this.at;
    if (length === 0 || length > EXACT_DIGITS || (zero && length > 1) || code === 0x2e || code === 0x65 || code === 0x45) return false;
    this.at = end;
    return true;
  }

  private space(): void {
    for (;;) {
      const code = this.text.charCodeAt(this.at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x09 && code !== 0x0d) return;
      this.at++;
    }
  }

  private next(code: number): boolean {
    if (this.text.charCodeAt(this.at) !== code) return false;
    this.at++;
    return true;
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.at += found.length;
    return found;
  }

  private enter(): void {
    // Called once for each open object or list; the path is as deep as they are.
    if (this.path.length >= MAX_DEPTH) this.fail(`nested deeper than ${MAX_DEPTH} levels`);
  }

  private unexpected(wanted: string): never {
    if (this.at >= this.text.length) this.fail(`expected ${wanted}, found the end of the file`);
    const found = String.fromCodePoint(this.text.codePointAt(this.at) ?? 0);
    this.fail(`expected ${wanted}, found ${JSON.stringify(found)}`);
  }

  private fail(message: string, at = this.at): never {
    const { line, column } = place(this.text, at);
    throw new JsonError(message, jsonPointer(this.path), line, column);
  }
}
