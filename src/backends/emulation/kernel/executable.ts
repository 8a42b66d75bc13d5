import { errno } from '../errno.ts';
import type { Inode } from '../vfs/types.ts';

/** BINPRM_BUF_SIZE: how much of a file decides what it is. */
const HEAD = 256;
const MACHINES: Readonly<Record<number, string>> = {
  3: 'x86',
  8: 'MIPS',
  20: 'PowerPC',
  21: '64-bit PowerPC',
  22: 's390x',
  40: 'ARM',
  62: 'x86-64',
  183: 'AArch64',
  243: 'RISC-V',
};

/** What the first bytes of a file say that it is. */
export type ExecutableHead =
  | { readonly kind: 'wasm'; readonly component: boolean }
  | { readonly kind: 'script'; readonly interpreter: string; readonly argument: string | undefined }
  | { readonly kind: 'elf'; readonly machine: string }
  | { readonly kind: 'mach-o' }
  | { readonly kind: 'empty' }
  | { readonly kind: 'text' }
  | { readonly kind: 'unknown' };

/** A regular file's head; throws what reading it throws. `script` with an empty interpreter is a `#!` line that Linux refuses. */
export function describeExecutable(inode: Inode): ExecutableHead {
  const buffer = new Uint8Array(HEAD);
  const head = buffer.subarray(0, inode.readAt(0, buffer));
  if (head.length === 0) return { kind: 'empty' };
  if (startsWith(head, [0, 0x61, 0x73, 0x6d])) return { kind: 'wasm', component: head[6] === 1 };
  if (startsWith(head, [0x23, 0x21])) return script(head);
  if (startsWith(head, [0x7f, 0x45, 0x4c, 0x46])) {
    const little = head[5] !== 2;
    const [low, high] = little ? [18, 19] : [19, 18];
    const machine = (head[low] ?? 0) | ((head[high] ?? 0) << 8);
    return { kind: 'elf', machine: MACHINES[machine] ?? `machine ${machine}` };
  }
  if ([0xfeedface, 0xfeedfacf, 0xcafebabe, 0xcffaedfe, 0xcefaedfe].includes(word(head))) return { kind: 'mach-o' };
  return head.includes(0) ? { kind: 'unknown' } : { kind: 'text' };
}

/** `#! interpreter [one argument]` (execve(2)): the argument is all the rest of the line, without blanks at its ends. */
function script(head: Uint8Array): ExecutableHead {
  let text = '';
  for (const byte of head.subarray(2)) {
    if (byte === 10 || byte === 0) break;
    text += String.fromCharCode(byte);
  }
  const complete = text.length < head.length - 2 || head.length < HEAD;
  const line = new TextDecoder().decode(Uint8Array.from(text, (char) => char.charCodeAt(0))).replace(/^[ \t]+|[ \t]+$/g, '');
  const [, interpreter = '', argument] = /^([^ \t]*)(?:[ \t]+(.*))?$/s.exec(line) ?? [];
  // A line that the head cuts within the interpreter's name cannot be trusted (Linux since 5.1).
  if (!complete && argument === undefined) return { kind: 'script', interpreter: '', argument: undefined };
  return { kind: 'script', interpreter, argument };
}

const startsWith = (head: Uint8Array, bytes: readonly number[]): boolean => bytes.every((byte, index) => head[index] === byte);
const word = (head: Uint8Array): number => (((head[0] ?? 0) << 24) | ((head[1] ?? 0) << 16) | ((head[2] ?? 0) << 8) | (head[3] ?? 0)) >>> 0;

/** The parts of a `#!` line, or undefined for what the loader has to know. ENOEXEC for a useless one. */
export function interpreterOf(inode: Inode): { readonly interpreter: string; readonly argument: string | undefined } | undefined {
  const head = describeExecutable(inode);
  if (head.kind !== 'script') return undefined;
  if (head.interpreter === '') throw errno('ENOEXEC');
  return head;
}
