import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { errnoName, errnoText } from './errno.ts';

const HEADERS = ['/usr/include/asm-generic/errno-base.h', '/usr/include/asm-generic/errno.h'];

test.skipIf(!HEADERS.every((path) => existsSync(path)))('errno numbers have the names of the kernel’s own headers', () => {
  const found = HEADERS.flatMap((path) => [...readFileSync(path, 'utf8').matchAll(/^#define\s+(E\w+)\s+(\d+)/gm)]);
  expect(found.length).toBeGreaterThan(120);
  for (const [, name, number] of found) expect(errnoName(Number(number))).toBe(name);
});

test('what is no errno is said by its number', () => {
  expect([0, -1, 41, 58, 134].map(errnoName)).toEqual(['errno 0', 'errno -1', 'errno 41', 'errno 58', 'errno 134']);
  expect(errnoText(11)).toBe('resource temporarily unavailable');
});
