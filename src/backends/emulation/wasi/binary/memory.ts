/**
 * The module's own memory becomes an imported one. memory.grow cannot be intercepted, so a limit is enforced by the maximum of
 * the Memory object; with an imported memory one compiled module serves every limit, and a forked child gets its size at once.
 */
import { BadModule, Reader, readSections, rewriteSections, SECTION, Writer, type Section } from './bytes.ts';
import { readImports, type ImportEntry } from './imports.ts';

export interface MemoryImport {
  readonly module: string;
  readonly name: string;
  /** Pages of 64 KiB. */
  readonly initial: number;
  readonly maximum: number | undefined;
  readonly shared: boolean;
}

export interface WithImportedMemory {
  readonly bytes: Uint8Array;
  /** undefined: the module has no memory. */
  readonly memory: MemoryImport | undefined;
}

const OURS = { module: 'tsrun', name: 'memory' };
const KIND_MEMORY = 2;
const MAX_PAGES = 65536;
const HAS_MAXIMUM = 1;
const IS_SHARED = 2;

/** shared: the memory is to be one that two threads see. To the module that makes no difference. */
export function importMemory(bytes: Uint8Array, shared = false): WithImportedMemory {
  const sections = readSections(bytes);
  const importSection = sections.find((section) => section.id === SECTION.IMPORT);
  const imports = importSection === undefined ? [] : readImports(bytes, importSection);
  const already = imports.find((entry) => entry.kind === KIND_MEMORY);
  if (already !== undefined) {
    const reader = new Reader(bytes, already.typeAt);
    const limits = readLimits(reader);
    const memory = { module: already.module, name: already.name, ...limits, shared };
    if (!shared || importSection === undefined) return { bytes, memory };
    const { start, end } = importSection;
    const content = new Writer().raw(bytes, start, already.typeAt);
    writeLimits(content, limits, shared).raw(bytes, reader.at, end);
    return { bytes: rewriteSections(bytes, sections, new Map([[SECTION.IMPORT, content]])).take(), memory };
  }
  const section = sections.find(({ id }) => id === SECTION.MEMORY);
  if (section === undefined) return { bytes, memory: undefined };
  const reader = new Reader(bytes, section.start, section.end);
  const count = reader.u32();
  if (count === 0) return { bytes, memory: undefined };
  if (count > 1) throw new BadModule('more than one memory');
  const limits = readLimits(reader);
  const changed = new Map([
    [SECTION.MEMORY, undefined],
    [SECTION.IMPORT, withMemory(bytes, importSection, imports, { initial: limits.initial, maximum: undefined }, shared)],
  ]);
  return { bytes: rewriteSections(bytes, sections, changed).take(), memory: { ...OURS, ...limits, shared } };
}

interface Limits {
  readonly initial: number;
  readonly maximum: number | undefined;
}

function readLimits(reader: Reader): Limits {
  const flags = reader.byte();
  if (flags & IS_SHARED) throw new BadModule('shared memory (threads)');
  if (flags & 4) throw new BadModule('64-bit memory');
  const initial = reader.u32();
  return { initial, maximum: flags & HAS_MAXIMUM ? reader.u32() : undefined };
}

/** Any Memory of at least this size fits when there is no maximum, and its own maximum holds; a shared one must have one. */
function writeLimits(writer: Writer, { initial, maximum }: Limits, shared: boolean): Writer {
  if (shared)
    return writer
      .byte(HAS_MAXIMUM | IS_SHARED)
      .u32(initial)
      .u32(maximum ?? MAX_PAGES);
  return maximum === undefined ? writer.byte(0).u32(initial) : writer.byte(HAS_MAXIMUM).u32(initial).u32(maximum);
}

function withMemory(
  bytes: Uint8Array,
  section: Section | undefined,
  imports: readonly ImportEntry[],
  limits: Limits,
  shared: boolean,
): Writer {
  const writer = new Writer().u32(imports.length + 1);
  if (section !== undefined) {
    const reader = new Reader(bytes, section.start, section.end);
    reader.u32();
    writer.raw(bytes, reader.at, section.end);
  }
  return writeLimits(writer.name(OURS.module).name(OURS.name).byte(KIND_MEMORY), limits, shared);
}
