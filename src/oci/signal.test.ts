import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseSignal, signalName, SIGNALS } from './signal.ts';

describe('parseSignal', () => {
  test.each([
    ['TERM', 15],
    ['SIGTERM', 15],
    ['sigterm', 15],
    ['kIlL', 9],
    ['9', 9],
    ['0', 0],
    ['64', 64],
    ['SIGRTMIN', 34],
    ['rtmin+3', 37],
    ['SIGRTMAX', 64],
    ['RTMAX-2', 62],
    ['IOT', 6],
    ['POLL', 29],
  ])('%s is %i', (text, value) => {
    expect(parseSignal(text)).toEqual({ value });
  });

  test.each([
    'FOO',
    '',
    'SIG',
    'SIGSIGTERM',
    '65',
    '-9',
    '1.5',
    ' TERM',
    '9 ',
    'RTMIN+31',
    'RTMAX-31',
    'RTMIN-1',
    '0x9',
    'constructor',
    '__proto__',
  ])('%j is unknown, in runc’s words', (text) => {
    expect(parseSignal(text)).toEqual({ error: `unknown signal ${JSON.stringify(text)}` });
  });

  test('every name means the same with and without SIG and in any case, and is the name of its number', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.keys(SIGNALS)),
        fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }),
        fc.boolean(),
        (name, upper, bare) => {
          const text = [...(bare ? name.slice(3) : name)].map((letter, index) => (upper[index] ? letter : letter.toLowerCase())).join('');
          expect(parseSignal(text)).toEqual({ value: SIGNALS[name] });
          expect(signalName(SIGNALS[name] ?? 0)).toBe(name);
        },
      ),
    );
  });

  test('the name of every number from 1 to 64, save the two of the C library, reads back', () => {
    for (let number = 1; number <= 64; number++) {
      const name = signalName(number);
      if (number === 32 || number === 33) expect(name).toBeUndefined();
      else expect(parseSignal(name ?? '')).toEqual({ value: number });
    }
    expect(signalName(0)).toBeUndefined();
    expect(signalName(65)).toBeUndefined();
  });
});
