/** Whether an instance of a module can be made as new by what is reachable from outside: its memory and its exported globals. */
import { BadModule, Reader, readSections, SECTION, type Section } from './bytes.ts';
import { skipValueType } from './imports.ts';
import { walkExpression } from './instructions.ts';

/** Asyncify's own globals, which it does not export: its state, which asyncify_get_state tells, and its data, set before it is used. */
const HIDDEN_GLOBALS = 2;
const KIND_GLOBAL = 3;

/**
 * Of a module that Asyncify instrumented: no code runs when it is instantiated, no instruction changes a table or drops a segment,
 * and the only mutable globals that are not exported are Asyncify's.
 */
export function isResettable(bytes: Uint8Array): boolean {
  try {
    const sections = readSections(bytes);
    const find = (id: number): Section | undefined => sections.find((section) => section.id === id);
    if (find(SECTION.START) !== undefined) return false;
    const exported = exportedGlobals(bytes, find(SECTION.EXPORT));
    if (mutableGlobals(bytes, find(SECTION.GLOBAL)).filter((index) => !exported.has(index)).length !== HIDDEN_GLOBALS) return false;
    return !changesTables(bytes, find(SECTION.CODE));
  } catch (error) {
    if (error instanceof BadModule) return false; // it has instructions that we do not know
    throw error;
  }
}

/** Indices; a module with an imported global does not get this far (prepare.ts). */
function mutableGlobals(bytes: Uint8Array, section: Section | undefined): number[] {
  const mutable: number[] = [];
  if (section === undefined) return mutable;
  const reader = new Reader(bytes, section.start, section.end);
  const count = reader.u32();
  for (let index = 0; index < count; index++) {
    skipValueType(reader);
    if (reader.byte() === 1) mutable.push(index);
    walkExpression(reader, { loop: () => undefined, functionIndex: () => undefined });
  }
  return mutable;
}

function exportedGlobals(bytes: Uint8Array, section: Section | undefined): Set<number> {
  const indices = new Set<number>();
  if (section === undefined) return indices;
  const reader = new Reader(bytes, section.start, section.end);
  for (let count = reader.u32(); count > 0; count--) {
    reader.name();
    const kind = reader.byte();
    const index = reader.u32();
    if (kind === KIND_GLOBAL) indices.add(index);
  }
  return indices;
}

function changesTables(bytes: Uint8Array, section: Section | undefined): boolean {
  if (section === undefined) return false;
  const reader = new Reader(bytes, section.start, section.end);
  let changes = 0;
  const visitor = { loop: () => undefined, functionIndex: () => undefined, tableOrSegment: () => void changes++ };
  for (let count = reader.u32(); count > 0; count--) {
    const size = reader.u32();
    const end = reader.at + size;
    for (let groups = reader.u32(); groups > 0; groups--) {
      reader.skipLeb();
      skipValueType(reader);
    }
    walkExpression(reader, visitor);
    if (reader.at !== end) throw new BadModule('a function body of the wrong size');
  }
  return changes > 0;
}
