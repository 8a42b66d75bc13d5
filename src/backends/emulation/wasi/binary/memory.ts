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
}

export interface WithImportedMemory {
  readonly bytes: Uint8Array;
  /** undefined: the module has no memory. */
  readonly memory: MemoryImport | undefined;
}

const OURS = { module: 'tsrun', name: 'memory' };
const KIND_MEMORY = 2;

export function importMemory(bytes: Uint8Array): WithImportedMemory {
  const sections = readSections(bytes);
  const importSection = sections.find((section) => section.id === SECTION.IMPORT);
  const imports = importSection === undefined ? [] : readImports(bytes, importSection);
  const already = imports.find((entry) => entry.kind === KIND_MEMORY);
  if (already !== undefined) {
    const limits = readLimits(new Reader(bytes, already.typeAt));
    return { bytes, memory: { module: already.module, name: already.name, ...limits } };
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
    [SECTION.IMPORT, withMemory(bytes, importSection, imports, limits.initial)],
  ]);
  return { bytes: rewriteSections(bytes, sections, changed).take(), memory: { ...OURS, ...limits } };
}

function readLimits(reader: Reader): { initial: number; maximum: number | undefined } {
  const flags = reader.byte();
  if (flags & 2) throw new BadModule('shared memory (threads)');
  if (flags & 4) throw new BadModule('64-bit memory');
  const initial = reader.u32();
  return { initial, maximum: flags & 1 ? reader.u32() : undefined };
}

function withMemory(bytes: Uint8Array, section: Section | undefined, imports: readonly ImportEntry[], initial: number): Writer {
  const writer = new Writer().u32(imports.length + 1);
  if (section !== undefined) {
    const reader = new Reader(bytes, section.start, section.end);
    reader.u32();
    writer.raw(bytes, reader.at, section.end);
  }
  // No maximum here: any Memory of at least this size fits, and its own maximum holds.
  return writer.name(OURS.module).name(OURS.name).byte(KIND_MEMORY).byte(0).u32(initial);
}
