import { integer, list, object, oneOf, string, uint32, uint64, type Schema } from './shapes.ts';

const action = (): Schema =>
  oneOf([
    'SCMP_ACT_KILL',
    'SCMP_ACT_KILL_PROCESS',
    'SCMP_ACT_KILL_THREAD',
    'SCMP_ACT_TRAP',
    'SCMP_ACT_ERRNO',
    'SCMP_ACT_TRACE',
    'SCMP_ACT_ALLOW',
    'SCMP_ACT_LOG',
    'SCMP_ACT_NOTIFY',
  ]);

const ARCHITECTURES =
  'X86 X86_64 X32 ARM AARCH64 LOONGARCH64 M68K MIPS MIPS64 MIPS64N32 MIPSEL MIPSEL64 MIPSEL64N32 PPC PPC64 PPC64LE S390 S390X SH SHEB PARISC PARISC64 RISCV64';

/** config-linux.md#seccomp */
export const seccompSchema = (): Schema =>
  object(
    {
      defaultAction: action(),
      defaultErrnoRet: uint32,
      architectures: list(oneOf(ARCHITECTURES.split(' ').map((name) => `SCMP_ARCH_${name}`))),
      flags: list(
        oneOf([
          'SECCOMP_FILTER_FLAG_TSYNC',
          'SECCOMP_FILTER_FLAG_LOG',
          'SECCOMP_FILTER_FLAG_SPEC_ALLOW',
          'SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV',
        ]),
      ),
      listenerPath: string,
      listenerMetadata: string,
      syscalls: list(
        object(
          {
            names: list(string, 1),
            action: action(),
            errnoRet: uint32,
            args: list(
              object(
                {
                  // A system call has six arguments.
                  index: integer(0, 5),
                  value: uint64,
                  valueTwo: uint64,
                  op: oneOf([
                    'SCMP_CMP_NE',
                    'SCMP_CMP_LT',
                    'SCMP_CMP_LE',
                    'SCMP_CMP_EQ',
                    'SCMP_CMP_GE',
                    'SCMP_CMP_GT',
                    'SCMP_CMP_MASKED_EQ',
                  ]),
                },
                ['index', 'value', 'op'],
              ),
            ),
          },
          ['names', 'action'],
        ),
      ),
    },
    ['defaultAction'],
  );
