import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { JsonError, parseJson } from './json.ts';
import { jsonPointer } from './pointer.ts';

function errorOf(input: string | Uint8Array): JsonError {
  try {
    parseJson(input);
  } catch (error) {
    if (error instanceof JsonError) return error;
    throw error;
  }
  throw new Error('no error');
}

describe('parseJson', () => {
  test('gives what JSON.parse gives, for any JSON value in any spacing', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), fc.constantFrom(undefined, 1, '\t'), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        fc.pre(!/\\u0000|\\ud[89a-f]/i.test(text));
        expect(parseJson(text).value).toEqual(JSON.parse(text));
        expect(parseJson(new TextEncoder().encode(text)).value).toEqual(JSON.parse(text));
      }),
    );
  });

  test('refuses whatever JSON.parse refuses: one character changed, removed or added at any place', () => {
    const seed = '{"a": [1, -2.5e3, "x\\n\\u00e9", true, null], "b": {"c": []}}';
    fc.assert(
      fc.property(
        fc.nat(seed.length),
        fc.nat(1),
        fc.constantFrom('', '"', '\\', ',', ':', '{', ']', '0', '-', 'e', '.', '\n', '\0'),
        (at, cut, add) => {
          const text = seed.slice(0, at) + add + seed.slice(at + cut);
          let legal = true;
          try {
            JSON.parse(text);
          } catch {
            legal = false;
          }
          if (!legal) expect(errorOf(text)).toBeInstanceOf(JsonError);
        },
      ),
      { numRuns: 2000 },
    );
  });

  test('names a duplicate property with pointer, line and column', () => {
    const error = errorOf('{\n  "linux": {"a/b": {"x": 1,\n "x": 2}}}');
    expect(error.message).toBe('duplicate name "x" at line 3, column 2 (/linux/a~1b)');
    expect(error).toMatchObject({ pointer: '/linux/a~1b', line: 3, column: 2 });
  });

  test('sees that two spellings are the same name', () => {
    expect(errorOf('{"hostname":"a","\\u0068ostname":"b"}').message).toContain('duplicate name "hostname"');
  });

  test('finds every duplicate, at any depth and in any object', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), fc.string({ minLength: 1 }), fc.nat(), (value, name, at) => {
        const text = JSON.stringify({ [name]: value });
        fc.pre(!/\\u0000|\\ud[89a-f]/i.test(text));
        const objects = [...text.matchAll(/"(?:[^"\\]|\\.)*"|\{/g)].filter((match) => match[0] === '{').map((match) => match.index);
        const place = (objects[at % objects.length] ?? 0) + 1;
        const twice = `${JSON.stringify(name)}:1,${JSON.stringify(name)}:2`;
        const rest = text.slice(place);
        expect(errorOf(text.slice(0, place) + twice + (rest.startsWith('}') ? '' : ',') + rest).message).toContain('duplicate name');
      }),
    );
  });

  test.each([
    ['{} {}', 'unexpected data after the end of the document at line 1, column 4'],
    ['{}\n\u0000', 'unexpected data after the end of the document at line 2, column 1'],
    ['', 'expected a value, found the end of the file at line 1, column 1'],
    ['{"a":', 'expected a value, found the end of the file at line 1, column 6 (/a)'],
    ['{"a" 1}', 'expected ":", found "1" at line 1, column 6'],
    ["{'a':1}", 'expected a property name in double quotes, found "\'" at line 1, column 2'],
    ['[1,]', 'expected a value, found "]" at line 1, column 4 (/1)'],
    ['\ufeff{}', 'a byte order mark is not JSON at line 1, column 1'],
    ['["a\\u0000b"]', 'a string with a NUL character at line 1, column 2 (/0)'],
    ['["\\ud800"]', 'a string with half a surrogate pair at line 1, column 2 (/0)'],
    ['[1e999]', 'number 1e999 is out of range at line 1, column 2 (/0)'],
    ['[01]', 'expected "," or "]", found "1" at line 1, column 3'],
  ])('%j: %s', (text, message) => {
    expect(errorOf(text).message).toBe(message);
  });

  test('refuses bytes that are not UTF-8 and says where', () => {
    const bytes = new Uint8Array([...new TextEncoder().encode('{\n"é": "'), 0xff, 0x22, 0x7d]);
    expect(errorOf(bytes).message).toBe('invalid UTF-8 at line 2, column 7');
    expect(errorOf(new Uint8Array([0x22, 0xc3])).message).toContain('invalid UTF-8');
  });

  test('stops at 64 levels instead of exhausting the stack', () => {
    expect(errorOf('['.repeat(100_000)).message).toContain('nested deeper than 64 levels');
    expect(parseJson('['.repeat(64) + ']'.repeat(64)).rounded).toEqual([]);
  });

  test('keeps integers that a double holds and lists those it does not', () => {
    const text = '{"exact":9223372036854771712,"max":18446744073709551615,"odd":9007199254740993,"neg":-1,"f":0.1,"e":1e3}';
    const { value, rounded } = parseJson(text);
    expect(value).toMatchObject({ exact: 9223372036854771712, max: 2 ** 64, neg: -1, f: 0.1, e: 1000 });
    expect(rounded).toEqual([
      { pointer: '/max', text: '18446744073709551615' },
      { pointer: '/odd', text: '9007199254740993' },
    ]);
  });

  test('a property called __proto__ is only a property', () => {
    const { value } = parseJson('{"__proto__": {"x": 1}}');
    expect(Object.keys(Object(value))).toEqual(['__proto__']);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  });
});

test('jsonPointer escapes ~ and /', () => {
  expect(jsonPointer(['a/b', 0, '~'])).toBe('/a~1b/0/~0');
});
