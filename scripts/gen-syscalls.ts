/**
 * Writes src/plan/seccomp/syscalls.gen.ts from the kernel headers of the cross packages (Debian:
 * linux-libc-dev and linux-libc-dev-{i386,arm64,armhf,…}-cross). `--check` compares, for the architectures whose
 * headers are here, and says which it could not compare.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { SYSCALLS } from '../src/plan/seccomp/syscalls.gen.ts';

const OUT = new URL('../src/plan/seccomp/syscalls.gen.ts', import.meta.url);

/** One architecture: where its headers are and what its compiler would define. */
interface Source {
  readonly dirs: readonly string[];
  readonly defines: readonly string[];
  /** Subtracted: x32 and MIPS number from an offset, ARM OABI too. Kept for MIPS, whose numbers the kernel sees so. */
  readonly strip?: number;
  readonly header?: string;
}

const SOURCES: Readonly<Record<string, Source>> = {
  x86_64: { dirs: ['/usr/include/x86_64-linux-gnu', '/usr/include'], defines: ['__x86_64__', '__LP64__'] },
  x86: { dirs: ['/usr/include/x86_64-linux-gnu', '/usr/include'], defines: ['__i386__'] },
  x32: { dirs: ['/usr/include/x86_64-linux-gnu', '/usr/include'], defines: ['__x86_64__', '__ILP32__'], strip: 0x4000_0000 },
  arm: { dirs: ['/usr/arm-linux-gnueabihf/include'], defines: ['__arm__', '__ARM_EABI__'] },
  aarch64: { dirs: ['/usr/aarch64-linux-gnu/include'], defines: ['__aarch64__', '__LP64__'] },
  riscv64: { dirs: ['/usr/riscv64-linux-gnu/include'], defines: ['__riscv', '__LP64__', '__riscv_xlen=64'] },
  // No cross package: the generic table, as arch/loongarch/include/uapi/asm/unistd.h selects it.
  loongarch64: {
    dirs: ['/usr/riscv64-linux-gnu/include'],
    header: 'asm-generic/unistd.h',
    defines: ['__LP64__', '__riscv_xlen=64', '__ARCH_WANT_NEW_STAT', '__ARCH_WANT_SYS_CLONE', '__ARCH_WANT_SYS_CLONE3'],
  },
  mips: { dirs: ['/usr/mipsel-linux-gnu/include'], defines: ['__mips__', '_MIPS_SIM=1'] },
  mips64: {
    dirs: ['/usr/mips64el-linux-gnuabi64/include', '/usr/mipsel-linux-gnu/include'],
    defines: ['__mips__', '_MIPS_SIM=3', '__LP64__'],
  },
  mips64n32: { dirs: ['/usr/mips64el-linux-gnuabi64/include', '/usr/mipsel-linux-gnu/include'], defines: ['__mips__', '_MIPS_SIM=2'] },
  ppc: { dirs: ['/usr/powerpc-linux-gnu/include'], defines: ['__powerpc__'] },
  ppc64: { dirs: ['/usr/powerpc64le-linux-gnu/include'], defines: ['__powerpc__', '__powerpc64__', '__LP64__'] },
  s390: { dirs: ['/usr/s390x-linux-gnu/include'], defines: ['__s390__'] },
  s390x: { dirs: ['/usr/s390x-linux-gnu/include'], defines: ['__s390__', '__s390x__', '__LP64__'] },
  m68k: { dirs: ['/usr/m68k-linux-gnu/include'], defines: ['__m68k__'] },
  sh: { dirs: ['/usr/sh4-linux-gnu/include'], defines: ['__sh__'] },
  parisc: { dirs: ['/usr/hppa-linux-gnu/include'], defines: ['__hppa__'] },
  parisc64: { dirs: ['/usr/hppa-linux-gnu/include'], defines: ['__hppa__', '__LP64__'] },
};

/**
 * System calls younger than Debian 12's headers (Linux 6.1), up to Linux 6.18. Since 5.0 a new call has one number
 * everywhere, above the offset of the ABI.
 */
const LATER: Readonly<Record<string, number>> = {
  cachestat: 451,
  fchmodat2: 452,
  map_shadow_stack: 453,
  futex_wake: 454,
  futex_wait: 455,
  futex_requeue: 456,
  statmount: 457,
  listmount: 458,
  lsm_get_self_attr: 459,
  lsm_set_self_attr: 460,
  lsm_list_modules: 461,
  mseal: 462,
  setxattrat: 463,
  getxattrat: 464,
  listxattrat: 465,
  removexattrat: 466,
  open_tree_attr: 467,
  file_getattr: 468,
  file_setattr: 469,
};
const LATER_OF: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  x86_64: { uretprobe: 335, uprobe: 336 },
  riscv64: { riscv_hwprobe: 258 },
};
/** Among the later ones, what an ABI leaves out. */
const NOT_IN: Readonly<Record<string, readonly string[]>> = { x32: ['map_shadow_stack'] };
const OFFSETS: Readonly<Record<string, number>> = { mips: 4000, mips64: 5000, mips64n32: 6000 };

/** Macros that are no system calls. */
const NOT_A_CALL = /^(syscalls|arch_specific_syscall|Linux|.*_Linux.*|N32_.*|64_.*|O32_.*|SYSCALL_.*|OABI_.*|reserved.*|unused.*|3264_.*)$/;

function numbersOf(name: string, { dirs, defines, strip = 0, header = 'asm/unistd.h' }: Source): Map<string, number> | undefined {
  if (!existsSync(`${dirs[0]}/${header}`)) return undefined;
  const args = ['-E', '-dM', '-undef', '-nostdinc', ...dirs.flatMap((dir) => ['-I', dir]), ...defines.map((define) => `-D${define}`), '-'];
  const text = execFileSync('gcc', args, { input: `#include <${header}>\n`, encoding: 'utf8' });
  const macros = new Map([...text.matchAll(/^#define (\w+) (.+)$/gm)].map((match) => [match[1] ?? '', match[2] ?? '']));
  const numbers = new Map<string, number>();
  for (const [macro, value] of macros) {
    const call = /^(?:__NR_|__ARM_NR_)(\w+)$/.exec(macro)?.[1];
    if (call === undefined || macro === '__ARM_NR_BASE' || NOT_A_CALL.test(call)) continue;
    const number = evaluate(value, macros) - strip;
    if (Number.isNaN(number) || number < 0) throw new Error(`${name}: ${macro} is ${value}`);
    numbers.set(call, number);
  }
  for (const [call, number] of Object.entries({ ...LATER, ...LATER_OF[name] })) numbers.set(call, number + (OFFSETS[name] ?? 0));
  for (const call of NOT_IN[name] ?? []) numbers.delete(call);
  return numbers;
}

/** Sums of numbers and macros: all that these headers use. */
function evaluate(expression: string, macros: ReadonlyMap<string, string>): number {
  return expression
    .replaceAll(/[()]/g, ' ')
    .split('+')
    .map((term) => term.trim())
    .reduce((sum, term) => sum + (/^[0-9]/.test(term) ? Number(term) : evaluate(macros.get(term) ?? 'NaN0', macros)), 0);
}

function write(tables: ReadonlyMap<string, ReadonlyMap<string, number>>): string {
  const names = [...new Set([...tables.values()].flatMap((table) => [...table.keys()]))].toSorted();
  const rows = [...tables].map(([arch, table]) => `  ${arch}:\n    '${names.map((name) => table.get(name) ?? '').join(',')}',\n`);
  return `/** Generated by scripts/gen-syscalls.ts from the kernel's headers. Do not edit. */

/** All system calls of all architectures, space separated. */
export const NAMES: string = '${names.join(' ')}';

/** Their numbers by architecture, comma separated in the order of NAMES; empty where it has none. */
export const SYSCALLS: Readonly<Record<string, string>> = {
${rows.join('')}};
`;
}

function main(check: boolean): void {
  const tables = new Map<string, ReadonlyMap<string, number>>();
  const absent: string[] = [];
  for (const [name, source] of Object.entries(SOURCES)) {
    const numbers = numbersOf(name, source);
    if (numbers) tables.set(name, numbers);
    else absent.push(name);
  }
  if (!check) {
    // Most come here for other generated files.
    if (absent.length > 0)
      return console.log(`syscalls: left as they are: to write them anew, install linux-libc-dev-*-cross for ${absent.join(', ')}`);
    writeFileSync(OUT, write(tables));
    return;
  }
  const recorded = /NAMES: string = '([^']*)'/.exec(readFileSync(OUT, 'utf8'))?.[1]?.split(' ') ?? [];
  for (const [name, table] of tables) {
    const row = (SYSCALLS[name] ?? '').split(',');
    const differs = [...table].filter(([call, number]) => row[recorded.indexOf(call)] !== String(number));
    // Headers newer than the table know more calls than it, which is no fault of the table: only numbers that differ are.
    const wrong = differs.filter(([call]) => (row[recorded.indexOf(call)] ?? '') !== '');
    if (wrong.length > 0) throw new Error(`${name}: the table is wrong about ${wrong.map(([call]) => call).join(' ')}: run npm run gen`);
  }
  console.log(`syscalls: ${tables.size} architectures compared${absent.length > 0 ? `; no headers of ${absent.join(', ')}` : ''}`);
}

main(process.argv.includes('--check'));
