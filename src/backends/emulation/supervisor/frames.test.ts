import { expect, test } from 'vitest';
import { dataFrame, FrameReader, jsonFrame, wantFrame } from './frames.ts';

function collect(): { seen: unknown[]; reader: FrameReader } {
  const seen: unknown[] = [];
  const reader = new FrameReader({
    json: (message) => seen.push(message),
    data: (descriptor, bytes) => seen.push([descriptor, Buffer.from(bytes).toString()]),
    want: (descriptor, most) => seen.push(['want', descriptor, most]),
  });
  return { seen, reader };
}

const stream = Buffer.concat([
  jsonFrame({ a: 'ü' }),
  dataFrame(0, Buffer.from('input')),
  wantFrame(7, 70_000),
  dataFrame(2, new Uint8Array(0)),
]);
const frames = [{ a: 'ü' }, [0, 'input'], ['want', 7, 70_000], [2, '']];

test('frames come out as they went in, however the stream is cut', () => {
  for (const size of [1, 2, 3, 5, 7, 64, stream.length]) {
    const { seen, reader } = collect();
    for (let at = 0; at < stream.length; at += size) reader.push(stream.subarray(at, at + size));
    expect(seen).toEqual(frames);
  }
});
test('a frame that is longer than any of ours is refused before its bytes are kept', () => {
  const { reader } = collect();
  expect(() => reader.push(Buffer.from([255, 255, 255, 255, 0]))).toThrow(RangeError);
});
test('an unknown kind is refused', () => {
  const { reader } = collect();
  expect(() => reader.push(Buffer.from([1, 0, 0, 0, 9]))).toThrow('kind 9');
});
