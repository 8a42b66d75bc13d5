/** No arguments of a guest make an import throw anything but what the kernel throws to end a process. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Unwound } from '../kernel/types.ts';
import { WASI_ERRNO } from './errno.ts';
import { SUSPEND } from './guest.ts';
import type { Callable } from './imports.ts';
import { tsrun } from './posix/index.ts';
import { wasix } from './posix/wasix.ts';
import { preview1 } from './preview1/index.ts';
import { WIDE } from './signatures.ts';
import { Calls, invoke } from './testing/calls.ts';

const ERRNOS = new Set<number>(Object.values(WASI_ERRNO));
const i32 = fc.oneof(
  fc.constantFrom(
    0,
    1,
    2,
    3,
    4,
    5,
    -1,
    -100,
    16,
    255,
    1000,
    65536,
    65540,
    4 * 65536 - 8,
    4 * 65536 - 1,
    4 * 65536,
    0x7fffffff,
    -0x80000000,
  ),
  fc.integer({ min: 0, max: 1100 }),
  fc.integer({ min: -0x80000000, max: 0x7fffffff }),
);
const i64 = fc.oneof(
  fc.constantFrom(0n, 1n, -1n, 100n, 2n ** 53n, 2n ** 63n - 1n, -(2n ** 63n)),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
);
const tables = { preview1, tsrun, wasix };
const all = Object.entries(tables).flatMap(([module, table]) =>
  Object.entries(table)
    .filter(([name]) => module !== 'wasix' || !(name in preview1))
    .map(([name, call]) => ({ title: `${module}.${name}`, name, call: call as Callable })),
);

it.each(all)('$title', ({ name, call }) => {
  const wide = WIDE[name] ?? [];
  const parameters = Array.from({ length: call.length - 1 }, (_, index) => (wide.includes(index) ? i64 : i32));
  const memory = fc.uint8Array({ minLength: 0, maxLength: 1200 });
  let calls = new Calls('memory', false);
  fc.assert(
    fc.property(fc.tuple(...parameters), memory, (args, content) => {
      calls.guest.u8.set(content);
      calls.guest.u8.set(new TextEncoder().encode('/hello'), 1000);
      try {
        const result = invoke(calls.guest, call, args);
        expect(result === SUSPEND || ERRNOS.has(result)).toBe(true);
      } catch (error) {
        if (!(error instanceof Unwound)) throw error;
        calls.close();
        calls = new Calls('memory', false);
      }
    }),
    { numRuns: 100 },
  );
  calls.close();
});
