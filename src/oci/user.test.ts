import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseUser } from './user.ts';

test('a number alone is the uid, never 0 (CVE-2026-30892)', () => {
  expect(parseUser('1')).toEqual({ value: { uid: 1, gid: undefined } });
});

test('every pair of legal ids is read as written', () => {
  fc.assert(
    fc.property(fc.nat(0xffff_fffe), fc.option(fc.nat(0xffff_fffe), { nil: undefined }), (uid, gid) => {
      expect(parseUser(gid === undefined ? `${uid}` : `${uid}:${gid}`)).toEqual({ value: { uid, gid } });
    }),
  );
});

test.each([
  '',
  ':',
  '1:',
  ':1',
  'root',
  '1:root',
  '-1',
  '+1',
  ' 1',
  '1 ',
  '1\n',
  '01',
  '0x1',
  '1e3',
  '1.0',
  '1:2:3',
  '4294967295',
  '99999999999',
  '１',
])('%j is refused', (text) => {
  expect(parseUser(text)).toHaveProperty('error');
});

test('the error names the text and which of the two ids it is', () => {
  expect(parseUser('0:wheel')).toEqual({ error: 'parsing "wheel" as int for gid failed: not a decimal number' });
  expect(parseUser('4294967295')).toEqual({ error: 'parsing "4294967295" as int for uid failed: above 4294967294' });
});
