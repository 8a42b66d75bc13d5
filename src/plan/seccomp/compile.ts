/**
 * linux.seccomp → classic BPF (config-linux.md#seccomp, seccomp(2)).
 *
 * The program: which architecture, then a balanced binary search over intervals of system call numbers that are
 * decided alike, then, for calls whose arguments matter, the comparisons. An architecture the profile does not
 * list is answered as libseccomp answers it: the thread is killed.
 */
import type { Seccomp, SeccompArch } from '../../oci/spec.ts';
import { type Arch, archTable, X32_BIT } from './arches.ts';
import { emitMatches } from './conditions.ts';
import { ENOSYS, isPermissive, returnValue } from './profile.ts';
import { JEQ, JGE, type Label, Program } from './program.ts';
import { type Decision, decisions, readRules, type Rule } from './rules.ts';

/** Offsets in struct seccomp_data. */
const NR = 0;
const ARCH = 4;
const KILL_THREAD = 0;
const LAST = 0xffff_ffff;

/**
 * The bytes of a sock_filter array. `native` is always among the architectures.
 * Throws RangeError for what no filter can express (an errno for an action that has none, a program too long).
 */
export function compileSeccomp(profile: Seccomp, native: SeccompArch): Uint8Array {
  const fallback = returnValue(profile.defaultAction, profile.defaultErrnoRet);
  const rules = readRules(profile, fallback);
  const program = new Program();
  const groups = new Map<number, Arch[]>();
  for (const name of new Set([native, ...(profile.architectures ?? [])])) {
    const arch = archTable()[name];
    groups.set(arch.audit, [...(groups.get(arch.audit) ?? []), arch]);
  }
  const blocks = [...groups].map(([audit, arches]) => ({ audit, label: emitNumbers(program, profile, rules, fallback, arches) }));
  let next = program.ret(KILL_THREAD);
  for (const { audit, label } of blocks.toReversed()) next = program.jump(JEQ, audit, label, next);
  program.load(ARCH, next);
  return program.bytes();
}

/** Calls from `start` to the next interval's start, decided alike. */
interface Interval {
  readonly start: number;
  readonly decision: Decision;
  readonly arch: Arch;
}

/** The search through one AUDIT_ARCH's numbers: x86-64 and x32 share one. */
function emitNumbers(program: Program, profile: Seccomp, rules: readonly Rule[], fallback: number, arches: readonly Arch[]): Label {
  const intervals: Interval[] = [];
  const x86 = arches.some(({ table }) => table === 'x86_64' || table === 'x32');
  for (const arch of arches.toSorted((a, b) => a.offset - b.offset)) appendIntervals(intervals, profile, rules, fallback, arch);
  if (x86 && !arches.some(({ offset }) => offset === X32_BIT)) {
    // The x32 ABI of the same architecture was not asked for. -1 is no call: a tracer's way to skip one.
    push(intervals, X32_BIT, KILL_THREAD, archTable().SCMP_ARCH_X32);
    push(intervals, LAST, fallback, archTable().SCMP_ARCH_X32);
  }
  const [first] = intervals;
  if (x86 && first && first.start > 0) intervals.unshift({ start: 0, decision: KILL_THREAD, arch: archTable().SCMP_ARCH_X86_64 });
  const labels = intervals.map(({ decision, arch }) =>
    typeof decision === 'number' ? -1 : emitMatches(program, decision, fallback, arch),
  );
  return program.load(NR, search(program, intervals, labels, 0, intervals.length - 1));
}

function appendIntervals(intervals: Interval[], profile: Seccomp, rules: readonly Rule[], fallback: number, arch: Arch): void {
  const { byNumber, highest } = decisions(rules, arch);
  push(intervals, arch.offset, fallback, arch);
  for (const number of Float64Array.from(byNumber.keys()).toSorted()) {
    push(intervals, number, byNumber.get(number) ?? fallback, arch);
    push(intervals, number + 1, fallback, arch);
  }
  if (highest >= 0 && saysEnosys(profile)) push(intervals, arch.offset + highest + 1, (0x0005_0000 | ENOSYS) >>> 0, arch);
}

/**
 * Calls above the newest that the profile knows get ENOSYS: C libraries then fall back to older calls, where EPERM
 * would make them fail (clone3, faccessat2, statx were such cases). The same rule as runc's patched filters.
 */
function saysEnosys({ defaultAction, defaultErrnoRet }: Seccomp): boolean {
  return !isPermissive(defaultAction) && defaultErrnoRet !== ENOSYS;
}

function push(intervals: Interval[], start: number, decision: Decision, arch: Arch): void {
  const last = intervals.at(-1);
  if (last && last.start === start) intervals.pop();
  const before = intervals.at(-1);
  if (before && before.decision === decision) return;
  intervals.push({ start, decision, arch });
}

function search(program: Program, intervals: readonly Interval[], labels: readonly Label[], low: number, high: number): Label {
  const decision = intervals[low]?.decision ?? 0;
  if (low === high) return typeof decision === 'number' ? program.ret(decision) : (labels[low] ?? 0);
  const middle = (low + high + 1) >> 1;
  // A lone return on the right is written after (so: before) the left side, where a short jump reaches it.
  const late = middle === high && typeof intervals[high]?.decision === 'number';
  const early = late ? 0 : search(program, intervals, labels, middle, high);
  const left = search(program, intervals, labels, low, middle - 1);
  const right = late ? search(program, intervals, labels, high, high) : early;
  return program.jump(JGE, intervals[middle]?.start ?? 0, right, left);
}
