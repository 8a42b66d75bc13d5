/** Architectures of seccomp profiles: how the kernel calls them (linux/audit.h) and how their system calls number. */
import type { SeccompArch } from '../../oci/spec.ts';
import { NAMES, SYSCALLS } from './syscalls.gen.ts';

export interface Arch {
  /** AUDIT_ARCH_*, as in seccomp_data.arch. x32 has that of x86-64. */
  readonly audit: number;
  /** Row of syscalls.gen.ts. */
  readonly table: string;
  /** 32-bit arguments: only the low word of each is compared, as libseccomp does (for x32 too). */
  readonly narrow: boolean;
  /** Order of the two words of an argument. */
  readonly bigEndian: boolean;
  /** Added to every number. */
  readonly offset: number;
  /** socket and ipc calls are also reached through socketcall(2) and ipc(2). */
  readonly multiplexed: boolean;
}

export const X32_BIT = 0x4000_0000;
const LE = 0x4000_0000;
const WIDE = 0x8000_0000;
const N32 = 0x2000_0000;

function arch(
  audit: number,
  table: string,
  more: { bigEndian?: boolean; offset?: number; multiplexed?: boolean; narrow?: boolean } = {},
): Arch {
  const narrow = (audit & WIDE) === 0;
  return { audit: audit >>> 0, table, narrow, bigEndian: (audit & LE) === 0, offset: 0, multiplexed: false, ...more };
}

type Arches = { readonly [A in SeccompArch]: Arch };

const build = (): Arches => ({
  SCMP_ARCH_X86: arch(3 | LE, 'x86', { multiplexed: true }),
  SCMP_ARCH_X86_64: arch(62 | WIDE | LE, 'x86_64'),
  SCMP_ARCH_X32: arch(62 | WIDE | LE, 'x32', { offset: X32_BIT, narrow: true }),
  SCMP_ARCH_ARM: arch(40 | LE, 'arm'),
  SCMP_ARCH_AARCH64: arch(183 | WIDE | LE, 'aarch64'),
  SCMP_ARCH_LOONGARCH64: arch(258 | WIDE | LE, 'loongarch64'),
  SCMP_ARCH_M68K: arch(4, 'm68k', { multiplexed: true }),
  SCMP_ARCH_MIPS: arch(8, 'mips'),
  SCMP_ARCH_MIPS64: arch(8 | WIDE, 'mips64'),
  SCMP_ARCH_MIPS64N32: arch(8 | WIDE | N32, 'mips64n32', { narrow: true }),
  SCMP_ARCH_MIPSEL: arch(8 | LE, 'mips'),
  SCMP_ARCH_MIPSEL64: arch(8 | WIDE | LE, 'mips64'),
  SCMP_ARCH_MIPSEL64N32: arch(8 | WIDE | LE | N32, 'mips64n32', { narrow: true }),
  SCMP_ARCH_PPC: arch(20, 'ppc', { multiplexed: true }),
  SCMP_ARCH_PPC64: arch(21 | WIDE, 'ppc64', { multiplexed: true }),
  SCMP_ARCH_PPC64LE: arch(21 | WIDE | LE, 'ppc64', { multiplexed: true }),
  SCMP_ARCH_S390: arch(22, 's390', { multiplexed: true }),
  SCMP_ARCH_S390X: arch(22 | WIDE, 's390x', { multiplexed: true }),
  SCMP_ARCH_SH: arch(42 | LE, 'sh', { multiplexed: true }),
  SCMP_ARCH_SHEB: arch(42, 'sh', { multiplexed: true }),
  SCMP_ARCH_PARISC: arch(15, 'parisc'),
  SCMP_ARCH_PARISC64: arch(15 | WIDE, 'parisc64'),
  SCMP_ARCH_RISCV64: arch(243 | WIDE | LE, 'riscv64'),
});

let built: Arches | undefined;

/** Made when it is first asked for: most containers are created without a profile. */
export function archTable(): Arches {
  return (built ??= build());
}

/** By process.arch of the host. */
const NATIVE: Readonly<Record<string, SeccompArch>> = {
  x64: 'SCMP_ARCH_X86_64',
  ia32: 'SCMP_ARCH_X86',
  arm64: 'SCMP_ARCH_AARCH64',
  arm: 'SCMP_ARCH_ARM',
  riscv64: 'SCMP_ARCH_RISCV64',
  ppc64: 'SCMP_ARCH_PPC64LE',
  loong64: 'SCMP_ARCH_LOONGARCH64',
  mipsel: 'SCMP_ARCH_MIPSEL',
};

/** What programs of the host itself run as; undefined: a host we know nothing of. */
export function nativeArch(hostArch: string): SeccompArch | undefined {
  return NATIVE[hostArch];
}

/** What the generated text says, read when first asked for: names by index, and by architecture the number of each. */
let indexes: ReadonlyMap<string, number> | undefined;
const tables = new Map<string, Int32Array>();

/** Index of a call's name in every table; undefined: no architecture has it. */
export function syscallIndex(name: string): number | undefined {
  indexes ??= new Map(NAMES.split(' ').map((call, index) => [call, index]));
  return indexes.get(name);
}

/** Numbers by name index, without `offset`; -1 where the architecture lacks the call. */
export function syscallTable(table: string): Int32Array {
  const cached = tables.get(table);
  if (cached) return cached;
  const row = (SYSCALLS[table] ?? '').split(',');
  const numbers = Int32Array.from(row, (number) => (number === '' ? -1 : Number(number)));
  tables.set(table, numbers);
  return numbers;
}
