/** Reads the helper's event records from a byte stream that arrives in arbitrary pieces. */
import { TsrunError } from '../../core/errors.ts';
import { EVENT_PAYLOAD_MAX, EVENT_SIZE } from '../../plan/ops.ts';

/** One record as in docs/plan-format.md; `op` is the index of the instruction it is about. */
export interface HelperEvent {
  readonly type: number;
  readonly stage: number;
  readonly op: number;
  readonly value: number;
  readonly pid: number;
  readonly payload: Uint8Array;
}

export class EventReader {
  #pending: Uint8Array = new Uint8Array(0);
  readonly #handle: (event: HelperEvent) => void;

  constructor(handle: (event: HelperEvent) => void) {
    this.#handle = handle;
  }

  /** True when no half record is waiting for its rest. */
  get empty(): boolean {
    return this.#pending.length === 0;
  }

  push(bytes: Uint8Array): void {
    let data = this.#pending.length === 0 ? bytes : concat(this.#pending, bytes);
    for (;;) {
      if (data.length < EVENT_SIZE) break;
      const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
      const size = view.getUint32(16, true);
      if (size > EVENT_PAYLOAD_MAX) throw new TsrunError('HELPER_MISMATCH', `the helper sent a payload of ${size} bytes`);
      if (data.length < EVENT_SIZE + size) break;
      const event: HelperEvent = {
        type: view.getUint16(0, true),
        stage: view.getUint16(2, true),
        op: view.getUint32(4, true),
        value: view.getInt32(8, true),
        pid: view.getInt32(12, true),
        payload: data.slice(EVENT_SIZE, EVENT_SIZE + size),
      };
      data = data.subarray(EVENT_SIZE + size);
      this.#handle(event);
    }
    this.#pending = data.slice();
  }
}

function concat(a: Uint8Array, b: Uint8Array): Uint8Array {
  const all = new Uint8Array(a.length + b.length);
  all.set(a);
  all.set(b, a.length);
  return all;
}
