/**
 * A profile's rules for one architecture, by system call number, with libseccomp's meaning:
 *  - a rule whose action is the default one says nothing and is left out;
 *  - the first rule without arguments decides its calls, whatever rules with arguments they have too;
 *  - several rules with arguments: the first in the profile that matches decides, none matching is the default;
 *  - all `args` of a rule must hold, but if two of them look at the same argument each is a rule of its own
 *    (runc and crun do so).
 */
import { toUint64 } from '../../oci/int64.ts';
import type { Seccomp, SeccompArg, SeccompOperator } from '../../oci/spec.ts';
import { type Arch, syscallIndex, syscallTable } from './arches.ts';
import { returnValue } from './profile.ts';

export interface Condition {
  readonly index: number;
  readonly op: SeccompOperator;
  /** The value, or of MASKED_EQ the datum; two words. */
  readonly high: number;
  readonly low: number;
  readonly maskHigh: number;
  readonly maskLow: number;
}

/** One way for a call to be decided: all conditions hold. */
export interface Match {
  readonly conditions: readonly Condition[];
  readonly ret: number;
}

/** A call is decided outright by a return value, or by the first match of a list. */
export type Decision = number | readonly Match[];

/** A profile read once for all its architectures. */
export interface Rule {
  /** Name indexes of its calls (arches.ts). */
  readonly calls: readonly number[];
  /** The default action: it decides nothing, but says what the profile knows. */
  readonly redundant: boolean;
  readonly ret: number;
  /** Alternatives, each a conjunction; empty: no arguments. */
  readonly alternatives: readonly (readonly Condition[])[];
}

export function readRules(profile: Seccomp, defaultReturn: number): Rule[] {
  return (profile.syscalls ?? []).map(({ names, action, errnoRet, args = [] }) => {
    const ret = returnValue(action, errnoRet);
    const calls: number[] = [];
    for (const name of names) {
      const call = syscallIndex(name);
      if (call !== undefined) calls.push(call);
    }
    const conditions = args.map(condition);
    const repeated = new Set(conditions.map(({ index }) => index)).size < conditions.length;
    const alternatives = repeated ? conditions.map((one) => [one]) : conditions.length > 0 ? [conditions] : [];
    return { calls, redundant: ret === defaultReturn, ret, alternatives };
  });
}

function condition({ index, op, value, valueTwo = 0 }: SeccompArg): Condition {
  const masked = op === 'SCMP_CMP_MASKED_EQ';
  const mask = toUint64(value);
  const datum = masked ? toUint64(valueTwo) & mask : mask;
  return { index, op, ...words(datum), maskHigh: masked ? words(mask).high : 0, maskLow: masked ? words(mask).low : 0 };
}

function words(value: bigint): { high: number; low: number } {
  return { high: Number(value >> 32n), low: Number(value & 0xffff_ffffn) };
}

/** By number (with the architecture's offset). `highest`: of all calls that the profile names at all, -1 for none. */
export function decisions(rules: readonly Rule[], arch: Arch): { readonly byNumber: Map<number, Decision>; readonly highest: number } {
  const table = syscallTable(arch.table);
  const byNumber = new Map<number, Decision>();
  let highest = -1;
  for (const rule of rules) {
    for (const call of rule.calls) {
      const number = table[call] ?? -1;
      // ARM's private calls start at 0xf0000, far above any real one.
      if (number > highest && number < 0xf_0000) highest = number;
      if (rule.redundant) continue;
      if (number >= 0) add(byNumber, number + arch.offset, rule);
      if (arch.multiplexed) addMultiplexed(byNumber, table, call, rule);
    }
  }
  return { byNumber, highest };
}

function add(byNumber: Map<number, Decision>, number: number, { alternatives, ret }: Pick<Rule, 'alternatives' | 'ret'>): void {
  const earlier = byNumber.get(number);
  if (typeof earlier === 'number') return;
  if (alternatives.length === 0) byNumber.set(number, ret);
  else byNumber.set(number, [...(earlier ?? []), ...alternatives.map((conditions) => ({ conditions, ret }))]);
}

/**
 * socketcall(2) and ipc(2) hold the call's number in their first argument. A condition on the real first argument
 * is dropped and those on others stay as they are, which is libseccomp's reading: the real arguments are in memory,
 * where no filter can look. A profile that needs them must deny socketcall itself.
 */
function addMultiplexed(byNumber: Map<number, Decision>, table: Int32Array, call: number, { alternatives, ret }: Rule): void {
  multiplexed ??= readMultiplexed();
  const via = multiplexed.get(call);
  const number = via === undefined ? -1 : (table[via.multiplexer] ?? -1);
  if (via === undefined || number < 0) return;
  const which: Condition = { index: 0, op: 'SCMP_CMP_EQ', high: 0, low: via.number, maskHigh: 0, maskLow: 0 };
  const kept = alternatives.length === 0 ? [[]] : alternatives;
  add(byNumber, number, { alternatives: kept.map((conditions) => [which, ...conditions.filter(({ index }) => index !== 0)]), ret });
}

/** Numbers within socketcall(2) (linux/net.h, from 1) and ipc(2) (linux/ipc.h). */
const SOCKET_CALLS =
  'socket bind connect listen accept getsockname getpeername socketpair send recv sendto recvfrom shutdown setsockopt getsockopt sendmsg recvmsg accept4 recvmmsg sendmmsg';
const IPC_CALLS: Readonly<Record<string, number>> = {
  semop: 1,
  semget: 2,
  semctl: 3,
  semtimedop: 4,
  msgsnd: 11,
  msgrcv: 12,
  msgget: 13,
  msgctl: 14,
  shmat: 21,
  shmdt: 22,
  shmget: 23,
  shmctl: 24,
};

/** By name index of the direct call: the index of the call it is reached through, and its number there. */
let multiplexed: ReadonlyMap<number, { readonly multiplexer: number; readonly number: number }> | undefined;

function readMultiplexed(): NonNullable<typeof multiplexed> {
  const socketcall = syscallIndex('socketcall') ?? -1;
  const ipc = syscallIndex('ipc') ?? -1;
  return new Map([
    ...SOCKET_CALLS.split(' ').map((name, index) => [syscallIndex(name) ?? -1, { multiplexer: socketcall, number: index + 1 }] as const),
    ...Object.entries(IPC_CALLS).map(([name, number]) => [syscallIndex(name) ?? -1, { multiplexer: ipc, number }] as const),
  ]);
}
