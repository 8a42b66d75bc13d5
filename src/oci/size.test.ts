import { expect, test } from 'vitest';
import { parseSize } from './size.ts';

test.each([
  ['-1', -1],
  ['0', 0],
  ['512', 512],
  ['32M', 32 * 1024 ** 2],
  ['32m', 32 * 1024 ** 2],
  ['32MB', 32 * 1024 ** 2],
  ['32MiB', 32 * 1024 ** 2],
  ['64 KiB', 65536],
  ['10b', 10],
  ['1.5g', 1.5 * 1024 ** 3],
  ['0.3k', 307],
  ['2T', 2 * 1024 ** 4],
  ['1P', 1024 ** 5],
  ['9223372036854771712', 9223372036854771712],
])('%s is %d bytes', (text, value) => {
  expect(parseSize(text)).toEqual({ value });
});

test.each(['', 'M', '-2', '-1M', '1X', '1 MM', '1..5', '.5g', '1,5', ' 1', '1\n', '0x10', '1e3', 'NaN', 'Infinity', '32Mi B'])(
  '%j is refused',
  (text) => {
    expect(parseSize(text)).toEqual({ error: `invalid size: '${text}'` });
  },
);

test('a size that no signed 64-bit number holds is refused', () => {
  expect(parseSize('8192P')).toEqual({ error: "invalid size: '8192P' is too large" });
});
