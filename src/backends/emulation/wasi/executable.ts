/** Why a file is no program, in words: what ENOEXEC alone does not say. */
import { Errno } from '../errno.ts';

export class NotExecutable extends Errno {
  /** One line for the user, e.g. "is an x86-64 ELF program; …". */
  readonly description: string;
  constructor(description: string) {
    super('ENOEXEC');
    this.name = 'NotExecutable';
    this.description = description;
  }
}

const MACHINES = new Map([
  [3, 'an x86'],
  [40, 'an ARM'],
  [62, 'an x86-64'],
  [183, 'an aarch64'],
  [243, 'a RISC-V'],
]);

/** What the first bytes of a file are, when they are no core module; undefined: a core module. `head`: at least 20 bytes if there are. */
export function describeForeign(head: Uint8Array): string | undefined {
  const starts = (...bytes: number[]): boolean => bytes.every((byte, index) => head[index] === byte);
  if (starts(0x7f, 0x45, 0x4c, 0x46)) {
    const machine = (head[18] ?? 0) | ((head[19] ?? 0) << 8);
    return `is ${MACHINES.get(machine) ?? 'an'} ELF program; the emulation backend runs WASI modules; use --backend linux or a WASI build`;
  }
  if (starts(0xcf, 0xfa, 0xed, 0xfe) || starts(0xca, 0xfe, 0xba, 0xbe))
    return 'is a Mach-O program; the emulation backend runs WASI modules';
  if (starts(0x4d, 0x5a)) return 'is a Windows program; the emulation backend runs WASI modules';
  if (!starts(0x00, 0x61, 0x73, 0x6d)) return 'is neither a WebAssembly module nor a #! script';
  const version = (head[4] ?? 0) | ((head[5] ?? 0) << 8);
  const layer = (head[6] ?? 0) | ((head[7] ?? 0) << 8);
  if (layer === 1) return 'is a WebAssembly component (WASI 0.2 or later); the emulation backend runs core modules (wasm32-wasip1)';
  if (version !== 1 || layer !== 0) return `is a WebAssembly binary of unknown version ${version}, layer ${layer}`;
  return undefined;
}

/** Of a module: five times the largest one known (CPython). */
const MAX_BYTES = 128 << 20;

/** A guest makes a file of any size with one truncate, and reading it takes memory of the host. */
export function refuseLarge(size: number): void {
  if (size > MAX_BYTES) throw new NotExecutable(`is larger than ${MAX_BYTES >> 20} MiB`);
}
