import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DetachKeys } from './detach-keys.ts';

/** What passes, typed in these pieces, and whether the keys were seen. */
function typed(keys: string, ...pieces: readonly string[]): readonly [passed: string, seen: boolean] {
  const detach = new DetachKeys(Buffer.from(keys));
  return [pieces.map((piece) => Buffer.from(detach.pass(Buffer.from(piece))).toString()).join(''), detach.seen];
}

test('all passes but the sequence itself and what comes behind it', () => {
  expect(typed('\x10\x11', 'ls\n\x10\x11rm')).toEqual(['ls\n', true]);
  expect(typed('\x10\x11', 'ls\x10', '\x11')).toEqual(['ls', true]);
});

test('its beginning passes once another key follows', () => {
  expect(typed('\x10\x11', 'a\x10')).toEqual(['a', false]);
  expect(typed('\x10\x11', 'a\x10', 'b')).toEqual(['a\x10b', false]);
  expect(typed('\x10\x11', '\x10', '\x10', '\x11')).toEqual(['\x10', true]);
  expect(typed('aab', 'aaab')).toEqual(['a', true]);
});

test('without keys nothing is looked for', () => {
  expect(typed('', 'a\x10\x11b')).toEqual(['a\x10\x11b', false]);
});

test('it is seen wherever a search in all of the text finds it, in whatever pieces that comes', () => {
  const word = (minLength: number, maxLength: number): fc.Arbitrary<string> =>
    fc.string({ unit: fc.constantFrom('a', 'b'), minLength, maxLength });
  fc.assert(
    fc.property(word(1, 4), fc.array(word(0, 5), { maxLength: 8 }), (keys, pieces) => {
      const text = pieces.join('');
      const at = text.indexOf(keys);
      const [passed, seen] = typed(keys, ...pieces);
      expect(seen).toBe(at >= 0);
      if (at >= 0) expect(passed.startsWith(text.slice(0, at))).toBe(true);
      else expect(text.startsWith(passed) && text.length - passed.length < keys.length).toBe(true);
    }),
  );
});
