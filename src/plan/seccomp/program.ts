/**
 * Classic BPF, written from its end: every jump goes forward, so all targets are known when a jump is written.
 * A label is the number of instructions from it to the end.
 */
export type Label = number;

const LD_W_ABS = 0x20;
const ALU_AND_K = 0x54;
const JMP_JA = 0x05;
const RET_K = 0x06;
export const JEQ = 0x15;
export const JGT = 0x25;
export const JGE = 0x35;

/** sock_filter: u16 code, u8 jt, u8 jf, u32 k. */
const INSTRUCTION = 8;
/** BPF_MAXINSNS */
const LIMIT = 4096;

export class Program {
  #bytes = new Uint8Array(1024 * INSTRUCTION);
  #view = new DataView(this.#bytes.buffer);
  #count = 0;
  readonly #returns = new Map<number, Label>();

  /** An instruction in front of all others. */
  #emit(code: number, jt: number, jf: number, k: number): Label {
    if (this.#count === LIMIT) throw new RangeError(`the profile needs more than ${LIMIT} BPF instructions`);
    if (this.#count * INSTRUCTION === this.#bytes.length) this.#grow();
    const at = this.#bytes.length - ++this.#count * INSTRUCTION;
    this.#view.setUint16(at, code, true);
    this.#view.setUint8(at + 2, jt);
    this.#view.setUint8(at + 3, jf);
    this.#view.setUint32(at + 4, k, true);
    return this.#count;
  }

  #grow(): void {
    const larger = new Uint8Array(this.#bytes.length * 2);
    larger.set(this.#bytes, this.#bytes.length);
    this.#bytes = larger;
    this.#view = new DataView(larger.buffer);
  }

  /** Load the word at this offset of seccomp_data, then go on at `next`. */
  load(offset: number, next: Label): Label {
    this.#goto(next);
    return this.#emit(LD_W_ABS, 0, 0, offset);
  }

  and(mask: number, next: Label): Label {
    this.#goto(next);
    return this.#emit(ALU_AND_K, 0, 0, mask);
  }

  /** Compare the accumulator. */
  jump(code: number, k: number, yes: Label, no: Label): Label {
    // Two far targets: writing one makes the other one instruction farther, so the farther-most is bridged first.
    let [toYes, toNo] = [yes, no];
    for (let bridged = true; bridged;) {
      bridged = false;
      if (this.#count - toYes > 255) [toYes, bridged] = [this.#emit(JMP_JA, 0, 0, this.#count - toYes), true];
      if (this.#count - toNo > 255) [toNo, bridged] = [this.#emit(JMP_JA, 0, 0, this.#count - toNo), true];
    }
    return this.#emit(code, this.#count - toYes, this.#count - toNo, k);
  }

  /** A return near enough for a conditional jump from here; shared. */
  ret(value: number): Label {
    const known = this.#returns.get(value);
    if (known !== undefined && this.#count - known < 250) return known;
    const label = this.#emit(RET_K, 0, 0, value);
    this.#returns.set(value, label);
    return label;
  }

  /** Fall through to `next`, with a jump if it is not what follows. */
  #goto(next: Label): void {
    if (next !== this.#count) this.#emit(JMP_JA, 0, 0, this.#count - next);
  }

  bytes(): Uint8Array {
    return this.#bytes.slice(this.#bytes.length - this.#count * INSTRUCTION);
  }
}
