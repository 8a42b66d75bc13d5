/** Types of what a module exports: an engine may call and set only what it knows to have the right one (else: a TypeError in the host). */
import { BadModule, Reader, SECTION, type Section } from './bytes.ts';
import { readImports, skipValueType } from './imports.ts';
import { walkExpression } from './instructions.ts';
import { readTypes, type Signature } from './types.ts';

const KIND = { FUNCTION: 0, GLOBAL: 3 };
/** i32, i64, f32, f64. */
const NUMBERS = new Set([0x7f, 0x7e, 0x7d, 0x7c]);
const quiet = { loop: () => undefined, functionIndex: () => undefined };

interface ExportTypes {
  readonly functions: ReadonlyMap<string, Signature>;
  /** Names of mutable globals that hold a number. */
  readonly variables: ReadonlySet<string>;
}

export function exportTypes(bytes: Uint8Array, sections: readonly Section[]): ExportTypes {
  const functions = new Map<string, Signature>();
  const variables = new Set<string>();
  const read = <T>(id: number, of: (reader: Reader) => T[]): T[] => {
    const section = sections.find((one) => one.id === id);
    return section === undefined ? [] : of(new Reader(bytes, section.start, section.end));
  };
  const imports = sections.find(({ id }) => id === SECTION.IMPORT);
  const imported = imports === undefined ? [] : readImports(bytes, imports);
  const ofKind = (kind: number): Reader[] => imported.filter((one) => one.kind === kind).map(({ typeAt }) => new Reader(bytes, typeAt));
  const signatures = read(SECTION.TYPE, readTypes);
  const typeOf = [...ofKind(KIND.FUNCTION).map((reader) => reader.u32()), ...read(SECTION.FUNCTION, readIndices)];
  const isVariable = [...ofKind(KIND.GLOBAL).map(variable), ...read(SECTION.GLOBAL, readGlobals)];
  for (const { name, kind, index } of read(SECTION.EXPORT, readExports)) {
    if (kind === KIND.FUNCTION) functions.set(name, signatures[typeOf[index] ?? -1] ?? '?');
    else if (kind === KIND.GLOBAL && isVariable[index] === true) variables.add(name);
  }
  return { functions, variables };
}

/** A list that begins with its length; the length alone makes no room for anything, as it may be a lie. */
function list<T>(reader: Reader, item: (reader: Reader) => T): T[] {
  const items: T[] = [];
  for (let count = reader.u32(); count > 0; count--) items.push(item(reader));
  return items;
}

const readIndices = (reader: Reader): number[] => list(reader, () => reader.u32());

function variable(reader: Reader): boolean {
  const type = reader.bytes[reader.at];
  if (type === undefined) throw new BadModule('unexpected end');
  skipValueType(reader);
  return reader.byte() === 1 && NUMBERS.has(type);
}

const readGlobals = (reader: Reader): boolean[] =>
  list(reader, () => {
    const is = variable(reader);
    walkExpression(reader, quiet);
    return is;
  });

const readExports = (reader: Reader): { readonly name: string; readonly kind: number; readonly index: number }[] =>
  list(reader, () => ({ name: reader.name(), kind: reader.byte(), index: reader.u32() }));
