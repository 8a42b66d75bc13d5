/**
 * Why execve refused a file, told from its first bytes (the helper read them inside the container). The kernel
 * says ENOENT for a missing interpreter and ENOEXEC for everything it does not know; people need the true cause.
 */

/** e_machine → name (ELF specification; only what Linux runs on). */
const ELF_MACHINES: Readonly<Record<number, string>> = {
  3: 'x86',
  8: 'mips',
  20: 'ppc',
  21: 'ppc64',
  22: 's390',
  40: 'arm',
  62: 'x86-64',
  183: 'aarch64',
  243: 'riscv',
  258: 'loongarch',
};
const HOST_MACHINES: Readonly<Record<string, string>> = {
  x64: 'x86-64',
  ia32: 'x86',
  arm64: 'aarch64',
  arm: 'arm',
  riscv64: 'riscv',
  s390x: 's390',
  ppc64: 'ppc64',
  loong64: 'loongarch',
};
const PT_INTERP = 3;

/** One clause, or undefined when the file's head does not explain `errno`. `head`: the first bytes of the file. */
export function explainExec(errno: string, head: Uint8Array, hostArch: string = process.arch): string | undefined {
  if (head.length === 0) return errno === 'ENOEXEC' ? 'the file is empty' : undefined;
  if (startsWith(head, '#!')) return explainScript(errno, head);
  if (startsWith(head, '\x7fELF')) return explainElf(errno, head, hostArch);
  if (errno !== 'ENOEXEC') return undefined;
  if (startsWith(head, '\0asm')) return 'it is a WebAssembly module; run it with --backend emulation';
  if (startsWith(head, 'MZ')) return 'it is a Windows program';
  if (isText(head)) return 'it is a text file without a #! line';
  return 'it is no program this kernel knows';
}

function explainScript(errno: string, head: Uint8Array): string | undefined {
  const line = text(head).split('\n', 1)[0] ?? '';
  const interpreter = line.slice(2).trim().split(/[ \t]/, 1)[0] ?? '';
  if (interpreter === '') return 'its #! line names no interpreter';
  if (line.endsWith('\r'))
    return `line 1 ends in CR LF, so that the kernel looks for the interpreter "${interpreter}\\r"; save the script with LF line ends`;
  if (errno === 'ENOENT') return `interpreter ${interpreter} of its #! line does not exist in the rootfs`;
  if (errno === 'EACCES') return `interpreter ${interpreter} of its #! line may not be executed`;
  return errno === 'ENOEXEC' ? `interpreter ${interpreter} of its #! line is no program this kernel knows` : undefined;
}

/** Name of the machine that an ELF file's head is for; undefined for what is no ELF file. */
function elfMachine(head: Uint8Array): string | undefined {
  if (!startsWith(head, '\x7fELF') || head.length < 20) return undefined;
  const machine = new DataView(head.buffer, head.byteOffset, head.byteLength).getUint16(18, head[5] === 1);
  return ELF_MACHINES[machine] ?? `machine ${machine}`;
}

function explainElf(errno: string, head: Uint8Array, hostArch: string): string | undefined {
  const name = elfMachine(head);
  if (name === undefined) return 'it is a truncated ELF program';
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const little = head[5] === 1;
  const host = HOST_MACHINES[hostArch] ?? hostArch;
  if (errno === 'ENOEXEC') return name === host ? 'its ELF header is damaged' : `it is an ELF program for ${name}, this host is ${host}`;
  if (errno !== 'ENOENT') return undefined;
  const loader = elfInterpreter(view, little);
  return loader === undefined
    ? 'the loader that its ELF header names does not exist in the rootfs'
    : `it needs the loader ${loader}, which does not exist in the rootfs`;
}

/** PT_INTERP of an ELF head, where the head is long enough to hold it. */
function elfInterpreter(view: DataView, little: boolean): string | undefined {
  const wide = view.getUint8(4) === 2;
  try {
    const table = wide ? Number(view.getBigUint64(32, little)) : view.getUint32(28, little);
    const entrySize = view.getUint16(wide ? 54 : 42, little);
    const count = view.getUint16(wide ? 56 : 44, little);
    for (let i = 0; i < count; i++) {
      const at = table + i * entrySize;
      if (view.getUint32(at, little) !== PT_INTERP) continue;
      const offset = wide ? Number(view.getBigUint64(at + 8, little)) : view.getUint32(at + 4, little);
      const bytes = new Uint8Array(view.buffer, view.byteOffset + offset, view.byteLength - offset);
      const end = bytes.indexOf(0);
      return end > 0 ? text(bytes.subarray(0, end)) : undefined;
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    // The head ends before the table or the name: nothing more to say.
  }
  return undefined;
}

function startsWith(head: Uint8Array, magic: string): boolean {
  return head.length >= magic.length && [...magic].every((char, i) => head[i] === char.charCodeAt(0));
}

function isText(head: Uint8Array): boolean {
  return head.every((byte) => byte >= 32 || byte === 9 || byte === 10 || byte === 13 || byte === 27);
}

function text(bytes: Uint8Array): string {
  return new TextDecoder('utf-8').decode(bytes);
}
