import { expect, test } from 'vitest';
import { explainExec } from './executable.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** A 64-bit little-endian ELF head with one PT_INTERP entry. */
function elf(machine: number, interpreter: string): Uint8Array {
  const head = new Uint8Array(0x200);
  const view = new DataView(head.buffer);
  head.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]);
  view.setUint16(18, machine, true);
  view.setBigUint64(32, 64n, true);
  view.setUint16(54, 56, true);
  view.setUint16(56, 1, true);
  view.setUint32(64, 3, true);
  view.setBigUint64(72, 0x100n, true);
  head.set(bytes(interpreter), 0x100);
  return head;
}

test('a missing interpreter of a script is named', () => {
  expect(explainExec('ENOENT', bytes('#!/nope/interp -x\n'))).toBe('interpreter /nope/interp of its #! line does not exist in the rootfs');
});
test('a CR at the end of the #! line is named before the interpreter is', () => {
  expect(explainExec('ENOENT', bytes('#!/bin/sh\r\necho'))).toContain('CR LF');
});
test('a missing ELF loader is named', () => {
  expect(explainExec('ENOENT', elf(62, '/lib64/ld-linux-x86-64.so.2'), 'x64')).toBe(
    'it needs the loader /lib64/ld-linux-x86-64.so.2, which does not exist in the rootfs',
  );
});
test('an ELF head that ends before its loader name still gives a cause', () => {
  expect(explainExec('ENOENT', elf(62, '/x').subarray(0, 0x80), 'x64')).toContain('loader');
});
test('a program for another architecture is named with both architectures', () => {
  expect(explainExec('ENOEXEC', elf(183, '/x'), 'x64')).toBe('it is an ELF program for aarch64, this host is x86-64');
});
test('text without a #! line, an empty file and a WebAssembly module are told apart', () => {
  expect(explainExec('ENOEXEC', bytes('echo hi\n'))).toContain('without a #! line');
  expect(explainExec('ENOEXEC', bytes(''))).toBe('the file is empty');
  expect(explainExec('ENOEXEC', bytes('\0asm\x01'))).toContain('WebAssembly');
});
