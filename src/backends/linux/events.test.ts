import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EVENT_PAYLOAD_MAX, EVENT_SIZE } from '../../plan/ops.ts';
import { EventReader, type HelperEvent } from './events.ts';

function record(event: HelperEvent): Uint8Array {
  const bytes = new Uint8Array(EVENT_SIZE + event.payload.length);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, event.type, true);
  view.setUint16(2, event.stage, true);
  view.setUint32(4, event.op, true);
  view.setInt32(8, event.value, true);
  view.setInt32(12, event.pid, true);
  view.setUint32(16, event.payload.length, true);
  bytes.set(event.payload, EVENT_SIZE);
  return bytes;
}

const events = fc.array(
  fc.record({
    type: fc.nat(9),
    stage: fc.nat(4),
    op: fc.nat(9000),
    value: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
    pid: fc.nat(4194304),
    payload: fc.uint8Array({ maxLength: 200 }),
  }),
  { maxLength: 8 },
);

test('records arrive whole and in order however the stream is cut', () => {
  fc.assert(
    fc.property(events, fc.array(fc.nat(60), { minLength: 1 }), (sent, cuts) => {
      const stream = new Uint8Array(Buffer.concat(sent.map(record)));
      const got: HelperEvent[] = [];
      const reader = new EventReader((event) => got.push(event));
      for (let at = 0, i = 0; at < stream.length; i++) {
        const size = 1 + (cuts[i % cuts.length] ?? 0);
        reader.push(stream.subarray(at, at + size));
        at += size;
      }
      expect(got).toEqual(sent);
      expect(reader.empty).toBe(true);
    }),
  );
});

test('a payload larger than the protocol allows is refused, not waited for', () => {
  const bytes = record({ type: 4, stage: 0, op: 0, value: 0, pid: 0, payload: new Uint8Array(0) });
  new DataView(bytes.buffer).setUint32(16, EVENT_PAYLOAD_MAX + 1, true);
  expect(() => new EventReader(() => {}).push(bytes)).toThrow('payload');
});
