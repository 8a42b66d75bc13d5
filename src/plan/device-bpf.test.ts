import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LinuxDeviceCgroup } from '../oci/spec.ts';
import { compileDeviceFilter } from './device-bpf.ts';
import { allowsDevice, DEFAULT_DEVICE_RULES } from './device-rules.ts';

interface Request {
  readonly type: 'b' | 'c';
  readonly major: number;
  readonly minor: number;
  /** m 1, r 2, w 4 */
  readonly access: number;
}

/** The few eBPF instructions that these programs use; anything else, and running off the end, throws. */
function run(program: Uint8Array, { type, major, minor, access }: Request, executed?: Set<number>): number {
  const view = new DataView(program.buffer, program.byteOffset, program.byteLength);
  const context = new Map([
    [0, (access << 16) | (type === 'b' ? 1 : 2)],
    [4, major],
    [8, minor],
  ]);
  const registers = Array.from({ length: 11 }, () => Number.NaN);
  for (let pc = 0; pc * 8 < program.length; pc++) {
    executed?.add(pc);
    const [code, operands, off, imm] = [
      view.getUint8(pc * 8),
      view.getUint8(pc * 8 + 1),
      view.getInt16(pc * 8 + 2, true),
      view.getInt32(pc * 8 + 4, true),
    ];
    const dst = operands & 15;
    const value = registers[dst] ?? Number.NaN;
    if (code === 0x61) registers[dst] = context.get(off) ?? Number.NaN;
    else if (code === 0x54) registers[dst] = (value & imm) >>> 0;
    else if (code === 0x74) registers[dst] = value >>> imm;
    else if (code === 0xb7) registers[dst] = imm;
    else if (code === 0x05) pc += off;
    else if (code === 0x45) pc += (value & imm) === 0 ? 0 : off;
    else if (code === 0x55) pc += value === imm ? 0 : off;
    else if (code === 0x95) return registers[0] ?? Number.NaN;
    else throw new Error(`instruction ${pc}: unknown code 0x${code.toString(16)}`);
  }
  throw new Error('the program runs off its end');
}

const letters = (access: number): string => [...'mrw'].filter((_, bit) => (access & (1 << bit)) !== 0).join('');

const request: fc.Arbitrary<Request> = fc.record({
  type: fc.constantFrom('b', 'c'),
  major: fc.nat(3),
  minor: fc.nat(3),
  access: fc.integer({ min: 1, max: 7 }),
});
const rule: fc.Arbitrary<LinuxDeviceCgroup> = fc.record(
  {
    allow: fc.boolean(),
    type: fc.constantFrom('a', 'b', 'c'),
    major: fc.integer({ min: -1, max: 3 }),
    minor: fc.integer({ min: -1, max: 3 }),
    access: fc.constantFrom('r', 'w', 'm', 'rw', 'wm', 'rwm', ''),
  },
  { requiredKeys: ['allow'] },
);

describe('the device filter', () => {
  it('decides every request as the rules in words do', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(fc.array(rule, { maxLength: 8 }), fc.array(request, { minLength: 30, maxLength: 30 }), (rules, requests) => {
        const program = compileDeviceFilter(rules);
        const words = (each: Request): 0 | 1 => (allowsDevice(rules, { ...each, access: letters(each.access) }) ? 1 : 0);
        expect(requests.map((each) => run(program, each))).toEqual(requests.map(words));
      }),
      { numRuns: 500 },
    );
  });

  it('has no instruction behind a rule that decides everything: the verifier refuses unreachable code', () => {
    const program = compileDeviceFilter([{ allow: true, major: 1 }, { allow: false }, { allow: true, type: 'c', major: 1, minor: 3 }]);
    const executed = new Set<number>();
    for (const type of ['b', 'c'] as const)
      for (const major of [1, 2]) for (const minor of [3, 4]) run(program, { type, major, minor, access: 2 }, executed);
    expect(executed.size).toBe(program.length / 8);
  });

  it('of the rules that match, the last that names an access decides it; all must be allowed, and what no rule names is denied', () => {
    const rules = [
      { allow: true },
      { allow: false, type: 'c', major: 1, access: 'w' },
      { allow: true, type: 'c', major: 1, minor: 3 },
    ] as const;
    const answer = (minor: number, access: string): boolean => allowsDevice(rules, { type: 'c', major: 1, minor, access });
    expect([answer(3, 'rw'), answer(4, 'r'), answer(4, 'w'), answer(4, 'rw')]).toEqual([true, true, false, false]);
    expect(allowsDevice([], { type: 'b', major: 1, minor: 1, access: 'r' })).toBe(false);
    expect(allowsDevice([{ allow: true, access: 'r' }], { type: 'b', major: 1, minor: 1, access: 'rw' })).toBe(false);
  });

  it('the default devices are usable whatever the rules deny, any node may be made, the disk is not readable', () => {
    const program = compileDeviceFilter([{ allow: false, access: 'rwm' }, ...DEFAULT_DEVICE_RULES]);
    expect(run(program, { type: 'c', major: 1, minor: 3, access: 6 })).toBe(1);
    expect(run(program, { type: 'c', major: 136, minor: 77, access: 7 })).toBe(1);
    expect(run(program, { type: 'b', major: 8, minor: 0, access: 1 })).toBe(1);
    expect(run(program, { type: 'b', major: 8, minor: 0, access: 3 })).toBe(0);
    expect(run(program, { type: 'c', major: 1, minor: 1, access: 2 })).toBe(0);
  });
});
