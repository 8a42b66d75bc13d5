/**
 * Tables are memory of the host that no limit of a container counts: a module may not begin with very large ones, and each gets a
 * maximum at load, beyond which `table.grow` gives -1.
 */
import { BadModule, Reader, readSections, rewriteSections, SECTION, Writer } from './bytes.ts';
import { skipValueType } from './imports.ts';
import { walkExpression } from './instructions.ts';

/** Of all tables together, some ten bytes each. The largest C++ programs have some 100,000. */
const MAX_ENTRIES = 2 ** 20;
const MAX_TABLES = 16;
const HAS_MAXIMUM = 1;

interface Table {
  /** Offsets in the module: where the limits are. */
  readonly start: number;
  readonly end: number;
  readonly initial: number;
  readonly maximum: number | undefined;
}

/** The same bytes where nothing can grow too far, so that what is known by its digest stays known. Throws BadModule. */
export function limitTables(bytes: Uint8Array): Uint8Array {
  const sections = readSections(bytes);
  const section = sections.find(({ id }) => id === SECTION.TABLE);
  if (section === undefined) return bytes;
  const tables = readTables(new Reader(bytes, section.start, section.end));
  const initial = tables.reduce((sum, table) => sum + table.initial, 0);
  if (initial > MAX_ENTRIES) throw new BadModule(`tables of more than ${MAX_ENTRIES} entries`);
  const growing = tables.filter((table) => table.maximum === undefined || table.maximum > table.initial);
  // What is left is shared out, so that the largest each can be is together no more than all may have.
  const share = Math.floor((MAX_ENTRIES - initial) / growing.length);
  const tooLarge = growing.filter((table) => (table.maximum ?? Infinity) > table.initial + share);
  if (tooLarge.length === 0) return bytes;
  const content = new Writer(section.end - section.start + tooLarge.length * 5);
  let at = section.start;
  for (const table of tooLarge) {
    content
      .raw(bytes, at, table.start)
      .byte(HAS_MAXIMUM)
      .u32(table.initial)
      .u32(table.initial + share);
    at = table.end;
  }
  content.raw(bytes, at, section.end);
  return rewriteSections(bytes, sections, new Map([[SECTION.TABLE, content]])).take();
}

function readTables(reader: Reader): Table[] {
  const count = reader.u32();
  if (count > MAX_TABLES) throw new BadModule(`more than ${MAX_TABLES} tables`);
  return Array.from({ length: count }, () => {
    const initialised = reader.bytes[reader.at] === 0x40;
    if (initialised) reader.skip(2);
    skipValueType(reader);
    const start = reader.at;
    const flags = reader.byte();
    if ((flags & ~HAS_MAXIMUM) !== 0) throw new BadModule('a shared or 64-bit table');
    const initial = reader.u32();
    const maximum = (flags & HAS_MAXIMUM) === 0 ? undefined : reader.u32();
    const table = { start, end: reader.at, initial, maximum };
    if (initialised) walkExpression(reader, { loop: () => undefined, functionIndex: () => undefined });
    return table;
  });
}
