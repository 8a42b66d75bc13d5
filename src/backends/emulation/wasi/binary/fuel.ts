/**
 * The loop counter: an exported mutable global `__tsrun_fuel`, counted down at the head of every loop and at the entry of every
 * function that can call itself. Below zero the module calls its own exported `__tsrun_preempt`, or else the import
 * `tsrun.sched_preempt`, which is then added (functions are renumbered: all code is read anyway, and Asyncify and JSPI see an
 * ordinary import). `wasm-guest/build` applies it to our own programs.
 */
import { BadModule, Reader, readSections, rewriteSections, SECTION, Writer, type Section } from './bytes.ts';
import { readImports, skipValueType, type ImportEntry } from './imports.ts';
import { walkExpression } from './instructions.ts';
import { findRecursive } from './recursion.ts';
import { Renumbering } from './renumber.ts';
import { readTypes } from './types.ts';

export const FUEL_GLOBAL = '__tsrun_fuel';
const PREEMPT_EXPORT = '__tsrun_preempt';
const MARK = 'tsrun';
const KIND = { FUNCTION: 0, GLOBAL: 3 };
const I32 = 0x7f;
/** What memory.fill and its kin count for: the largest take a second, and a slice has at least 10,000. */
const BULK = 1000;

/** Whether the module was built with the counter. */
export function hasFuel(bytes: Uint8Array): boolean {
  return readSections(bytes).some((section) => section.id === SECTION.CUSTOM && section.name === MARK);
}

/** The module, one of ours, with the counter; the same bytes if it has one. Throws BadModule on what it does not understand. */
export function addFuel(bytes: Uint8Array): Uint8Array {
  const module = new FuelPass(bytes, false);
  return module.marked ? bytes : module.run();
}

/**
 * The same for a module of anybody, which may do what it can to compute for ever: nothing it says of itself is believed, every
 * function counts (calls through a table, trees of calls), and instructions that work on much memory count for many. Throws
 * BadModule where the counter would not be out of its reach.
 */
export function addFuelToForeign(bytes: Uint8Array): Uint8Array {
  // What is not valid could reach the new global and functions by numbers that are still free.
  if (!WebAssembly.validate(bytes)) throw new BadModule('not a valid module');
  return new FuelPass(bytes, true).run();
}

interface Preempt {
  readonly index: number;
  /** Results to be dropped after the call. */
  readonly results: number;
  /** The defined function that it is, which must not be preempted itself; -1: an import. */
  readonly defined: number;
}

class FuelPass {
  readonly marked: boolean;
  private readonly bytes: Uint8Array;
  private readonly foreign: boolean;
  private readonly sections: readonly Section[];
  private readonly imports: readonly ImportEntry[];
  private readonly importedFunctions: number;
  private readonly replaced = new Map<number, Writer | undefined>();

  constructor(bytes: Uint8Array, foreign: boolean) {
    this.bytes = bytes;
    this.foreign = foreign;
    this.sections = readSections(bytes);
    this.marked = this.sections.some((section) => section.id === SECTION.CUSTOM && section.name === MARK);
    const section = this.section(SECTION.IMPORT);
    this.imports = section === undefined ? [] : readImports(bytes, section);
    this.importedFunctions = this.imports.filter((entry) => entry.kind === KIND.FUNCTION).length;
  }

  run(): Uint8Array {
    const own = this.ownPreempt() ?? this.importedPreempt();
    const renumbering = new Renumbering(this.bytes, own === undefined ? this.importedFunctions : Infinity);
    const preempt = own ?? this.addImport();
    for (const section of this.sections) {
      const changed = renumbering.section(section);
      if (changed !== undefined) this.replaced.set(section.id, changed);
    }
    const fuel = this.addGlobal();
    this.addExport(fuel);
    const code = this.section(SECTION.CODE);
    if (code !== undefined) this.replaced.set(SECTION.CODE, this.rewriteCode(code, fuel, preempt, renumbering));
    const out = rewriteSections(
      this.bytes,
      this.sections,
      this.replaced,
      (name) => !isDebug(name) && (name !== 'name' || own !== undefined),
    );
    const names = own === undefined ? renumbering.names(this.sections) : undefined;
    if (names !== undefined) out.byte(SECTION.CUSTOM).sized(names);
    return out.byte(SECTION.CUSTOM).sized(new Writer().name(MARK).name('fuel')).take();
  }

  private section(id: number): Section | undefined {
    return this.sections.find((section) => section.id === id);
  }

  /** Count and position after it; 0 when there is no such section. */
  private entries(id: number): { readonly count: number; readonly reader: Reader } {
    const section = this.section(id);
    const reader = section === undefined ? new Reader(this.bytes, 0, 0) : new Reader(this.bytes, section.start, section.end);
    return { count: section === undefined ? 0 : reader.u32(), reader };
  }

  /** A section with one entry more; uses an already changed one. */
  private append(id: number, entry: Writer): void {
    const before = this.replaced.get(id)?.take();
    const { count, reader } = this.entries(id);
    const rest = before === undefined ? reader : new Reader(before);
    if (before !== undefined) rest.u32();
    this.replaced.set(
      id,
      new Writer(rest.end - rest.at + 64)
        .u32(count + 1)
        .raw(rest.bytes, rest.at, rest.end)
        .raw(entry.take()),
    );
  }

  // ---- what to call

  private ownPreempt(): Preempt | undefined {
    const { count, reader } = this.entries(SECTION.EXPORT);
    let own: Preempt | undefined;
    for (let entry = 0; entry < count; entry++) {
      const name = reader.name();
      const kind = reader.byte();
      const index = reader.u32();
      if (name === FUEL_GLOBAL) throw new BadModule(`it has an export ${FUEL_GLOBAL} of its own`);
      if (!this.foreign && name === PREEMPT_EXPORT && kind === KIND.FUNCTION) own = this.preemptAt(index);
    }
    return own;
  }

  private importedPreempt(): Preempt | undefined {
    const functions = this.imports.filter((entry) => entry.kind === KIND.FUNCTION);
    const found = functions.flatMap((entry, index) => (entry.module === 'tsrun' && entry.name === 'sched_preempt' ? [index] : []));
    const [index] = found;
    // One of another type would be bound to nothing, and with it all of this name.
    if (this.foreign && found.some((one) => this.signatureOf(one) !== ':i')) throw new BadModule('imports sched_preempt of another type');
    return index === undefined ? undefined : this.preemptAt(index);
  }

  private addImport(): Preempt {
    const { count } = this.entries(SECTION.TYPE);
    this.append(SECTION.TYPE, new Writer().byte(0x60).u32(0).u32(1).byte(I32)); // () -> i32
    this.append(SECTION.IMPORT, new Writer().name('tsrun').name('sched_preempt').byte(KIND.FUNCTION).u32(count));
    return { index: this.importedFunctions, results: 1, defined: -1 };
  }

  private preemptAt(index: number): Preempt {
    return { index, results: this.resultsOf(this.typeOf(index)), defined: Math.max(-1, index - this.importedFunctions) };
  }

  private signatureOf(index: number): string | undefined {
    const { reader } = this.entries(SECTION.TYPE);
    reader.at = this.section(SECTION.TYPE)?.start ?? 0;
    return readTypes(reader)[this.typeOf(index)];
  }

  private typeOf(index: number): number {
    if (index < this.importedFunctions) {
      const entry = this.imports.filter(({ kind }) => kind === KIND.FUNCTION)[index] as ImportEntry;
      return new Reader(this.bytes, entry.typeAt).u32();
    }
    const { reader } = this.entries(SECTION.FUNCTION);
    for (let before = index - this.importedFunctions; before > 0; before--) reader.u32();
    return reader.u32();
  }

  private resultsOf(type: number): number {
    const { reader } = this.entries(SECTION.TYPE);
    for (let index = 0; ; index++) {
      if (reader.byte() !== 0x60) throw new BadModule('a type that is no plain function type');
      const parameters = reader.u32();
      for (let parameter = 0; parameter < parameters; parameter++) skipValueType(reader);
      const results = reader.u32();
      for (let result = 0; result < results; result++) skipValueType(reader);
      if (index < type) continue;
      if (parameters > 0) throw new BadModule(`${PREEMPT_EXPORT} has parameters`);
      return results;
    }
  }

  // ---- the counter

  private addGlobal(): number {
    const { count } = this.entries(SECTION.GLOBAL);
    // Full at first: start code may run before the host fills it.
    const initial = new Writer()
      .byte(I32)
      .byte(1)
      .byte(0x41)
      .raw(new Uint8Array([0xff, 0xff, 0xff, 0xff, 0x07]))
      .byte(0x0b);
    this.append(SECTION.GLOBAL, initial);
    return this.imports.filter((entry) => entry.kind === KIND.GLOBAL).length + count;
  }

  private addExport(fuel: number): void {
    this.append(SECTION.EXPORT, new Writer().name(FUEL_GLOBAL).byte(KIND.GLOBAL).u32(fuel));
  }

  private rewriteCode(section: Section, fuel: number, preempt: Preempt, renumbering: Renumbering): Writer {
    const reader = new Reader(this.bytes, section.start, section.end);
    const count = reader.u32();
    const recursive = this.foreign ? undefined : findRecursive(this.callGraph(section));
    const check = countDown(fuel, preempt, 1);
    const bulkCheck = countDown(fuel, preempt, BULK);
    const out = new Writer((section.end - section.start) * 2).u32(count);
    const body = new Writer(4096);
    for (let index = 0; index < count; index++) {
      const size = reader.u32();
      const end = reader.at + size;
      body.length = 0;
      let copied = reader.at;
      const insert = (at: number, upTo: number): void => {
        body.raw(this.bytes, copied, at);
        copied = upTo;
      };
      skipLocals(reader);
      if (recursive?.[index] !== 0 && index !== preempt.defined) {
        insert(reader.at, reader.at);
        body.raw(check);
      }
      walkExpression(reader, {
        loop: ({ at }) => {
          if (index === preempt.defined) return;
          insert(at, at);
          body.raw(check);
        },
        bulk: (start) => {
          if (!this.foreign) return;
          insert(start, start);
          body.raw(bulkCheck);
        },
        functionIndex: ({ at }, start, called) => {
          if (!renumbering.moves(called)) return;
          insert(start, at);
          body.u32(renumbering.of(called));
        },
      });
      if (reader.at !== end) throw new BadModule('a function body of the wrong size');
      insert(end, end);
      out.sized(body);
    }
    return out;
  }

  private callGraph(section: Section): number[][] {
    const reader = new Reader(this.bytes, section.start, section.end);
    const count = reader.u32();
    const graph: number[][] = [];
    for (let index = 0; index < count; index++) {
      reader.u32();
      skipLocals(reader);
      const calls = new Set<number>();
      walkExpression(reader, {
        loop: () => undefined,
        functionIndex: (_, _start, called, isCall) => {
          if (isCall && called >= this.importedFunctions) calls.add(called - this.importedFunctions);
        },
      });
      graph.push([...calls]);
    }
    return graph;
  }
}

function skipLocals(reader: Reader): void {
  for (let groups = reader.u32(); groups > 0; groups--) {
    reader.skipLeb();
    skipValueType(reader);
  }
}

/** fuel -= amount; if (fuel < 0) preempt(); neutral to the operand stack. */
function countDown(fuel: number, preempt: Preempt, amount: number): Uint8Array {
  const GET = 0x23;
  const SET = 0x24;
  const code = new Writer().byte(GET).u32(fuel).byte(0x41).raw(signedLeb(amount)).byte(0x6b).byte(SET).u32(fuel); // i32.const, i32.sub
  code.byte(GET).u32(fuel).byte(0x41).byte(0).byte(0x48); // i32.const 0, i32.lt_s
  code.byte(0x04).byte(0x40).byte(0x10).u32(preempt.index); // if, call
  for (let result = 0; result < preempt.results; result++) code.byte(0x1a); // drop
  return code.byte(0x0b).take();
}

/** Of a small positive number. */
function signedLeb(value: number): Uint8Array {
  return new Uint8Array(value < 0x40 ? [value] : [(value & 0x7f) | 0x80, value >> 7]);
}

/** Sections full of code offsets, which are wrong now. */
function isDebug(name: string): boolean {
  return name.startsWith('.debug_') || name.startsWith('reloc.') || ['linking', 'sourceMappingURL', 'external_debug_info'].includes(name);
}
