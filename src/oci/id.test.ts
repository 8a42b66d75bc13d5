import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseContainerId } from './id.ts';

test.each(['a', 'A-b_c.d+e', '.hidden', '-x', '...', 'x'.repeat(255)])('%j is an id', (id) => {
  expect(parseContainerId(id)).toEqual({ value: id });
});

test.each(['.', '..', 'a/b', '/', '../x', 'a b', 'a\n', '\n', 'a\0', 'é', 'a:b', '*', 'x'.repeat(256)])('%j is no id', (id) => {
  expect(parseContainerId(id)).toEqual({ error: 'invalid container ID format' });
});

test('an empty id has its own words', () => {
  expect(parseContainerId('')).toEqual({ error: 'container id cannot be empty' });
});

test('whatever is accepted is one harmless file name', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('.', '/', 'a', '-', '\n', '\0', ' ', '+', '_', 'Z', '~', 'ü') }), (id) => {
      if ('error' in parseContainerId(id)) return;
      expect(id).toMatch(/^[A-Za-z0-9_+.-]{1,255}$/);
      expect(['.', '..']).not.toContain(id);
    }),
    { numRuns: 1000 },
  );
});
