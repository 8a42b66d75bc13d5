/** Types of imported functions. */
import { BadModule, Reader, readSections, SECTION } from './bytes.ts';
import { readImports, skipValueType } from './imports.ts';

/** Parameters and results by the letter: i (i32), I (i64), f, F, and ? for all else; e.g. `iI:i`. */
export type Signature = string;

const LETTERS = new Map([
  [0x7f, 'i'],
  [0x7e, 'I'],
  [0x7d, 'f'],
  [0x7c, 'F'],
]);

/** By `module.name`; `?` where that is imported with several types: only one function can be bound to it. */
export function importedSignatures(bytes: Uint8Array): Map<string, Signature> {
  const sections = readSections(bytes);
  const section = sections.find(({ id }) => id === SECTION.IMPORT);
  const signatures = new Map<string, Signature>();
  if (section === undefined) return signatures;
  const functions = readImports(bytes, section).filter(({ kind }) => kind === 0);
  if (functions.length === 0) return signatures;
  const types = sections.find(({ id }) => id === SECTION.TYPE);
  const known = types === undefined ? [] : readTypes(new Reader(bytes, types.start, types.end));
  for (const { module, name, typeAt } of functions) {
    const signature = known[new Reader(bytes, typeAt).u32()];
    if (signature === undefined) throw new BadModule('an import of an unknown type');
    const key = `${module}.${name}`;
    signatures.set(key, (signatures.get(key) ?? signature) === signature ? signature : '?');
  }
  return signatures;
}

export function readTypes(reader: Reader): Signature[] {
  const signatures: Signature[] = [];
  for (let count = reader.u32(); count > 0; count--) {
    if (reader.byte() !== 0x60) throw new BadModule('a type that is no plain function type');
    signatures.push(`${values(reader)}:${values(reader)}`);
  }
  return signatures;
}

function values(reader: Reader): string {
  let text = '';
  for (let count = reader.u32(); count > 0; count--) {
    text += LETTERS.get(reader.bytes[reader.at] as number) ?? '?';
    skipValueType(reader);
  }
  return text;
}
