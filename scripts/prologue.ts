/**
 * What must happen before Bun's own entry point, in machine code that the compiled executable gets in front of it:
 *
 *     if (getcwd(buffer, 4096) == -ENOENT) chdir("/");
 *     if (no string of argv begins with "--preser", and none of the environment with "LISTEN_P") setenv("BUN_JSC_useJIT", "0", 0);
 *     goto original_entry;
 *
 * Bun 1.4.5 refuses to start in a deleted working directory, and engines do call runtimes from such.
 * JavaScriptCore's compilers take a quarter of the CPU time of `run`, and none of our commands lives long enough to gain by
 * them. They can be switched off by a variable of the environment only, which is read before any of our code. A caller's
 * own setting is left alone; whoever spawns this program for long work, or executes it anew (the emulation backend), sets it to 1.
 * A program that Bun executes in its place gets none of its descriptors from 3 on: where such are handed over (`--preserve-fds`,
 * LISTEN_PID), the compilers stay on from the beginning.
 *
 * It is put into the unused bytes before the code segment, in the same page; nothing of the file moves.
 */
import { readFileSync, writeFileSync } from 'node:fs';

const PT_LOAD = 1;
const PT_DYNAMIC = 2;
const PF_X = 1;
const EM_X86_64 = 62;
const R_X86_64_JUMP_SLOT = 7;
const PAGE = 4096;
const NAME = Buffer.from('BUN_JSC_useJIT\0');
const STRINGS = Buffer.concat([NAME, Buffer.from('0\0')]);

/** x86-64; the stack is aligned for a call, and rdx (the loader's exit function) is kept. All addresses are those of the image. */
function prologue(at: number, entry: number, setenvSlot: number): Buffer {
  const bytes: number[] = [];
  const emit = (...more: number[]): void => void bytes.push(...more);
  const int32 = (value: number): number[] => [...Buffer.from(Int32Array.of(value).buffer)];
  /** The distance from the end of an instruction whose last four bytes it is. */
  const relative = (target: number): number[] => int32(target - (at + bytes.length + 4));

  emit(0x52); // push rdx
  emit(0x48, 0x81, 0xec, ...int32(4104)); // sub rsp, 4104
  emit(0xb8, ...int32(79)); // mov eax, SYS_getcwd
  emit(0x48, 0x89, 0xe7); // mov rdi, rsp
  emit(0xbe, ...int32(4096)); // mov esi, 4096
  emit(0x0f, 0x05); // syscall
  emit(0x48, 0x83, 0xf8, 0xfe); // cmp rax, -ENOENT
  emit(0x75, 16); // jne over the next four
  emit(0x66, 0xc7, 0x04, 0x24, 0x2f, 0x00); // mov word [rsp], "/"
  emit(0x48, 0x89, 0xe7); // mov rdi, rsp
  emit(0xb8, ...int32(80)); // mov eax, SYS_chdir
  emit(0x0f, 0x05); // syscall
  emit(0x48, 0x8d, 0xb4, 0x24, ...int32(4104 + 16)); // lea rsi, [argv]: behind it are 0, the environment, 0
  emit(0x48, 0xb9, ...Buffer.from('--preser')); // mov rcx
  emit(0x49, 0xb8, ...Buffer.from('LISTEN_P')); // mov r8
  emit(0xbf, ...int32(2)); // mov edi, 2: lists
  emit(0x48, 0x8b, 0x06); // next: mov rax, [rsi]
  emit(0x48, 0x83, 0xc6, 0x08); // add rsi, 8
  emit(0x48, 0x85, 0xc0); // test rax, rax
  emit(0x74, 15); // jz end
  emit(0x48, 0x8b, 0x00); // mov rax, [rax]: behind the last string are 8 bytes of 0
  emit(0x48, 0x39, 0xc8); // cmp rax, rcx
  emit(0x74, 33); // je out
  emit(0x4c, 0x39, 0xc0); // cmp rax, r8
  emit(0x74, 28); // je out
  emit(0xeb, -27 & 0xff); // jmp next
  emit(0xff, 0xcf); // end: dec edi
  emit(0x75, -31 & 0xff); // jnz next
  const strings = at + PROLOGUE_SIZE - STRINGS.length;
  emit(0x48, 0x8d, 0x3d);
  emit(...relative(strings)); // lea rdi, name
  emit(0x48, 0x8d, 0x35);
  emit(...relative(strings + NAME.length)); // lea rsi, value
  emit(0x31, 0xd2); // xor edx, edx: do not overwrite
  emit(0xff, 0x15);
  emit(...relative(setenvSlot)); // call [setenv]
  emit(0x48, 0x81, 0xc4, ...int32(4104)); // out: add rsp, 4104
  emit(0x5a); // pop rdx
  emit(0xe9);
  emit(...relative(entry)); // jmp original_entry
  return Buffer.concat([Buffer.from(bytes), STRINGS]);
}
const PROLOGUE_SIZE = 144 + STRINGS.length;

/** Changes the ELF executable at `path`. Throws when it has no room, is for another machine, or does not call setenv itself. */
export function addPrologue(path: string): void {
  const file = readFileSync(path);
  const word = (at: number): number => Number(file.readBigUInt64LE(at));
  const machine = file.readUInt16LE(18);
  if (machine !== EM_X86_64) throw new Error(`no prologue for ELF machine ${machine}`);
  const table = word(32);
  const headers = Array.from({ length: file.readUInt16LE(56) }, (_, i) => table + i * file.readUInt16LE(54));
  const loads = headers.filter((at) => file.readUInt32LE(at) === PT_LOAD);
  const code = loads.find((at) => (file.readUInt32LE(at + 4) & PF_X) !== 0);
  const dynamic = headers.find((at) => file.readUInt32LE(at) === PT_DYNAMIC);
  if (code === undefined || dynamic === undefined) throw new Error('no executable segment, or not linked dynamically');

  const [offset, address] = [word(code + 8), word(code + 16)];
  const before = Math.max(
    ...loads
      .filter((at) => at !== code)
      .map((at) => word(at + 8) + word(at + 32))
      .filter((end) => end <= offset),
  );
  const at = offset - PROLOGUE_SIZE;
  // The page that holds the segment's first byte is mapped whole, so what lies before it there is executable too.
  if (at < before || Math.floor(at / PAGE) !== Math.floor(offset / PAGE) || file.subarray(at, offset).some((byte) => byte !== 0)) {
    throw new Error(`no room before the code segment (it begins at ${offset}, the segment before it ends at ${before})`);
  }
  const fileOffset = (place: number): number => {
    const load = loads.find((header) => place >= word(header + 16) && place < word(header + 16) + word(header + 32));
    if (load === undefined) throw new Error(`address ${place} is not in the file`);
    return place - word(load + 16) + word(load + 8);
  };
  const bytes = prologue(address - PROLOGUE_SIZE, word(24), jumpSlot(file, fileOffset, word(dynamic + 8), 'setenv'));
  if (bytes.length !== PROLOGUE_SIZE) throw new Error(`the prologue has ${bytes.length} bytes, not ${PROLOGUE_SIZE}`);

  file.set(bytes, at);
  const grow = (place: number, by: number): void => void file.writeBigUInt64LE(BigInt(word(place) + by), place);
  for (const start of [8, 16, 24]) grow(code + start, -PROLOGUE_SIZE); // offset, addresses
  for (const size of [32, 40]) grow(code + size, PROLOGUE_SIZE);
  file.writeBigUInt64LE(BigInt(address - PROLOGUE_SIZE), 24);
  writeFileSync(path, file);
}

/** Address of the pointer through which the image calls function `name` of a library. `dynamic`: file offset of its table. */
function jumpSlot(file: Buffer, fileOffset: (address: number) => number, dynamic: number, name: string): number {
  const word = (at: number): number => Number(file.readBigUInt64LE(at));
  const tags = new Map<number, number>();
  for (let at = dynamic; word(at) !== 0; at += 16) tags.set(word(at), word(at + 8));
  const tag = (number: number): number => {
    const value = tags.get(number);
    if (value === undefined) throw new Error(`no dynamic tag ${number}`);
    return value;
  };
  const [DT_PLTRELSZ, DT_STRTAB, DT_SYMTAB, DT_JMPREL] = [2, 5, 6, 23];
  const [strings, symbols, relocations] = [DT_STRTAB, DT_SYMTAB, DT_JMPREL].map((number) => fileOffset(tag(number))) as [
    number,
    number,
    number,
  ];
  for (let at = relocations; at < relocations + tag(DT_PLTRELSZ); at += 24) {
    if (file.readUInt32LE(at + 8) !== R_X86_64_JUMP_SLOT) continue;
    const start = strings + file.readUInt32LE(symbols + 24 * file.readUInt32LE(at + 12));
    if (file.toString('latin1', start, file.indexOf(0, start)) === name) return word(at);
  }
  throw new Error(`it does not call ${name}`);
}
