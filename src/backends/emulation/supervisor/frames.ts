/**
 * What goes over a control socket: frames of {u32 length of the rest, u8 kind, payload}, little-endian.
 *  - JSON     a message as UTF-8
 *  - DATA     {u8 descriptor, bytes}: 0 to the process, 1 and 2 from it (a terminal: 0 and 1), 3 … as they are open
 *  - WANT     {u8 descriptor, u32 most}: the process reads it: one DATA more may be sent, of a file no more than `most` bytes. So
 *             a process that does not read never blocks the messages behind its input, and takes nothing from who shares it
 */
const FRAME = { JSON: 0, DATA: 1, WANT: 2 } as const;

/** A peer that announces more than this is no peer of ours. */
const FRAME_MAX = 16 * 1024 * 1024;
const HEAD = 4;

export interface FrameHandlers {
  json(message: unknown): void;
  data(descriptor: number, bytes: Uint8Array): void;
  want(descriptor: number, most: number): void;
}

export function jsonFrame(message: unknown): Uint8Array {
  return frame(FRAME.JSON, Buffer.from(JSON.stringify(message)));
}

export function dataFrame(descriptor: number, bytes: Uint8Array): Uint8Array {
  return frame(FRAME.DATA, Uint8Array.of(descriptor), bytes);
}

/** The highest descriptor that a frame can name. */
export const DESCRIPTOR_MAX = 255;

export function wantFrame(descriptor: number, most: number): Uint8Array {
  const payload = Buffer.alloc(WANT_SIZE);
  payload.writeUInt8(descriptor);
  payload.writeUInt32LE(most, 1);
  return frame(FRAME.WANT, payload);
}
const WANT_SIZE = 5;

function frame(kind: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const head = Buffer.alloc(HEAD + 1);
  head.writeUInt32LE(parts.reduce((sum, { length }) => sum + length, 1));
  head[HEAD] = kind;
  return Buffer.concat([head, ...parts]);
}

/** Cuts a byte stream that arrives in arbitrary pieces into frames. Throws RangeError on what cannot be one. */
export class FrameReader {
  #chunks: Buffer[] = [];
  #size = 0;
  readonly #handlers: FrameHandlers;

  constructor(handlers: FrameHandlers) {
    this.#handlers = handlers;
  }

  push(bytes: Uint8Array): void {
    this.#chunks.push(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    this.#size += bytes.length;
    for (let length = this.#nextLength(); length !== undefined; length = this.#nextLength()) {
      const whole = this.#take(HEAD + length);
      this.#dispatch(whole.subarray(HEAD));
    }
  }

  /** Of the next frame, once all of it is here. */
  #nextLength(): number | undefined {
    if (this.#size < HEAD) return undefined;
    if ((this.#chunks[0]?.length ?? 0) < HEAD) this.#chunks = [Buffer.concat(this.#chunks)];
    const length = this.#chunks[0]?.readUInt32LE(0) ?? 0;
    if (length < 1 || length > FRAME_MAX) throw new RangeError(`a frame of ${length} bytes`);
    return this.#size < HEAD + length ? undefined : length;
  }

  #take(count: number): Buffer {
    const [first] = this.#chunks;
    const all = this.#chunks.length === 1 && first !== undefined ? first : Buffer.concat(this.#chunks);
    this.#chunks = all.length === count ? [] : [all.subarray(count)];
    this.#size -= count;
    return all.subarray(0, count);
  }

  #dispatch(body: Buffer): void {
    const payload = body.subarray(1);
    switch (body[0]) {
      case FRAME.JSON:
        return this.#handlers.json(JSON.parse(payload.toString('utf8')));
      case FRAME.DATA:
        return this.#handlers.data(payload[0] ?? 0, payload.subarray(1));
      case FRAME.WANT:
        if (payload.length !== WANT_SIZE) throw new RangeError(`a WANT of ${payload.length} bytes`);
        return this.#handlers.want(payload[0] ?? 0, payload.readUInt32LE(1));
      default:
        throw new RangeError(`a frame of kind ${body[0]}`);
    }
  }
}
