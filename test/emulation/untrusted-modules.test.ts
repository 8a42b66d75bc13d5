/** What a module claims to be is not believed: it ends by a signal or is not executed, and neither its parent nor the host fails. */
import binaryen from 'binaryen';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { hasJspi } from '../../src/backends/emulation/wasi/engines/jspi.ts';
import { GuestWorld } from './guest-world.ts';

const YIELD = '(import "wasi_snapshot_preview1" "sched_yield" (func $yield (result i32)))';
const CLOCK = '(import "wasi_snapshot_preview1" "clock_time_get" (func $clock (param i32 i64 i32) (result i32)))';
const EXIT = '(import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))';
const FORK = '(import "tsrun" "proc_fork" (func $fork (param i32 i32) (result i32)))';
const MEMORY = '(memory (export "memory") 1)';
const START = '(func (export "_start"))';
const FAKE = `(func (export "asyncify_start_rewind") (param i32)) (func (export "asyncify_stop_rewind"))
  (func (export "asyncify_start_unwind") (param i32)) (func (export "asyncify_stop_unwind"))`;
const GROW = `(func (export "_start") (loop $l (br_if $l (i32.ne (memory.grow (i32.const 1)) (i32.const -1)))) (call $exit (memory.size)))`;
const NOEXEC = [126];

/** name, text, the statuses that a shell may see. */
const modules: readonly (readonly [name: string, text: string, statuses: readonly number[]])[] = [
  ['_start takes an i64', '(func (export "_start") (param i64))', NOEXEC],
  ['_start gives a v128', '(func (export "_start") (result v128) (v128.const i32x4 0 0 0 0))', NOEXEC],
  ['_start is a memory', '(memory (export "_start") 1)', NOEXEC],
  ['its start function traps', `(start $s) (func $s (unreachable)) ${START}`, [126, 139]],
  ['its start function never returns from itself', `(start $s) (func $s (call $s)) ${START}`, [126, 139]],
  ['its start function exits', `${EXIT} ${MEMORY} (start $s) (func $s (call $exit (i32.const 3))) ${START}`, [3]],
  [
    'its start function forks',
    `${FORK} ${MEMORY} ${FAKE} (start $s) (func $s (drop (call $fork (i32.const 1) (i32.const 8)))) ${START}`,
    NOEXEC,
  ],
  ['a data segment out of bounds', `${MEMORY} (data (i32.const 65536) "abc") ${START}`, [126, 139]],
  ['half of Asyncify', `${YIELD} ${MEMORY} (func (export "asyncify_start_rewind")) (func (export "_start") (drop (call $yield)))`, [0]],
  ['Asyncify of other types', `${YIELD} ${MEMORY} ${FAKE.replaceAll('i32', 'i64')} (func (export "_start") (drop (call $yield)))`, [0]],
  ['Asyncify that does nothing', `${FORK} ${FAKE} (func (export "_start") (drop (call $fork (i32.const 1) (i32.const 8))))`, [0]],
  [
    'a constant that is no number in a fork',
    `${FORK} ${MEMORY} ${FAKE} (global (export "nan") f32 (f32.const nan)) (global (export "v") (mut v128) (v128.const i32x4 0 0 0 0))
     (global (export "__stack_pointer") i64 (i64.const 7)) (func (export "_start") (drop (call $fork (i32.const 1) (i32.const 8))))`,
    [0],
  ],
  ['a loop counter that is none', `(global (export "__tsrun_fuel") i32 (i32.const 5)) ${START}`, [0]],
  ['a loop counter that is a function', `(func (export "__tsrun_fuel")) ${START}`, [0]],
  ['endless recursion', '(func $s (export "_start") (call $s))', [139]],
  ['a trap', '(func (export "_start") (unreachable))', [132]],
  ['a division by zero', '(func (export "_start") (drop (i32.div_u (i32.const 1) (i32.const 0))))', [136]],
  ['an exception that nobody catches', '(tag $t) (func (export "_start") (throw $t))', [134]],
  ['a memory that it imports', `(import "odd" "place" (memory 2 3)) ${EXIT} (func (export "_start") (call $exit (memory.size)))`, [2]],
  ['a memory that grows to its maximum', `${EXIT} (memory (export "memory") 1 5) ${GROW}`, [5]],
];

let world: GuestWorld;
let faults: unknown[];
const onFault = (error: unknown): void => void faults.push(error);

function begin(foreign: 'best' | 'thread'): void {
  faults = [];
  world = new GuestWorld({ foreign });
  for (const name of ['sh', 'box']) world.install(name);
  process.prependListener('uncaughtException', onFault);
}

afterEach(() => {
  process.removeListener('uncaughtException', onFault);
  world.kernel.shutdown();
});

async function runs(text: string, statuses: readonly number[]): Promise<void> {
  const module = binaryen.parseText(`(module ${text})`);
  module.setFeatures(binaryen.Features.All);
  world.file('/module', module.emitBinary(), 0o755);
  module.dispose();
  const { stdout } = await world.run([
    'sh',
    '-c',
    '/module </dev/null 2>/dev/null; echo $?; (exec /module) 2>/dev/null; echo $?; echo alive',
  ]);
  const lines = stdout.split('\n');
  expect(faults).toEqual([]);
  expect(lines.slice(2)).toEqual(['alive', '']);
  for (const status of lines.slice(0, 2)) expect(statuses).toContain(Number(status));
}

describe('as this engine runs foreign modules', () => {
  beforeEach(() => begin('best'));
  test.each(modules)('%s', (_name, text, statuses) => runs(text, statuses));
});

describe.skipIf(hasJspi())('in a thread', () => {
  beforeEach(() => begin('thread'));
  test.each(modules)('%s', (_name, text, statuses) => runs(text, statuses));

  test('one that goes over the container’s memory is killed', async () => {
    world.kernel.setLimits({ memory: 16 << 20 });
    const grow = '(loop $l (drop (memory.grow (i32.const 1))) (drop (call $yield)) (br $l))';
    await runs(`${YIELD} ${MEMORY} (func (export "_start") ${grow})`, [137]);
    expect(world.kernel.stats().oomKills).toBe(2);
  });

  test('a hundred thousand calls, with what they gave', async () => {
    const loop = `(loop $l (drop (call $clock (i32.const 1) (i64.const 1) (i32.const 8)))
      (if (i64.lt_u (i64.load (i32.const 8)) (i64.load (i32.const 0))) (then (unreachable)))
      (i64.store (i32.const 0) (i64.load (i32.const 8)))
      (br_if $l (i32.lt_u (local.tee $n (i32.add (local.get $n) (i32.const 1))) (i32.const 100000))))`;
    await runs(`${CLOCK} ${MEMORY} (func (export "_start") (local $n i32) ${loop})`, [0]);
  }, 60_000);
});
