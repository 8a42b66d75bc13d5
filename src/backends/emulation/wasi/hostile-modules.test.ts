/** A module that says it was instrumented, or that computes without a loop, is counted all the same or known not to be. */
import { readFileSync } from 'node:fs';
import binaryen from 'binaryen';
import { describe, expect, it } from 'vitest';
import { BadModule } from './binary/bytes.ts';
import { addFuelToForeign, FUEL_GLOBAL } from './binary/fuel.ts';
import { limitTables } from './binary/tables.ts';
import { instantiate } from './engines/instance.ts';
import type { NotExecutable } from './executable.ts';
import { prepare } from './prepare.ts';

function wat(text: string): Uint8Array {
  const module = binaryen.parseText(`(module ${text})`);
  const { ReferenceTypes, BulkMemory, TailCall, MutableGlobals } = binaryen.Features;
  module.setFeatures(ReferenceTypes | BulkMemory | TailCall | MutableGlobals);
  const bytes = module.emitBinary();
  module.dispose();
  return bytes;
}

const custom = (bytes: Uint8Array, name: string): Uint8Array =>
  Buffer.concat([bytes, Buffer.from([0, name.length + 1, name.length]), Buffer.from(name)]);

const ASYNCIFY = `(func (export "asyncify_start_rewind") (param i32)) (func (export "asyncify_stop_rewind"))
  (func (export "asyncify_start_unwind") (param i32)) (func (export "asyncify_stop_unwind"))`;
const SPIN = '(func (export "_start") (loop $l (br $l)))';

/** f0 calls f1 twice, f1 calls f2 twice …: no loop, no recursion, 2^40 calls. */
const tree = Array.from({ length: 40 }, (_, n) => `(func $f${n} (call $f${n + 1}) (call $f${n + 1}))`).join('\n');

const SPINNING: Readonly<Record<string, Uint8Array>> = {
  'a loop': wat(SPIN),
  'a loop in a module with our section': custom(wat(SPIN), 'tsrun'),
  'a loop beside a __tsrun_preempt that does nothing': wat(`(func (export "__tsrun_preempt")) ${SPIN}`),
  'a loop beside a __tsrun_preempt of another type': wat(`(func (export "__tsrun_preempt") (param i64)) ${SPIN}`),
  'a loop beside an import of sched_preempt': wat(`(import "tsrun" "sched_preempt" (func (result i32))) ${SPIN}`),
  'a tree of calls': wat(`${tree} (func $f40) (func (export "_start") (call $f0))`),
  'calls of itself through a table': wat(`(table 1 funcref) (elem (i32.const 0) $s) (type $t (func))
    (func $s (export "_start") (return_call_indirect (type $t) (i32.const 0)))`),
  'much memory again and again, in a straight line': wat(`(memory 512)
    (func (export "_start") ${'(memory.fill (i32.const 0) (i32.const 1) (i32.const 33554432))'.repeat(2000)})`),
};

/** What the module's `_start` ends with when the host throws at its third preemption. */
function spin(bytes: Uint8Array): string {
  let preempted = 0;
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), {
    tsrun: {
      sched_preempt: () => {
        if (++preempted === 3) throw new Error('ended by the host');
        (exports[FUEL_GLOBAL] as WebAssembly.Global<number>).value = 10_000;
        return 0;
      },
    },
  });
  (exports[FUEL_GLOBAL] as WebAssembly.Global<number>).value = 10_000;
  try {
    (exports['_start'] as CallableFunction)();
    return 'returned';
  } catch (error) {
    return (error as Error).message;
  }
}

describe('the counter of a foreign module', () => {
  it.each(Object.keys(SPINNING))('ends %s', { timeout: 30_000 }, (name) => {
    expect(spin(addFuelToForeign(SPINNING[name]!))).toBe('ended by the host');
  });

  it('is not put into a module that would reach it', () => {
    // global.set 0 of a module that has no globals: valid once the counter is there.
    const reaching = wat('(global $g (mut i32) (i32.const 0)) (func (export "_start") (loop $l (global.set $g (i32.const 9)) (br $l)))');
    const section = Buffer.from(reaching).indexOf(Buffer.from([6, 6, 1, 0x7f, 1, 0x41, 0, 0x0b]));
    const without = Buffer.concat([reaching.subarray(0, section), reaching.subarray(section + 8)]);
    expect(section).toBeGreaterThan(0);
    expect(() => addFuelToForeign(without)).toThrow(BadModule);
    for (const text of [
      `(global (export "__tsrun_fuel") (mut i32) (i32.const 9)) ${SPIN}`,
      `(import "tsrun" "sched_preempt" (func (param i64))) ${SPIN}`,
      `(import "tsrun" "sched_preempt" (func (result i32))) (import "tsrun" "sched_preempt" (func (result i64))) ${SPIN}`,
    ])
      expect(() => addFuelToForeign(wat(text))).toThrow(BadModule);
  });
});

describe('what a module says of itself', () => {
  const fuel = '(global (export "__tsrun_fuel") (mut i32) (i32.const 9))';

  it('is believed of our own programs alone, by their digest', () => {
    const own = readFileSync(new URL('../../../../wasm-guest/bin/test/spin.wasm', import.meta.url));
    expect(prepare(own)).toMatchObject({ engine: 'asyncify', preempts: true });
    expect(prepare(custom(own, 'changed'))).toMatchObject({ preempts: false });
    expect(prepare(custom(wat(`${fuel} ${ASYNCIFY} ${SPIN}`), 'tsrun'))).toMatchObject({ preempts: false });
    expect(prepare(custom(wat(`${fuel} ${SPIN}`), 'tsrun'))).toMatchObject({ preempts: false });
  });

  it('imports from __proto__ or constructor are as any that there are not', () => {
    const imports = ['__proto__', 'constructor', 'prototype'].map((module, at) =>
      ['polluted', 'toString', 'assign', 'hasOwnProperty'].map(
        (name, n) => `(import "${module}" "${name}" (func $i${at}${n} (result i32)))`,
      ),
    );
    const prepared = prepare(wat(`${imports.flat().join('\n')} (func (export "_start") (drop (call $i00)))`));
    const before = Object.getOwnPropertyDescriptors(Object.prototype);
    const launch = { prepared, memoryLimit: 2 ** 32 } as Parameters<typeof instantiate>[0];
    instantiate(launch, new WebAssembly.Memory({ initial: 0 }), {} as Parameters<typeof instantiate>[2]);
    expect(Object.getOwnPropertyDescriptors(Object.prototype)).toEqual(before);
  });

  it('a call imported with two types is bound to nothing', () => {
    const prepared = prepare(
      wat(`(import "wasi_snapshot_preview1" "fd_close" (func $wrong (param i64) (result i32)))
        (import "wasi_snapshot_preview1" "fd_close" (func (param i32) (result i32)))
        (func (export "_start") (drop (call $wrong (i64.const 1))))`),
    );
    expect(prepared.imports.map(({ call }) => call.name)).not.toContain('fd_close');
  });

  it('tables and files that would take the host’s memory are refused', () => {
    const refusal = (text: string): string => {
      try {
        prepare(wat(`${text} (func (export "_start"))`));
        return 'taken';
      } catch (error) {
        return (error as NotExecutable).description;
      }
    };
    expect(refusal('(table 100000 funcref)')).toBe('taken');
    expect(refusal('(table 9000000 funcref)')).toContain('tables of more than 1048576 entries');
    expect(refusal('(table 1 funcref)'.repeat(40))).toContain('more than 16 tables');
  });

  it('table.grow ends at as many entries for all tables together, whatever maximum they have', () => {
    /** Entries of each table once it grew, by halving steps, as far as it goes. */
    const grown = (...tables: readonly string[]): number[] => {
      const grow = tables.map(
        (_, index) => `(local.set $step (i32.const 0x800000))
          (loop $l
            (br_if $l (i32.ne (table.grow ${index} (ref.null func) (local.get $step)) (i32.const -1)))
            (br_if $l (local.tee $step (i32.shr_u (local.get $step) (i32.const 1)))))`,
      );
      const declared = tables.map((limits, index) => `(table (export "t${index}") ${limits} funcref)`);
      const { module } = prepare(wat(`${declared.join(' ')} (func (export "_start") (local $step i32) ${grow.join(' ')})`));
      const { _start, ...exported } = new WebAssembly.Instance(module).exports as Record<string, WebAssembly.Table> & {
        _start: () => void;
      };
      _start();
      return Object.values(exported).map(({ length }) => length);
    };
    expect(grown('1')).toEqual([2 ** 20]);
    expect(grown('1 10000000')).toEqual([2 ** 20]);
    expect(grown('5 7')).toEqual([7]);
    expect(grown('5 5', '10', '20 4000000000').reduce((sum, length) => sum + length, 0)).toBeLessThanOrEqual(2 ** 20);
    const sixteen = grown(...Array.from({ length: 16 }, (_, index) => (index % 2 === 0 ? '1' : '2 10000000')));
    expect(sixteen.reduce((sum, length) => sum + length, 0)).toBeLessThanOrEqual(2 ** 20);
    expect(Math.min(...sixteen)).toBeGreaterThan(2 ** 15);
  });

  it('a module whose tables stay small keeps its bytes, and so its digest', () => {
    const own = readFileSync(new URL('../../../../wasm-guest/bin/test/spin.wasm', import.meta.url));
    expect(limitTables(own)).toBe(own);
    const small = wat('(table 1 2000 funcref) (func (export "_start"))');
    expect(limitTables(small)).toBe(small);
  });
});
