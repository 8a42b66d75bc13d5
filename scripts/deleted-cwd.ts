/**
 * Bun 1.4.5 refuses to start in a deleted working directory, and engines do call runtimes from such. The check comes
 * before any of our code, so the compiled executable gets a prologue in front of its entry point:
 *
 *     if (getcwd(buffer, 4096) == -ENOENT) chdir("/");
 *     goto original_entry;
 *
 * It is put into the unused bytes before the code segment, in the same page; nothing of the file moves.
 */
import { readFileSync, writeFileSync } from 'node:fs';

const PT_LOAD = 1;
const PF_X = 1;
const EM_X86_64 = 62;
const PAGE = 4096;

/** x86-64, position independent; rdx (the loader's exit function) and the stack are kept. The jump's target comes last. */
const PROLOGUE = [
  [0x52], // push rdx
  [0x48, 0x81, 0xec, 0x00, 0x10, 0x00, 0x00], // sub rsp, 4096
  [0xb8, 79, 0, 0, 0], // mov eax, SYS_getcwd
  [0x48, 0x89, 0xe7], // mov rdi, rsp
  [0xbe, 0x00, 0x10, 0x00, 0x00], // mov esi, 4096
  [0x0f, 0x05], // syscall
  [0x48, 0x83, 0xf8, 0xfe], // cmp rax, -ENOENT
  [0x75, 16], // jne done
  [0x66, 0xc7, 0x04, 0x24, 0x2f, 0x00], // mov word [rsp], "/"
  [0x48, 0x89, 0xe7], // mov rdi, rsp
  [0xb8, 80, 0, 0, 0], // mov eax, SYS_chdir
  [0x0f, 0x05], // syscall
  [0x48, 0x81, 0xc4, 0x00, 0x10, 0x00, 0x00], // done: add rsp, 4096
  [0x5a], // pop rdx
  [0xe9], // jmp original_entry (rel32 follows)
].flat();
const PROLOGUE_SIZE = PROLOGUE.length + 4;

/** Changes the ELF executable at `path`. Throws when it has no room or is for another machine. */
export function startInDeletedDirectory(path: string): void {
  const file = readFileSync(path);
  const machine = file.readUInt16LE(18);
  if (machine !== EM_X86_64) throw new Error(`no prologue for ELF machine ${machine}`);
  const table = Number(file.readBigUInt64LE(32));
  const headers = Array.from({ length: file.readUInt16LE(56) }, (_, i) => table + i * file.readUInt16LE(54));
  const loads = headers.filter((at) => file.readUInt32LE(at) === PT_LOAD);
  const code = loads.find((at) => (file.readUInt32LE(at + 4) & PF_X) !== 0);
  if (code === undefined) throw new Error('no executable segment');

  const field = (at: number): number => Number(file.readBigUInt64LE(code + at));
  const [offset, address] = [field(8), field(16)];
  const before = Math.max(
    ...loads
      .filter((at) => at !== code)
      .map((at) => Number(file.readBigUInt64LE(at + 8) + file.readBigUInt64LE(at + 32)))
      .filter((end) => end <= offset),
  );
  const at = offset - PROLOGUE_SIZE;
  // The page that holds the segment's first byte is mapped whole, so what lies before it there is executable too.
  if (at < before || Math.floor(at / PAGE) !== Math.floor(offset / PAGE) || file.subarray(at, offset).some((byte) => byte !== 0)) {
    throw new Error(`no room before the code segment (it begins at ${offset}, the segment before it ends at ${before})`);
  }

  file.set(PROLOGUE, at);
  file.writeInt32LE(Number(file.readBigUInt64LE(24)) - address, at + PROLOGUE.length);
  for (const start of [8, 16, 24]) file.writeBigUInt64LE(BigInt(field(start) - PROLOGUE_SIZE), code + start); // offset, addresses
  for (const size of [32, 40]) file.writeBigUInt64LE(BigInt(field(size) + PROLOGUE_SIZE), code + size);
  file.writeBigUInt64LE(BigInt(address - PROLOGUE_SIZE), 24);
  writeFileSync(path, file);
}
