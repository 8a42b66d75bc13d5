/** The import section, entry by entry. */
import { BadModule, Reader, type Section } from './bytes.ts';

export interface ImportEntry {
  readonly module: string;
  readonly name: string;
  /** 0 function, 1 table, 2 memory, 3 global, 4 tag. */
  readonly kind: number;
  /** Offset of the type description in the module. */
  readonly typeAt: number;
}

export function readImports(bytes: Uint8Array, section: Section): ImportEntry[] {
  const reader = new Reader(bytes, section.start, section.end);
  const count = reader.u32();
  const entries: ImportEntry[] = [];
  for (let index = 0; index < count; index++) {
    const module = reader.name();
    const name = reader.name();
    const kind = reader.byte();
    entries.push({ module, name, kind, typeAt: reader.at });
    skipType(reader, kind);
  }
  return entries;
}

function skipType(reader: Reader, kind: number): void {
  switch (kind) {
    case 0:
      reader.u32();
      return;
    case 1:
      skipReferenceType(reader);
      skipLimits(reader);
      return;
    case 2:
      skipLimits(reader);
      return;
    case 3:
      skipValueType(reader);
      reader.byte();
      return;
    case 4:
      reader.byte();
      reader.u32();
      return;
    default:
      throw new BadModule(`import of unknown kind ${kind}`);
  }
}

function skipLimits(reader: Reader): void {
  const flags = reader.byte();
  reader.skipLeb();
  if (flags & 1) reader.skipLeb();
}

/** `(ref null? heaptype)` has a heap type behind it. */
export function skipValueType(reader: Reader): void {
  const type = reader.byte();
  if (type === 0x63 || type === 0x64) reader.skipLeb();
}

const skipReferenceType = skipValueType;
