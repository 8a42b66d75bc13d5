/**
 * Walks over function bodies: every instruction of WebAssembly 2.0 with tail calls, exceptions (both kinds), typed function
 * references, SIMD and atomics. Only what must be changed or counted is told; the rest is skipped.
 */
import { BadModule, type Reader } from './bytes.ts';
import { skipValueType } from './imports.ts';

export interface InstructionVisitor {
  /** A loop begins; the reader stands at its first instruction. */
  loop(reader: Reader): void;
  /** `call`, `return_call`, `ref.func`: the function index lies between `start` and the reader's position. */
  functionIndex(reader: Reader, start: number, index: number, isCall: boolean): void;
  /** An instruction that changes a table or drops a segment. */
  tableOrSegment?(): void;
  /** An instruction whose time depends on an operand; it begins at `start`. */
  bulk?(start: number): void;
}

/** Reads instructions up to and with the `end` that closes the body (or initialiser). */
export function walkExpression(reader: Reader, visitor: InstructionVisitor): void {
  for (let depth = 1; depth > 0;) {
    const opcode = reader.byte();
    // Most instructions are numeric ones without immediates.
    if (opcode >= 0x45 && opcode <= 0xc4) continue;
    switch (opcode) {
      case 0x02: // block
      case 0x04: // if
      case 0x06: // try
        skipBlockType(reader);
        depth++;
        break;
      case 0x03: // loop
        skipBlockType(reader);
        depth++;
        visitor.loop(reader);
        break;
      case 0x1f: // try_table
        skipBlockType(reader);
        depth++;
        skipCatches(reader);
        break;
      case 0x0b: // end
        depth--;
        break;
      case 0x18: // delegate: ends a try
        reader.skipLeb();
        depth--;
        break;
      case 0x10: // call
      case 0x12: // return_call
      case 0xd2: {
        // ref.func
        const start = reader.at;
        visitor.functionIndex(reader, start, reader.u32(), opcode !== 0xd2);
        break;
      }
      default:
        skipImmediates(reader, opcode, visitor);
    }
  }
}

function skipBlockType(reader: Reader): void {
  const first = reader.bytes[reader.at] as number;
  if (first === 0x63 || first === 0x64) skipValueType(reader);
  else reader.skipLeb();
}

function skipCatches(reader: Reader): void {
  for (let count = reader.u32(); count > 0; count--) {
    const kind = reader.byte();
    if (kind > 3) throw new BadModule('unknown catch');
    if (kind < 2) reader.skipLeb(); // tag
    reader.skipLeb(); // label
  }
}

function skipMemoryArgument(reader: Reader): void {
  const alignment = reader.u32();
  if (alignment & 0x40) reader.skipLeb(); // memory index
  reader.skipLeb(); // offset
}

function skipImmediates(reader: Reader, opcode: number, visitor: InstructionVisitor): void {
  if (opcode >= 0x28 && opcode <= 0x3e) return skipMemoryArgument(reader);
  if (opcode === 0x26) visitor.tableOrSegment?.();
  if (opcode >= 0x20 && opcode <= 0x26) return reader.skipLeb(); // local, global, table by index
  switch (opcode) {
    case 0x00: // unreachable
    case 0x01: // nop
    case 0x05: // else
    case 0x0a: // throw_ref
    case 0x0f: // return
    case 0x19: // catch_all
    case 0x1a: // drop
    case 0x1b: // select
    case 0xd1: // ref.is_null
    case 0xd3: // ref.eq
    case 0xd4: // ref.as_non_null
      return;
    case 0x07: // catch
    case 0x08: // throw
    case 0x09: // rethrow
    case 0x0c: // br
    case 0x0d: // br_if
    case 0x14: // call_ref
    case 0x15: // return_call_ref
    case 0x3f: // memory.size
    case 0x40: // memory.grow
    case 0x41: // i32.const
    case 0x42: // i64.const
    case 0xd0: // ref.null
    case 0xd5: // br_on_null
    case 0xd6: // br_on_non_null
      return reader.skipLeb();
    case 0x0e: // br_table
      for (let count = reader.u32() + 1; count > 0; count--) reader.skipLeb();
      return;
    case 0x11: // call_indirect
    case 0x13: // return_call_indirect
      reader.skipLeb();
      return reader.skipLeb();
    case 0x1c: // select with types
      for (let count = reader.u32(); count > 0; count--) skipValueType(reader);
      return;
    case 0x43: // f32.const
      return reader.skip(4);
    case 0x44: // f64.const
      return reader.skip(8);
    case 0xfc:
      return skipMiscellaneous(reader, visitor);
    case 0xfd:
      return skipVector(reader);
    case 0xfe:
      return skipAtomic(reader);
    default:
      throw new BadModule(`unknown instruction 0x${opcode.toString(16)}`);
  }
}

/** Saturating conversions, bulk memory, tables. */
function skipMiscellaneous(reader: Reader, visitor: InstructionVisitor): void {
  const start = reader.at - 1;
  const code = reader.u32();
  if (code <= 7) return;
  if (code > 17) throw new BadModule(`unknown instruction 0xfc ${code}`);
  if (![8, 10, 11, 16].includes(code)) visitor.tableOrSegment?.(); // not memory.init, memory.copy, memory.fill, table.size
  if (![9, 13, 16].includes(code)) visitor.bulk?.(start); // not data.drop, elem.drop, table.size
  const indices = [8, 10, 12, 14].includes(code) ? 2 : 1;
  for (let index = 0; index < indices; index++) reader.skipLeb();
}

function skipVector(reader: Reader): void {
  const code = reader.u32();
  if (code <= 11 || code === 92 || code === 93) return skipMemoryArgument(reader); // loads and stores
  if (code === 12 || code === 13) return reader.skip(16); // v128.const, i8x16.shuffle
  if (code >= 21 && code <= 34) return reader.skip(1); // lanes
  if (code >= 84 && code <= 91) {
    skipMemoryArgument(reader);
    return reader.skip(1);
  }
  if (code > 0x113) throw new BadModule(`unknown instruction 0xfd ${code}`);
}

function skipAtomic(reader: Reader): void {
  const code = reader.u32();
  if (code === 3) return reader.skip(1); // atomic.fence
  skipMemoryArgument(reader);
}
