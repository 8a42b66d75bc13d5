/** A first-in-first-out buffer of bytes that takes memory only as it is used. */
export class ByteRing {
  readonly capacity: number;
  private ring = NOTHING;
  private head = 0;
  length = 0;

  constructor(capacity: number) {
    this.capacity = capacity;
  }

  get room(): number {
    return this.capacity - this.length;
  }

  /** Takes up to buffer.length bytes. */
  take(buffer: Uint8Array): number {
    const { ring, head } = this;
    const count = Math.min(this.length, buffer.length);
    const first = Math.min(count, ring.length - head);
    buffer.set(ring.subarray(head, head + first));
    if (first < count) buffer.set(ring.subarray(0, count - first), first);
    this.length -= count;
    this.head = this.length === 0 ? 0 : (head + count) % ring.length;
    return count;
  }

  /** Puts in as much as there is room for. */
  put(bytes: Uint8Array): number {
    const count = Math.min(this.room, bytes.length);
    if (this.length + count > this.ring.length) this.grow(this.length + count);
    const { ring } = this;
    const tail = (this.head + this.length) % ring.length;
    const first = Math.min(count, ring.length - tail);
    ring.set(count === bytes.length && first === count ? bytes : bytes.subarray(0, first), tail);
    if (first < count) ring.set(bytes.subarray(first, count), 0);
    this.length += count;
    return count;
  }

  clear(): void {
    this.length = 0;
    this.head = 0;
  }

  /** Most carry little: it starts with a page. */
  private grow(needed: number): void {
    const size = Math.min(needed <= PAGE ? PAGE : this.capacity, this.capacity);
    const ring = new Uint8Array(size);
    const { length } = this;
    if (length > 0) this.take(ring);
    this.ring = ring;
    this.head = 0;
    this.length = length;
  }
}

const NOTHING = new Uint8Array(0);
const PAGE = 4096;
