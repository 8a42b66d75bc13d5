/** One imported function more: every function index from there on moves up by one, wherever indices are written. */
import { BadModule, Reader, SECTION, Writer, type Section } from './bytes.ts';
import { skipValueType } from './imports.ts';
import { walkExpression } from './instructions.ts';

export class Renumbering {
  private readonly bytes: Uint8Array;
  /** The first index that moves; Infinity: none does. */
  private readonly from: number;

  constructor(bytes: Uint8Array, from: number) {
    this.bytes = bytes;
    this.from = from;
  }

  moves(index: number): boolean {
    return index >= this.from;
  }

  of(index: number): number {
    return index >= this.from ? index + 1 : index;
  }

  /** The section's new content; undefined: as it is (or it is the code, which is rewritten elsewhere). */
  section(section: Section): Writer | undefined {
    if (this.from === Infinity) return undefined;
    const reader = new Reader(this.bytes, section.start, section.end);
    switch (section.id) {
      case SECTION.GLOBAL:
        return this.globals(reader);
      case SECTION.EXPORT:
        return this.exports(reader);
      case SECTION.START:
        return new Writer().u32(this.of(reader.u32()));
      case SECTION.ELEMENT:
        return this.elements(reader);
      default:
        return undefined;
    }
  }

  /** Copies an initialiser. */
  private expression(reader: Reader, out: Writer): void {
    let copied = reader.at;
    walkExpression(reader, {
      loop: () => undefined,
      functionIndex: ({ at }, start, index) => {
        out.raw(this.bytes, copied, start).u32(this.of(index));
        copied = at;
      },
    });
    out.raw(this.bytes, copied, reader.at);
  }

  private globals(reader: Reader): Writer {
    const count = reader.u32();
    const out = new Writer(reader.end - reader.at + 16).u32(count);
    for (let index = 0; index < count; index++) {
      const start = reader.at;
      skipValueType(reader);
      reader.byte();
      out.raw(this.bytes, start, reader.at);
      this.expression(reader, out);
    }
    return out;
  }

  private exports(reader: Reader): Writer {
    const count = reader.u32();
    const out = new Writer(reader.end - reader.at + 64).u32(count);
    for (let index = 0; index < count; index++) {
      out.name(reader.name());
      const kind = reader.byte();
      const target = reader.u32();
      out.byte(kind).u32(kind === 0 ? this.of(target) : target);
    }
    return out;
  }

  /** All eight forms of element segments. */
  private elements(reader: Reader): Writer {
    const count = reader.u32();
    const out = new Writer(reader.end - reader.at + 1024).u32(count);
    for (let segment = 0; segment < count; segment++) {
      const flags = reader.u32();
      if (flags > 7) throw new BadModule('unknown element segment');
      out.u32(flags);
      if ((flags & 1) === 0) {
        if (flags & 2) out.u32(reader.u32()); // table
        this.expression(reader, out);
      }
      const expressions = (flags & 4) !== 0;
      if ((flags & 3) !== 0) {
        const start = reader.at; // element kind or type
        if (expressions) skipValueType(reader);
        else reader.byte();
        out.raw(this.bytes, start, reader.at);
      }
      const length = reader.u32();
      out.u32(length);
      for (let item = 0; item < length; item++) {
        if (expressions) this.expression(reader, out);
        else out.u32(this.of(reader.u32()));
      }
    }
    return out;
  }

  /** The custom section `name` with moved function indices; undefined when there is none, or it is not to be understood. */
  names(sections: readonly Section[]): Writer | undefined {
    const section = sections.find(({ id, name }) => id === SECTION.CUSTOM && name === 'name');
    if (section === undefined) return undefined;
    const reader = new Reader(this.bytes, section.start, section.end);
    const out = new Writer(section.end - section.start + 1024).name(reader.name());
    try {
      while (!reader.done) {
        const kind = reader.byte();
        const size = reader.u32();
        const end = reader.at + size;
        out.byte(kind);
        // 1 functions, 2 locals, 3 labels
        const byFunction = kind >= 1 && kind <= 3;
        out.sized(byFunction ? this.nameMap(reader, kind > 1) : new Writer(size).raw(this.bytes, reader.at, end));
        reader.at = end;
      }
    } catch (error) {
      if (error instanceof BadModule) return undefined; // names are a convenience
      throw error;
    }
    return out;
  }

  /** Entries that begin with a function's index. nested: a map of names follows (locals, labels), else a name. */
  private nameMap(reader: Reader, nested: boolean): Writer {
    const count = reader.u32();
    const out = new Writer(4096).u32(count);
    for (let entry = 0; entry < count; entry++) {
      out.u32(this.of(reader.u32()));
      const start = reader.at;
      for (let names = nested ? reader.u32() : 1; names > 0; names--) {
        if (nested) reader.u32();
        reader.skip(reader.u32());
      }
      out.raw(this.bytes, start, reader.at);
    }
    return out;
  }
}
