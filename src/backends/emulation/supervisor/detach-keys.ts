/** Looks for a sequence of keys in what a user types. */
export class DetachKeys {
  /** All of it was typed. */
  seen = false;
  readonly #keys: Uint8Array;
  /** So many of them were typed last, and are kept back. */
  #count = 0;

  /** keys: none, nothing is looked for. */
  constructor(keys: Uint8Array) {
    this.#keys = keys;
  }

  /** What of it is meant for the program: all but the keys, and their beginning only once it turned out to be none. */
  pass(typed: Uint8Array): Uint8Array {
    const keys = this.#keys;
    if (keys.length === 0) return typed;
    const passed: number[] = [];
    for (const byte of typed) {
      while (this.#count > 0 && keys[this.#count] !== byte) this.#giveBack(passed);
      if (keys[this.#count] !== byte) passed.push(byte);
      else if (++this.#count === keys.length) {
        this.seen = true;
        break;
      }
    }
    return Uint8Array.from(passed);
  }

  /** Keeps the longest end of what is kept back that may still become the sequence. */
  #giveBack(passed: number[]): void {
    const kept = this.#keys.subarray(0, this.#count);
    let shorter = this.#count - 1;
    while (shorter > 0 && !kept.subarray(this.#count - shorter).every((byte, index) => byte === kept[index])) shorter--;
    passed.push(...kept.subarray(0, this.#count - shorter));
    this.#count = shorter;
  }
}
