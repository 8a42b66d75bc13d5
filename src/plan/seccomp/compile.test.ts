import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Seccomp, SeccompAction, SeccompArch, SeccompOperator, SeccompSyscall } from '../../oci/spec.ts';
import { archTable, syscallIndex, syscallTable, X32_BIT } from './arches.ts';
import { compileSeccomp } from './compile.ts';
import { runFilter, type SeccompData } from './interpreter.ts';
import { filterFlags } from './profile.ts';

const fixtures = join(import.meta.dirname, '../../../fixtures/seccomp');
const docker = JSON.parse(readFileSync(join(fixtures, 'docker-size.json'), 'utf8')) as Seccomp;

const ALLOW = 0x7fff_0000;
const errno = (code: number): number => 0x0005_0000 | code;
const NATIVE = 'SCMP_ARCH_X86_64';
const X86_64 = archTable()[NATIVE].audit;

function number(name: string, arch: SeccompArch = NATIVE): number {
  const found = syscallTable(archTable()[arch].table)[syscallIndex(name) ?? -1];
  if (found === undefined || found < 0) throw new Error(`${arch} has no ${name}`);
  return found + archTable()[arch].offset;
}

function decide(profile: Seccomp, data: Partial<SeccompData> & { nr: number }): number {
  return runFilter(compileSeccomp(profile, NATIVE), { arch: X86_64, ...data });
}

const denyAll = (...syscalls: SeccompSyscall[]): Seccomp => ({ defaultAction: 'SCMP_ACT_ERRNO', syscalls });

const COMPARE: Record<SeccompOperator, (argument: bigint, value: bigint, two: bigint) => boolean> = {
  SCMP_CMP_NE: (a, b) => a !== b,
  SCMP_CMP_LT: (a, b) => a < b,
  SCMP_CMP_LE: (a, b) => a <= b,
  SCMP_CMP_EQ: (a, b) => a === b,
  SCMP_CMP_GE: (a, b) => a >= b,
  SCMP_CMP_GT: (a, b) => a > b,
  SCMP_CMP_MASKED_EQ: (a, mask, datum) => (a & mask) === (datum & mask),
};

describe('what a compiled profile decides', () => {
  it('numbers of calls are those of the kernel headers', () => {
    expect(number('read')).toBe(0);
    expect(number('openat', 'SCMP_ARCH_AARCH64')).toBe(56);
    expect(number('socketcall', 'SCMP_ARCH_X86')).toBe(102);
    expect(number('read', 'SCMP_ARCH_X32')).toBe(X32_BIT);
    expect(number('mseal', 'SCMP_ARCH_MIPSEL64')).toBe(5462);
  });

  it('a listed call is allowed, an unlisted older one gets the default errno, a younger one ENOSYS', () => {
    const profile = denyAll({ names: ['read', 'openat'], action: 'SCMP_ACT_ALLOW' });
    expect(decide(profile, { nr: number('read') })).toBe(ALLOW);
    expect(decide(profile, { nr: number('write') })).toBe(errno(1));
    expect(decide(profile, { nr: number('openat') + 1 })).toBe(errno(38));
  });

  it('no ENOSYS where unlisted calls go through, nor where the default is ENOSYS already', () => {
    const syscalls: SeccompSyscall[] = [{ names: ['read'], action: 'SCMP_ACT_KILL' }];
    expect(decide({ defaultAction: 'SCMP_ACT_ALLOW', syscalls }, { nr: 999 })).toBe(ALLOW);
    expect(decide({ defaultAction: 'SCMP_ACT_LOG', syscalls }, { nr: 999 })).toBe(0x7ffc_0000);
    expect(decide({ defaultAction: 'SCMP_ACT_ERRNO', defaultErrnoRet: 38, syscalls: [] }, { nr: 999 })).toBe(errno(38));
  });

  it('another architecture is killed, and so is x32 unless it is listed; -1 is no call', () => {
    const profile: Seccomp = { defaultAction: 'SCMP_ACT_ALLOW' };
    expect(decide(profile, { nr: 0, arch: archTable().SCMP_ARCH_X86.audit })).toBe(0);
    expect(decide(profile, { nr: X32_BIT })).toBe(0);
    expect(decide(profile, { nr: 0xffff_ffff })).toBe(ALLOW);
    expect(decide({ ...profile, architectures: ['SCMP_ARCH_X32'] }, { nr: X32_BIT })).toBe(ALLOW);
  });

  it('the first rule without arguments wins over every rule with arguments', () => {
    const args = [{ index: 0, value: 1, op: 'SCMP_CMP_EQ' as const }];
    const profile = denyAll(
      { names: ['socket'], action: 'SCMP_ACT_KILL', args },
      { names: ['socket'], action: 'SCMP_ACT_ALLOW' },
      { names: ['socket'], action: 'SCMP_ACT_TRAP' },
    );
    expect(decide(profile, { nr: number('socket'), args: [1n] })).toBe(ALLOW);
  });

  it('two conditions on one argument are alternatives, on two arguments both must hold', () => {
    const either = denyAll({
      names: ['personality'],
      action: 'SCMP_ACT_ALLOW',
      args: [
        { index: 0, value: 0, op: 'SCMP_CMP_EQ' },
        { index: 0, value: 8, op: 'SCMP_CMP_EQ' },
      ],
    });
    expect([0n, 8n, 9n].map((value) => decide(either, { nr: number('personality'), args: [value] }))).toEqual([ALLOW, ALLOW, errno(1)]);
    const both = denyAll({
      names: ['personality'],
      action: 'SCMP_ACT_ALLOW',
      args: [
        { index: 0, value: 0, op: 'SCMP_CMP_EQ' },
        { index: 1, value: 8, op: 'SCMP_CMP_EQ' },
      ],
    });
    expect(decide(both, { nr: number('personality'), args: [0n, 8n] })).toBe(ALLOW);
    expect(decide(both, { nr: number('personality'), args: [0n, 9n] })).toBe(errno(1));
  });

  it('an errno with an action that has none is refused', () => {
    expect(() =>
      compileSeccomp({ defaultAction: 'SCMP_ACT_ALLOW', syscalls: [{ names: ['read'], action: 'SCMP_ACT_KILL', errnoRet: 3 }] }, NATIVE),
    ).toThrow(/no errno/);
  });

  it('a listener changes the filter flags, WAIT_KILLABLE_RECV is only for one', () => {
    expect(filterFlags(['SECCOMP_FILTER_FLAG_LOG', 'SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV'], false)).toBe(2);
    expect(filterFlags(['SECCOMP_FILTER_FLAG_TSYNC', 'SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV'], true)).toBe(1 | 8 | 16 | 32);
  });

  it('every comparison is that of unsigned 64-bit numbers', () => {
    for (const [op, holds] of Object.entries(COMPARE) as [SeccompOperator, (a: bigint, b: bigint, c: bigint) => boolean][]) {
      for (const value of [0, 1, 0xffff_ffff, 0x1_0000_0000, 0x2_0000_0001]) {
        for (const valueTwo of [0, 1, 0x1_0000_0000]) {
          const profile = denyAll({ names: ['read'], action: 'SCMP_ACT_ALLOW', args: [{ index: 3, value, valueTwo, op }] });
          for (const argument of [
            0n,
            1n,
            2n,
            0xffff_ffffn,
            0x1_0000_0000n,
            0x1_0000_0001n,
            0x2_0000_0000n,
            0x2_0000_0001n,
            0xffff_ffff_ffff_ffffn,
          ]) {
            const expected = holds(argument, BigInt(value), BigInt(valueTwo)) ? ALLOW : errno(1);
            expect(decide(profile, { nr: 0, args: [0n, 0n, 0n, argument] }), `${argument} ${op} ${value} ${valueTwo}`).toBe(expected);
          }
        }
      }
    }
  });
});

/** Every number that could be decided differently from its neighbour, with arguments on both sides of every comparison. */
function* probes(profile: Seccomp): Generator<SeccompData> {
  const numbers = [...Array(520).keys(), 0xffff_ffff].flatMap((nr) => [nr, (nr | X32_BIT) >>> 0]);
  const values = new Set([0n, 1n, 0xffff_ffff_ffff_ffffn]);
  for (const { args = [] } of profile.syscalls ?? [])
    for (const { value, valueTwo = 0 } of args)
      for (const near of [-1n, 0n, 1n, 1n << 32n])
        for (const base of [value, valueTwo]) values.add(BigInt.asUintN(64, BigInt(base) + near));
  const lists = [...values].flatMap((value) => [
    Array<bigint>(6).fill(value),
    [value, ...[...values].slice(0, 4)],
    [2n, value, value, value, 1n << 32n, value],
  ]);
  for (const arch of new Set(Object.values(archTable()).map(({ audit }) => audit))) {
    const calls = arch === X86_64 || arch === archTable().SCMP_ARCH_X86.audit ? numbers : [0, 5];
    for (const nr of calls) for (const args of lists) yield { nr, arch, args };
  }
}

describe('a profile of the size of docker’s', () => {
  const program = compileSeccomp(docker, NATIVE);

  it('every instruction is executed', () => {
    const executed = new Uint8Array(program.length / 8);
    for (const data of probes(docker)) runFilter(program, data, executed);
    expect([...executed].flatMap((ran, index) => (ran ? [] : [index]))).toEqual([]);
  });

  it('has about 450 names and takes fewer instructions than a kernel would refuse by far', () => {
    expect((docker.syscalls ?? []).flatMap(({ names }) => names).length).toBeGreaterThanOrEqual(450);
    expect(program.length / 8).toBeLessThan(400);
  });
});

/** libseccomp's program and the names it does not know, or undefined without python3-seccomp. */
function libseccomp(profile: Seccomp): { program: Uint8Array; unknown: ReadonlySet<string> } | undefined {
  const { status, stdout, stderr } = spawnSync('/usr/bin/python3', [join(fixtures, 'libseccomp.py'), NATIVE], {
    input: JSON.stringify(profile),
  });
  if (stderr.includes('ModuleNotFoundError')) return undefined;
  if (status !== 0) throw new Error(stderr.toString());
  return { program: stdout, unknown: new Set([...stderr.toString().matchAll(/^(\w+): /gm)].map((match) => match[1] ?? '')) };
}

const here = spawnSync('/usr/bin/python3', ['-c', 'import seccomp']).status === 0;

/** Numbers above the newest of the profile are ours alone: ENOSYS, as runc puts it in front of libseccomp's program. */
function sameDecisions(profile: Seccomp): void {
  const first = libseccomp(profile);
  const known: Seccomp = {
    ...profile,
    syscalls: (profile.syscalls ?? [])
      .map((rule) => ({ ...rule, names: rule.names.filter((name) => !first?.unknown.has(name)) }))
      .filter(({ names }) => names.length > 0),
  };
  const theirs = libseccomp(known)?.program ?? new Uint8Array();
  const ours = compileSeccomp(known, NATIVE);
  for (const data of probes(known)) {
    const [we, they] = [runFilter(ours, data), runFilter(theirs, data)];
    if (we !== they && we !== errno(38))
      expect.fail(
        `arch ${data.arch.toString(16)} nr ${data.nr} args ${(data.args ?? []).join(',')}: ${we.toString(16)}, libseccomp ${they.toString(16)}`,
      );
  }
}

describe.skipIf(!here)('decisions equal libseccomp’s (needs python3-seccomp)', () => {
  it('of the docker-sized profile', () => sameDecisions(docker), 60_000);

  it('of random profiles', () => {
    // libseccomp 2.5 merges comparisons of one call into one tree and gets some wrong: with `arg1 >= 3` and
    // `arg1 < 2^32` both allowed it denies 2^32. So here one rule a call; the property below has them all.
    fc.assert(
      fc.property(randomProfile, (profile) => sameDecisions(oneRuleACall(profile))),
      { numRuns: 10, endOnFailure: true },
    );
  }, 120_000);
});

const op = fc.constantFrom<SeccompOperator>(
  'SCMP_CMP_NE',
  'SCMP_CMP_LT',
  'SCMP_CMP_LE',
  'SCMP_CMP_EQ',
  'SCMP_CMP_GE',
  'SCMP_CMP_GT',
  'SCMP_CMP_MASKED_EQ',
);
const value = fc.constantFrom(0, 1, 3, 0xff, 0xffff_ffff, 0x1_0000_0000, 0x7_0000_0003);
const randomProfile: fc.Arbitrary<Seccomp> = fc.record({
  defaultAction: fc.constantFrom<SeccompAction>('SCMP_ACT_ERRNO', 'SCMP_ACT_ALLOW'),
  architectures: fc.subarray<SeccompArch>(['SCMP_ARCH_X86', 'SCMP_ARCH_X32', 'SCMP_ARCH_AARCH64']),
  syscalls: fc.array(
    fc.record({
      action: fc.constantFrom<SeccompAction>('SCMP_ACT_ALLOW', 'SCMP_ACT_KILL', 'SCMP_ACT_TRAP', 'SCMP_ACT_LOG'),
      // No semop: libseccomp 2.5.4 forgets to load the number where a call that x86 lacks comes first.
      names: fc.uniqueArray(
        fc.constantFrom('read', 'write', 'socket', 'bind', 'semget', 'openat', 'clone', 'personality', 'ioctl', 'prctl', 'mmap'),
        { minLength: 1, maxLength: 5 },
      ),
      args: fc.uniqueArray(fc.record({ index: fc.nat(5), value, valueTwo: value, op }), { maxLength: 3, selector: ({ index }) => index }),
    }),
    { maxLength: 6 },
  ),
});

function oneRuleACall({ syscalls = [], ...rest }: Seccomp): Seccomp {
  const seen = new Set<string>();
  const unseen = (name: string): boolean => !seen.has(name) && seen.add(name) !== undefined;
  return {
    ...rest,
    syscalls: syscalls.map((rule) => ({ ...rule, names: rule.names.filter(unseen) })).filter(({ names }) => names.length > 0),
  };
}

/** The specification in a few lines: first rule without arguments, else first that matches, else the default. */
function meaning({ defaultAction, syscalls = [] }: Seccomp, name: string, args: readonly bigint[]): SeccompAction {
  const rules = syscalls.filter(({ names, action }) => names.includes(name) && action !== defaultAction);
  const holds = (rule: SeccompSyscall): boolean =>
    (rule.args ?? []).every(({ index, value: first, valueTwo = 0, op: operator }) =>
      COMPARE[operator](args[index] ?? 0n, BigInt(first), BigInt(valueTwo)),
    );
  return (rules.find(({ args: conditions = [] }) => conditions.length === 0) ?? rules.find(holds))?.action ?? defaultAction;
}

it('a compiled profile decides every call as its rules say', () => {
  const argument = fc.constantFrom(
    0n,
    1n,
    2n,
    3n,
    0xffn,
    0xffff_fffen,
    0xffff_ffffn,
    0x1_0000_0000n,
    0x7_0000_0003n,
    0xffff_ffff_0000_0000n,
  );
  fc.assert(
    fc.property(
      randomProfile,
      fc.array(fc.array(argument, { minLength: 6, maxLength: 6 }), { minLength: 20, maxLength: 20 }),
      (profile, calls) => {
        const program = compileSeccomp(profile, NATIVE);
        for (const name of new Set((profile.syscalls ?? []).flatMap(({ names }) => names))) {
          for (const args of calls) {
            const action = meaning(profile, name, args);
            const expected = decide({ defaultAction: action }, { nr: 0 });
            expect(runFilter(program, { nr: number(name), arch: X86_64, args }), `${name}(${args.join(', ')})`).toBe(expected);
          }
        }
      },
    ),
    { numRuns: 200 },
  );
}, 60_000);
