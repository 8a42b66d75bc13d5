/** linux.resources.devices → a BPF_PROG_TYPE_CGROUP_DEVICE program (config-linux.md#allowed-device-list, bpf(2)). */
import type { LinuxDeviceCgroup } from '../oci/spec.ts';

/** struct bpf_cgroup_dev_ctx: access_type (access << 16 | type), major, minor. */
const TYPES = { b: 1, c: 2 } as const;
const ACCESS = { m: 1, r: 2, w: 4 } as const;
const ALL = 7;

const [ANSWER, CTX, TYPE, WANTED, MAJOR, MINOR] = [0, 1, 2, 3, 4, 5] as const;
const LDX_W = 0x61;
const AND32_K = 0x54;
const RSH32_K = 0x74;
const MOV64_K = 0xb7;
const JA = 0x05;
const JSET_K = 0x45;
const JNE_K = 0x55;
const EXIT = 0x95;

interface Instruction {
  readonly code: number;
  readonly dst?: number;
  readonly src?: number;
  off?: number;
  readonly imm?: number;
}

/**
 * Rules in order, a later one wins, for each kind of access by itself; what none allows is denied. So the last rule
 * is asked first: a matching `deny` of anything still wanted ends with no, a matching `allow` takes away what it
 * allows, and nothing left ends with yes.
 */
export function compileDeviceFilter(rules: readonly LinuxDeviceCgroup[]): Uint8Array {
  const program: Instruction[] = [
    { code: LDX_W, dst: TYPE, src: CTX, off: 0 },
    { code: AND32_K, dst: TYPE, imm: 0xffff },
    { code: LDX_W, dst: WANTED, src: CTX, off: 0 },
    { code: RSH32_K, dst: WANTED, imm: 16 },
    { code: LDX_W, dst: MAJOR, src: CTX, off: 4 },
    { code: LDX_W, dst: MINOR, src: CTX, off: 8 },
  ];
  for (const rule of rules.toReversed()) {
    // Behind a rule that decides everything no instruction may follow: the verifier refuses unreachable ones.
    if (emitRule(program, rule)) return encode(program);
  }
  program.push(...answer(0));
  return encode(program);
}

/** True: nothing gets past this rule. */
function emitRule(program: Instruction[], { allow, type = 'a', major, minor, access }: LinuxDeviceCgroup): boolean {
  const toNext: Instruction[] = [];
  const unless = (dst: number, value: number | undefined): void => {
    if (value === undefined || value < 0) return;
    const jump: Instruction = { code: JNE_K, dst, imm: value };
    toNext.push(jump);
    program.push(jump);
  };
  unless(TYPE, type === 'a' ? undefined : TYPES[type]);
  unless(MAJOR, major);
  unless(MINOR, minor);
  const bits = accessBits(access);
  if (bits !== ALL) {
    const jump: Instruction = allow ? { code: JNE_K, dst: WANTED, imm: 0 } : { code: JA };
    if (allow) program.push({ code: AND32_K, dst: WANTED, imm: ALL & ~bits });
    else program.push({ code: JSET_K, dst: WANTED, imm: bits, off: 1 });
    toNext.push(jump);
    program.push(jump);
  }
  program.push(...answer(allow ? 1 : 0));
  for (const jump of toNext) jump.off = program.length - program.indexOf(jump) - 1;
  return toNext.length === 0;
}

function accessBits(access: string | undefined): number {
  if (!access) return ALL;
  return [...access].reduce((bits, letter) => bits | (letter === 'r' || letter === 'w' || letter === 'm' ? ACCESS[letter] : 0), 0);
}

function answer(value: 0 | 1): Instruction[] {
  return [{ code: MOV64_K, dst: ANSWER, imm: value }, { code: EXIT }];
}

/** struct bpf_insn: u8 code, u8 src<<4|dst, s16 off, s32 imm. */
function encode(program: readonly Instruction[]): Uint8Array {
  const bytes = new Uint8Array(program.length * 8);
  const view = new DataView(bytes.buffer);
  program.forEach(({ code, dst = 0, src = 0, off = 0, imm = 0 }, index) => {
    view.setUint8(index * 8, code);
    view.setUint8(index * 8 + 1, (src << 4) | dst);
    view.setInt16(index * 8 + 2, off, true);
    view.setInt32(index * 8 + 4, imm, true);
  });
  return bytes;
}
