/** Bytes that are appended once and read at positions: in pieces, since one buffer would be copied to grow, and ends at 4 GiB. */
const PIECE = 1 << 20;

export class Unpacked {
  readonly #most: number;
  readonly #pieces: Buffer[] = [];
  #length = 0;

  /** most: a small archive can unpack to a thousand times as much. */
  constructor(most: number) {
    this.#most = most;
  }

  /** Throws Error beyond `most`. */
  append(bytes: Uint8Array): void {
    if (this.#length + bytes.length > this.#most)
      throw new Error(`it unpacks to more than ${Math.floor(this.#most / 2 ** 20)} MiB, which would be in memory; unpack it first`);
    for (let done = 0; done < bytes.length;) {
      const at = this.#length % PIECE;
      if (at === 0) this.#pieces.push(Buffer.allocUnsafeSlow(PIECE));
      const part = bytes.subarray(done, done + PIECE - at);
      this.#pieces.at(-1)!.set(part, at);
      done += part.length;
      this.#length += part.length;
    }
  }

  read(position: number, buffer: Uint8Array): number {
    const length = Math.max(0, Math.min(buffer.length, this.#length - position));
    for (let done = 0; done < length;) {
      const at = (position + done) % PIECE;
      const part = Math.min(length - done, PIECE - at);
      this.#pieces[Math.floor((position + done) / PIECE)]!.copy(buffer, done, at, at + part);
      done += part;
    }
    return length;
  }
}
