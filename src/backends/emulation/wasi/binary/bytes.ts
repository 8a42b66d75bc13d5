/** Reading and writing the pieces of a WebAssembly binary: LEB128, names, sections. */

/** The binary is not well-formed (or uses what this code does not know). */
export class BadModule extends Error {
  override readonly name = 'BadModule';
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const encoder = new TextEncoder();

export class Reader {
  readonly bytes: Uint8Array;
  at: number;
  readonly end: number;
  constructor(bytes: Uint8Array, at = 0, end: number = bytes.length) {
    this.bytes = bytes;
    this.at = at;
    this.end = end;
  }
  get done(): boolean {
    return this.at >= this.end;
  }
  byte(): number {
    if (this.at >= this.end) throw new BadModule('unexpected end');
    return this.bytes[this.at++] as number;
  }
  u32(): number {
    let result = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.byte();
      result += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return result;
    }
    throw new BadModule('LEB128 number is too long');
  }
  /** Any LEB128 number, its value unused. */
  skipLeb(): void {
    for (let length = 0; length < 10; length++) if (this.byte() < 0x80) return;
    throw new BadModule('LEB128 number is too long');
  }
  skip(length: number): void {
    if (this.at + length > this.end) throw new BadModule('unexpected end');
    this.at += length;
  }
  name(): string {
    const length = this.u32();
    const start = this.at;
    this.skip(length);
    try {
      return decoder.decode(this.bytes.subarray(start, start + length));
    } catch {
      throw new BadModule('a name that is no UTF-8');
    }
  }
}

export class Writer {
  private buffer: Uint8Array;
  length = 0;
  constructor(capacity = 256) {
    this.buffer = new Uint8Array(capacity);
  }
  private room(more: number): void {
    if (this.length + more <= this.buffer.length) return;
    const larger = new Uint8Array(Math.max(this.buffer.length * 2, this.length + more));
    larger.set(this.buffer.subarray(0, this.length));
    this.buffer = larger;
  }
  byte(value: number): this {
    this.room(1);
    this.buffer[this.length++] = value;
    return this;
  }
  u32(value: number): this {
    this.room(5);
    let rest = value;
    for (; rest >= 0x80; rest = Math.floor(rest / 128)) this.buffer[this.length++] = (rest & 0x7f) | 0x80;
    this.buffer[this.length++] = rest;
    return this;
  }
  raw(bytes: Uint8Array, from = 0, to: number = bytes.length): this {
    this.room(to - from);
    // A loop beats subarray and set for the short runs between two patches.
    if (to - from < 32) for (let at = from; at < to; at++) this.buffer[this.length++] = bytes[at] as number;
    else {
      this.buffer.set(bytes.subarray(from, to), this.length);
      this.length += to - from;
    }
    return this;
  }
  name(text: string): this {
    const bytes = encoder.encode(text);
    return this.u32(bytes.length).raw(bytes);
  }
  /** A section (or anything with a length before it). */
  sized(content: Writer): this {
    return this.u32(content.length).raw(content.buffer, 0, content.length);
  }
  take(): Uint8Array {
    return this.buffer.slice(0, this.length);
  }
}

export const SECTION = {
  CUSTOM: 0,
  TYPE: 1,
  IMPORT: 2,
  FUNCTION: 3,
  TABLE: 4,
  MEMORY: 5,
  GLOBAL: 6,
  EXPORT: 7,
  START: 8,
  ELEMENT: 9,
  CODE: 10,
  DATA: 11,
  DATA_COUNT: 12,
  TAG: 13,
} as const;

export interface Section {
  readonly id: number;
  /** Of the content, in the module. */
  readonly start: number;
  readonly end: number;
  /** Custom sections only. */
  readonly name: string | undefined;
}

const HEADER = 8;
export const MAGIC = [0x00, 0x61, 0x73, 0x6d];

export function readSections(bytes: Uint8Array): Section[] {
  if (MAGIC.some((byte, index) => bytes[index] !== byte)) throw new BadModule('not a WebAssembly module');
  const sections: Section[] = [];
  for (const reader = new Reader(bytes, HEADER); !reader.done;) {
    const id = reader.byte();
    const length = reader.u32();
    const start = reader.at;
    reader.skip(length);
    const name = id === SECTION.CUSTOM ? new Reader(bytes, start, reader.at).name() : undefined;
    sections.push({ id, start, end: reader.at, name });
  }
  return sections;
}

/** Where a section stands in the order that the specification asks for. */
const ORDER = [0, 1, 2, 3, 4, 5, 13, 6, 7, 8, 9, 12, 10, 11];

export type NewSections = ReadonlyMap<number, Writer | undefined>;

/**
 * The module with some sections replaced (undefined: left out) or added at their place. Custom sections stay where they are
 * unless `keepCustom` refuses them.
 */
export function rewriteSections(
  bytes: Uint8Array,
  sections: readonly Section[],
  replaced: NewSections,
  keepCustom: (name: string) => boolean = () => true,
): Writer {
  const out = new Writer(bytes.length + 4096).raw(bytes, 0, HEADER);
  const waiting = new Map(replaced);
  const flush = (before: number): void => {
    for (const id of ORDER) {
      if (id !== SECTION.CUSTOM && ORDER.indexOf(id) < before && waiting.has(id)) {
        const content = waiting.get(id);
        waiting.delete(id);
        if (content !== undefined) out.byte(id).sized(content);
      }
    }
  };
  for (const section of sections) {
    if (section.id === SECTION.CUSTOM) {
      if (keepCustom(section.name ?? '')) copySection(out, bytes, section);
      continue;
    }
    flush(ORDER.indexOf(section.id));
    if (!replaced.has(section.id)) copySection(out, bytes, section);
    else if (waiting.has(section.id)) flush(ORDER.indexOf(section.id) + 1);
  }
  flush(ORDER.length);
  return out;
}

function copySection(out: Writer, bytes: Uint8Array, section: Section): void {
  out
    .byte(section.id)
    .u32(section.end - section.start)
    .raw(bytes, section.start, section.end);
}
