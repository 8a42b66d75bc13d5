import { boolean, int32, integer, list, matching, object, oneOf, string, strings, uint16, uint32, uint64, type Schema } from './shapes.ts';

const cpuList = matching('^[0-9, -]*$', 'a CPU list such as "0-3,7"');

const scheduler = (): Schema =>
  object(
    {
      policy: oneOf(['SCHED_OTHER', 'SCHED_FIFO', 'SCHED_RR', 'SCHED_BATCH', 'SCHED_ISO', 'SCHED_IDLE', 'SCHED_DEADLINE']),
      nice: int32,
      priority: int32,
      flags: list(
        oneOf([
          'SCHED_FLAG_RESET_ON_FORK',
          'SCHED_FLAG_RECLAIM',
          'SCHED_FLAG_DL_OVERRUN',
          'SCHED_FLAG_KEEP_POLICY',
          'SCHED_FLAG_KEEP_PARAMS',
          'SCHED_FLAG_UTIL_CLAMP_MIN',
          'SCHED_FLAG_UTIL_CLAMP_MAX',
        ]),
      ),
      runtime: uint64,
      deadline: uint64,
      period: uint64,
    },
    ['policy'],
  );

/** config.md#process; also the whole of what `exec --process` reads. */
export const processSchema = (): Schema =>
  object(
    {
      terminal: boolean,
      // struct winsize of the kernel has 16 bits for each.
      consoleSize: object({ height: uint16, width: uint16 }, ['height', 'width']),
      user: object({
        uid: uint32,
        gid: uint32,
        umask: integer(0, 0o777, 'a file mode in decimal, 0 to 511 (octal 777)'),
        additionalGids: list(uint32),
        username: string,
      }),
      args: strings,
      commandLine: string,
      env: strings,
      cwd: string,
      capabilities: object({ bounding: strings, effective: strings, inheritable: strings, permitted: strings, ambient: strings }),
      rlimits: list(
        object({ type: matching('^RLIMIT_[A-Z]+$', 'a name such as "RLIMIT_NOFILE"'), soft: uint64, hard: uint64 }, [
          'type',
          'soft',
          'hard',
        ]),
      ),
      noNewPrivileges: boolean,
      apparmorProfile: string,
      oomScoreAdj: integer(-1000, 1000),
      scheduler: scheduler(),
      selinuxLabel: string,
      ioPriority: object({ class: oneOf(['IOPRIO_CLASS_RT', 'IOPRIO_CLASS_BE', 'IOPRIO_CLASS_IDLE']), priority: integer(0, 7) }, ['class']),
      execCPUAffinity: object({ initial: cpuList, final: cpuList }),
    },
    ['cwd'],
  );
