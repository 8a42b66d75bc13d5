import { describe, expect, it } from 'vitest';
import { programBytes } from '../testing/run.ts';
import { Writer } from './bytes.ts';
import { isResettable } from './resettable.ts';

const bytesOf = (hex: string): Buffer => Buffer.from(hex.replaceAll(' ', ''), 'hex');

/** A module of one function, with a table, two hidden mutable globals as Asyncify's, and an exported one. */
function module({ body = '', start = false, globals = 3 }: { body?: string; start?: boolean; globals?: number }): Uint8Array {
  const out = new Writer().raw(bytesOf('00 61 73 6d 01 00 00 00'));
  const section = (id: number, content: Writer): void => void out.byte(id).sized(content);
  section(1, new Writer().raw(bytesOf('01 60 00 00')));
  section(3, new Writer().raw(bytesOf('01 00')));
  section(4, new Writer().raw(bytesOf('01 70 00 01')));
  const list = new Writer().u32(globals + 1).raw(bytesOf('7f 00 41 07 0b')); // the first one is a constant
  for (let index = 0; index < globals; index++) list.raw(bytesOf('7f 01 41 00 0b'));
  section(6, list);
  section(7, new Writer().u32(1).name('__stack_pointer').byte(3).u32(1));
  if (start) section(8, new Writer().u32(0));
  section(10, new Writer().u32(1).sized(new Writer().u32(0).raw(bytesOf(`${body} 0b`))));
  return out.take();
}

describe('an instance can be made as new from outside', () => {
  it('when memory, exported globals and those of Asyncify are all that changes', () => {
    expect(isResettable(module({}))).toBe(true);
    expect(isResettable(module({ body: '41 00 41 00 41 00 fc 0b 00' }))).toBe(true); // memory.fill
    expect(isResettable(programBytes('processes'))).toBe(true);
  });

  it.each([
    ['a start function', { start: true }],
    ['a mutable global that is not exported', { globals: 4 }],
    ['no globals of Asyncify', { globals: 1 }],
    ['table.set', { body: '41 00 d0 70 26 00' }],
    ['table.grow', { body: 'd0 70 41 01 fc 0f 00 1a' }],
    ['data.drop', { body: 'fc 09 00' }],
    ['an unknown instruction', { body: 'ff' }],
  ])('not with %s', (_, parts) => {
    expect(isResettable(module(parts))).toBe(false);
  });
});
