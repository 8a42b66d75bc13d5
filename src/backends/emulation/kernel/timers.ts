/** A pending timer; `index` is its place in the heap, -1 when it is in none. */
export interface Timer {
  readonly at: number;
  readonly fire: () => void;
  index: number;
}

/** setTimeout takes 31 bits of milliseconds; longer waits are made of several. */
const LONGEST = 2 ** 31 - 1;

/** All timers of one kernel: a binary heap and at most one host timer, which exists only while something waits. */
export class Timers {
  private readonly heap: Timer[] = [];
  private host: ReturnType<typeof setTimeout> | undefined;
  private hostAt = Infinity;

  /** at: performance.now() milliseconds. `fire` is called once, from the event loop. */
  add(at: number, fire: () => void): Timer {
    const timer: Timer = { at, fire, index: this.heap.length };
    this.heap.push(timer);
    this.up(timer);
    this.arm();
    return timer;
  }

  /** Fired or cancelled ones are left alone. */
  cancel(timer: Timer | undefined): void {
    if (timer === undefined || timer.index < 0) return;
    this.take(timer);
    this.arm();
  }

  get size(): number {
    return this.heap.length;
  }

  private arm(): void {
    const first = this.heap[0];
    if (first === undefined) {
      clearTimeout(this.host);
      this.host = undefined;
      this.hostAt = Infinity;
    } else if (first.at !== this.hostAt) {
      clearTimeout(this.host);
      this.hostAt = first.at;
      const delay = Math.max(0, Math.ceil(first.at - performance.now()));
      this.host = setTimeout(() => this.expire(), Math.min(delay, LONGEST));
    }
  }

  private expire(): void {
    this.host = undefined;
    this.hostAt = Infinity;
    // The host's clock may be up to one millisecond early against performance.now(): then the rest is waited for anew.
    const now = performance.now();
    for (let first = this.heap[0]; first !== undefined && first.at <= now; first = this.heap[0]) {
      this.take(first);
      first.fire();
    }
    this.arm();
  }

  private take(timer: Timer): void {
    const { heap } = this;
    const last = heap.pop();
    if (last === undefined) return;
    if (last !== timer) {
      last.index = timer.index;
      heap[last.index] = last;
      this.up(last);
      this.down(last);
    }
    timer.index = -1;
  }

  private up(timer: Timer): void {
    const { heap } = this;
    while (timer.index > 0) {
      const above = heap[(timer.index - 1) >> 1];
      if (above === undefined || above.at <= timer.at) return;
      this.swap(above, timer);
    }
  }

  private down(timer: Timer): void {
    const { heap } = this;
    for (;;) {
      const left = heap[2 * timer.index + 1];
      const right = heap[2 * timer.index + 2];
      const least = right !== undefined && left !== undefined && right.at < left.at ? right : left;
      if (least === undefined || least.at >= timer.at) return;
      this.swap(timer, least);
    }
  }

  /** `above` is the parent of `below`. */
  private swap(above: Timer, below: Timer): void {
    const index = above.index;
    above.index = below.index;
    below.index = index;
    this.heap[above.index] = above;
    this.heap[below.index] = below;
  }
}
