/** `Op[]` → the bytes the helper reads (docs/plan-format.md). Deterministic: equal lists give equal bytes. */
import { STAGES, type Op } from '../../plan/ops.ts';
import { ABI, WIRE } from '../../plan/wire.gen.ts';

/** "TSRP", little-endian. */
export const MAGIC = 0x50525354;
export const HEADER_SIZE = 24;
export const RECORD_SIZE = 32;
/** What the helper accepts; a plan over one of these could not be executed. */
export const MAX_PLAN_SIZE: number = 4 * 1024 * 1024;
export const MAX_OPS = 8192;
/** A `d` block is {u32 length, u32 0, bytes}, aligned, so that C may read the numbers in it where they are. */
const BLOCK_HEAD = 8;

/** Throws RangeError on a NUL inside a string and on a plan over the helper's limits. */
export function encode(ops: readonly Op[]): Uint8Array {
  if (ops.length > MAX_OPS) throw new RangeError(`the plan has ${ops.length} instructions, at most ${MAX_OPS} are allowed`);
  const data = new DataArea();
  const records = new Uint8Array(ops.length * RECORD_SIZE);
  const view = new DataView(records.buffer);
  for (const [index, op] of ops.entries()) {
    const at = index * RECORD_SIZE;
    const [code, ...args] = WIRE[op.op].split(' ');
    view.setUint16(at, Number(code), true);
    view.setUint16(at + 2, STAGES.indexOf(op.stage), true);
    view.setUint32(at + 4, op.flags ?? 0, true);
    for (const [slot, arg] of args.entries()) {
      const value = (op as unknown as Record<string, unknown>)[arg.slice(2)];
      view.setUint32(at + 8 + 4 * slot, data.reference(arg.charAt(0), value), true);
    }
    view.setBigUint64(at + 24, op.n ?? 0n, true);
  }

  const area = data.finish();
  const total = HEADER_SIZE + records.length + area.length;
  if (total > MAX_PLAN_SIZE) throw new RangeError(`the plan has ${total} bytes, at most ${MAX_PLAN_SIZE} are allowed`);
  const out = new Uint8Array(total);
  const header = new DataView(out.buffer);
  for (const [i, value] of [MAGIC, ABI, total, ops.length, area.length, 0].entries()) header.setUint32(4 * i, value, true);
  out.set(records, HEADER_SIZE);
  out.set(area, HEADER_SIZE + records.length);
  return out;
}

const utf8 = new TextEncoder();

/** The bytes behind the records. Equal strings are stored once; offset 0 is the empty string. */
class DataArea {
  readonly #chunks: Uint8Array[] = [];
  readonly #strings = new Map<string, number>();
  #size = 0;

  constructor() {
    this.#string('');
  }

  /** What goes into a record's slot for an argument of this kind. */
  reference(kind: string, value: unknown): number {
    switch (kind) {
      case 's':
        return this.#string(value as string);
      case 'v':
        return this.#vector(value as readonly string[]);
      case 'd':
        return this.#block(value as Uint8Array);
      default:
        return (value as number) >>> 0;
    }
  }

  finish(): Uint8Array {
    this.#append(new Uint8Array(1)); // The area ends in NUL, whatever came last.
    const area = new Uint8Array(this.#size);
    let at = 0;
    for (const chunk of this.#chunks) {
      area.set(chunk, at);
      at += chunk.length;
    }
    return area;
  }

  #string(value: string): number {
    const known = this.#strings.get(value);
    if (known !== undefined) return known;
    const at = this.#append(terminated(value));
    this.#strings.set(value, at);
    return at;
  }

  #vector(values: readonly string[]): number {
    const count = new Uint8Array(4);
    new DataView(count.buffer).setUint32(0, values.length, true);
    const at = this.#append(count);
    for (const value of values) this.#append(terminated(value));
    return at;
  }

  #block(bytes: Uint8Array): number {
    this.#append(new Uint8Array(-this.#size & 7));
    const head = new Uint8Array(BLOCK_HEAD);
    new DataView(head.buffer).setUint32(0, bytes.length, true);
    const at = this.#append(head);
    this.#append(bytes);
    return at;
  }

  #append(bytes: Uint8Array): number {
    const at = this.#size;
    this.#chunks.push(bytes);
    this.#size += bytes.length;
    return at;
  }
}

function terminated(value: string): Uint8Array {
  if (value.includes('\0')) throw new RangeError('a string of the plan contains a NUL byte');
  return utf8.encode(`${value}\0`);
}
