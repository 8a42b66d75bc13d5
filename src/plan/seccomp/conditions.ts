/** Argument comparisons: 64-bit values in a machine of 32-bit words. */
import type { Arch } from './arches.ts';
import { JEQ, JGE, JGT, type Label, type Program } from './program.ts';
import type { Condition, Match } from './rules.ts';

/** The first match decides; none: `fallback`. */
export function emitMatches(program: Program, matches: readonly Match[], fallback: number, arch: Arch): Label {
  let next = program.ret(fallback);
  for (const { conditions, ret } of matches.toReversed()) {
    let all = program.ret(ret);
    for (const condition of conditions.toReversed()) all = emitCondition(program, condition, arch, all, next);
    next = all;
  }
  return next;
}

/** `seccomp_data.args[index]`: 64 bits each from offset 16, its words in the order of the architecture. */
function argumentOffset(index: number, word: 'high' | 'low', { bigEndian }: Arch): number {
  return 16 + index * 8 + ((word === 'high') === bigEndian ? 0 : 4);
}

function emitCondition(program: Program, condition: Condition, arch: Arch, yes: Label, no: Label): Label {
  switch (condition.op) {
    case 'SCMP_CMP_EQ':
      return emitEqual(program, condition, arch, yes, no);
    case 'SCMP_CMP_NE':
      return emitEqual(program, condition, arch, no, yes);
    case 'SCMP_CMP_GT':
      return emitOrder(program, JGT, condition, arch, yes, no);
    case 'SCMP_CMP_GE':
      return emitOrder(program, JGE, condition, arch, yes, no);
    case 'SCMP_CMP_LE':
      return emitOrder(program, JGT, condition, arch, no, yes);
    case 'SCMP_CMP_LT':
      return emitOrder(program, JGE, condition, arch, no, yes);
    case 'SCMP_CMP_MASKED_EQ':
      return emitMasked(program, condition, arch, yes, no);
    default:
      throw new RangeError(`unknown operator ${String(condition.op satisfies never)}`);
  }
}

function emitEqual(program: Program, { index, high, low }: Condition, arch: Arch, yes: Label, no: Label): Label {
  const lower = program.load(argumentOffset(index, 'low', arch), program.jump(JEQ, low, yes, no));
  if (arch.narrow) return lower;
  return program.load(argumentOffset(index, 'high', arch), program.jump(JEQ, high, lower, no));
}

/** The high words decide unless they are equal. */
function emitOrder(program: Program, code: number, { index, high, low }: Condition, arch: Arch, yes: Label, no: Label): Label {
  const lower = program.load(argumentOffset(index, 'low', arch), program.jump(code, low, yes, no));
  if (arch.narrow) return lower;
  const equal = program.jump(JEQ, high, lower, no);
  return program.load(argumentOffset(index, 'high', arch), program.jump(JGT, high, yes, equal));
}

function emitMasked(program: Program, { index, high, low, maskHigh, maskLow }: Condition, arch: Arch, yes: Label, no: Label): Label {
  const word = (which: 'high' | 'low', mask: number, datum: number, then: Label): Label => {
    if (mask === 0) return then;
    return program.load(argumentOffset(index, which, arch), program.and(mask, program.jump(JEQ, datum, then, no)));
  };
  const lower = word('low', maskLow, low, yes);
  return arch.narrow ? lower : word('high', maskHigh, high, lower);
}
