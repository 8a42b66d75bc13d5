import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { abi, OPS, type Op } from '../../plan/ops.ts';
import { encode, HEADER_SIZE, MAGIC, MAX_OPS, RECORD_SIZE } from './encode.ts';

/** What C would read: header, records and the area behind them. */
function decode(bytes: Uint8Array): { header: number[]; record: (index: number) => DataView; area: Uint8Array } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const header = Array.from({ length: 6 }, (_, i) => view.getUint32(4 * i, true));
  const area = bytes.subarray(HEADER_SIZE + (header[3] ?? 0) * RECORD_SIZE);
  return { header, record: (index) => new DataView(bytes.buffer, bytes.byteOffset + HEADER_SIZE + index * RECORD_SIZE, RECORD_SIZE), area };
}

function stringAt(area: Uint8Array, at: number): string {
  return new TextDecoder().decode(area.subarray(at, area.indexOf(0, at)));
}

const start = (dir: string): Op => ({ op: 'startSocket', stage: 'host', origin: '', dir });

describe('an encoded plan', () => {
  test('says its own size, count and ABI', () => {
    const bytes = encode([start('/a'), start('/b')]);
    const { header, area } = decode(bytes);
    expect(header).toEqual([MAGIC, abi(), bytes.length, 2, area.length, 0]);
  });

  test('has opcode, stage, flags, references and n where C reads them', () => {
    const op: Op = {
      op: 'mknod',
      stage: 'setup',
      origin: '',
      path: '/dev/x',
      mode: 0o020666,
      uid: 1,
      gid: 4294967294,
      n: (1n << 40n) | 3n,
      flags: 1,
    };
    const { record, area } = decode(encode([op]));
    const view = record(0);
    expect([view.getUint16(0, true), view.getUint16(2, true), view.getUint32(4, true)]).toEqual([OPS.mknod.code, 3, 1]);
    expect(stringAt(area, view.getUint32(8, true))).toBe('/dev/x');
    expect([view.getUint32(12, true), view.getUint32(16, true), view.getUint32(20, true)]).toEqual([0o020666, 1, 4294967294]);
    expect(view.getBigUint64(24, true)).toBe((1n << 40n) | 3n);
  });

  test('ends in NUL, whatever its last argument is', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (program) => {
        const { area } = decode(encode([{ op: 'deviceFilter', stage: 'host', origin: '', path: '/x', program }]));
        expect(area.at(-1)).toBe(0);
      }),
    );
  });

  test('has every block aligned to 8 with its length before it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii' }), fc.uint8Array({ maxLength: 40 }), (path, program) => {
        const { record, area } = decode(encode([{ op: 'deviceFilter', stage: 'host', origin: '', path, program }]));
        const at = record(0).getUint32(12, true);
        expect(at % 8).toBe(0);
        expect(new DataView(area.buffer, area.byteOffset + at).getUint32(0, true)).toBe(program.length);
        expect(area.subarray(at + 8, at + 8 + program.length)).toEqual(program);
      }),
    );
  });

  test('holds vectors as a count and the strings', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0'))), (argv) => {
        const { record, area } = decode(encode([{ op: 'exec', stage: 'init', origin: '', argv, env: [] }]));
        let at = record(0).getUint32(8, true);
        expect(new DataView(area.buffer, area.byteOffset + at).getUint32(0, true)).toBe(argv.length);
        at += 4;
        for (const text of argv) {
          expect(stringAt(area, at)).toBe(text);
          at = area.indexOf(0, at) + 1;
        }
      }),
    );
  });
});

describe('what C would refuse is not encoded', () => {
  test('a NUL byte in a string', () => {
    expect(() => encode([start('/a\0b')])).toThrow(RangeError);
    expect(() => encode([{ op: 'exec', stage: 'init', origin: '', argv: ['a\0'], env: [] }])).toThrow(RangeError);
  });

  test('too many instructions', () => {
    expect(() => encode(Array.from({ length: MAX_OPS + 1 }, () => start('/')))).toThrow(/8193 instructions/);
  });

  test('too many bytes', () => {
    expect(() => encode([{ op: 'deviceFilter', stage: 'host', origin: '', path: '/', program: new Uint8Array(4 << 20) }])).toThrow(/4194/);
  });
});
