import { expect, test } from 'vitest';
import { parseDetachKeys } from './detach-keys.ts';

test.each([
  ['ctrl-p,ctrl-q', [16, 17]],
  ['ctrl-P', [16]],
  ['ctrl-@,ctrl-[,ctrl-\\,ctrl-],ctrl-^,ctrl-_', [0, 27, 28, 29, 30, 31]],
  ['a,ctrl-a, ', [97, 1, 32]],
  ['', []],
])('%j', (text, bytes) => {
  expect(parseDetachKeys(text)).toEqual({ value: Uint8Array.from(bytes) });
});

test.each(['ctrl-', 'ctrl-pq', 'alt-p', 'a,,b', 'ab', 'é', 'ctrl-1', ','])('%j is refused', (text) => {
  expect(parseDetachKeys(text)).toHaveProperty('error');
});
