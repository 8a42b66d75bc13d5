import { describe, expect, it } from 'vitest';
import { rfc3339Nano } from './state-json.ts';

describe('rfc3339Nano', () => {
  it.each([
    ['2026-01-02T03:04:05.120Z', '2026-01-02T03:04:05.12Z'],
    ['2026-01-02T03:04:05.000Z', '2026-01-02T03:04:05Z'],
    ['2026-01-02T03:04:00.000Z', '2026-01-02T03:04:00Z'],
    ['2026-01-02T03:04:05.001Z', '2026-01-02T03:04:05.001Z'],
  ])('writes %s as %s', (given, expected) => {
    expect(rfc3339Nano(new Date(given))).toBe(expected);
  });
});
