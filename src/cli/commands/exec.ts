import { acceptChecked } from '../../core/checked.ts';
import type { RuntimeContext } from '../../core/context.ts';
import { execProcess } from '../../core/exec-process.ts';
import { absolute } from '../../core/root-dir.ts';
import { exec } from '../../core/runtime.ts';
import type { Process } from '../../oci/spec.ts';
import { parseId, parseUser } from '../../oci/user.ts';
import type { CliCommand } from '../command.ts';
import { preserveFds } from '../preserve-fds.ts';
import { collect, flagValue, pathFlag } from '../values.ts';

interface ExecFlags {
  readonly process?: string;
  readonly cwd?: string;
  readonly env?: readonly string[];
  readonly tty?: boolean;
  readonly user?: string;
  readonly additionalGids?: readonly string[];
  readonly cap?: readonly string[];
  readonly detach?: boolean;
  readonly pidFile?: string;
  readonly consoleSocket?: string;
  readonly pidfdSocket?: string;
  readonly preserveFds?: string;
  readonly cgroup?: readonly string[];
  readonly ignorePaused?: boolean;
  readonly noNewPrivs?: boolean;
  readonly processLabel?: string;
  readonly apparmor?: string;
  readonly subreaper: boolean;
}

export const command: CliCommand<ExecFlags> = {
  usage: '<container-id> <command> [arguments], or --process <file> <container-id>',
  arguments: { min: 1 },
  greedy: true,
  errorPrefix: 'exec failed: ',
  errorCode: 255,
  define(parser) {
    parser
      .option('-p, --process <file>', 'the process object of the specification; all other process options are ignored')
      .option('--cwd <dir>', 'working directory in the container')
      .option('-e, --env <key=value>', 'add to the environment (repeat)', collect)
      .option('-t, --tty', 'give it a terminal')
      .option('-u, --user <uid[:gid]>', 'numbers')
      .option('-g, --additional-gids <gid>', 'supplementary group (repeat)', collect)
      .option('-c, --cap <capability>', 'add to the bounding, effective and permitted sets (repeat)', collect)
      .option('-d, --detach', 'leave it running and return')
      .option('--pid-file <file>', 'write its pid there')
      .option('--console-socket <path>', 'AF_UNIX socket that gets the master of the pty')
      .option('--pidfd-socket <path>', 'AF_UNIX socket that gets a pidfd of it')
      .option('--preserve-fds <n>', 'pass this number of descriptors on, from 3')
      .option('--cgroup <[controllers:]path>', "below the container's cgroup (repeat)", collect)
      .option('--ignore-paused', 'also in a paused container; it runs once that is resumed')
      .option('--no-new-privs', 'set no_new_privs')
      .option('--process-label <label>', 'SELinux label')
      .option('--apparmor <profile>', 'AppArmor profile')
      .option('--no-subreaper', 'do not adopt its orphans');
  },
  run([id = '', ...args], flags, { context }) {
    const pidFile = pathFlag('--pid-file', flags.pidFile);
    const consoleSocket = pathFlag('--console-socket', flags.consoleSocket);
    const pidfdSocket = pathFlag('--pidfd-socket', flags.pidfdSocket);
    return exec(context, {
      id,
      process:
        flags.process === undefined ? async (own) => changedProcess(own, args, flags) : () => processFile(flags.process as string, context),
      detach: flags.detach ?? false,
      preserveFds: preserveFds(flags.preserveFds),
      cgroups: flags.cgroup ?? [],
      ignorePaused: flags.ignorePaused ?? false,
      subreaper: flags.subreaper,
      ...(pidFile === undefined ? {} : { pidFile }),
      ...(consoleSocket === undefined ? {} : { consoleSocket }),
      ...(pidfdSocket === undefined ? {} : { pidfdSocket }),
    });
  },
};

function changedProcess(own: Process | undefined, args: readonly string[], flags: ExecFlags): Process {
  const user = flags.user === undefined ? undefined : flagValue('--user', parseUser(flags.user));
  return execProcess(own, {
    args,
    env: flags.env ?? [],
    terminal: flags.tty ?? false,
    additionalGids: (flags.additionalGids ?? []).map((gid) => flagValue('--additional-gids', parseId(gid, 'gid'))),
    capabilities: flags.cap ?? [],
    ...(flags.cwd === undefined ? {} : { cwd: flags.cwd }),
    ...(user === undefined ? {} : { uid: user.uid }),
    ...(user?.gid === undefined ? {} : { gid: user.gid }),
    ...(flags.noNewPrivs === undefined ? {} : { noNewPrivileges: flags.noNewPrivs }),
    ...(flags.apparmor === undefined ? {} : { apparmorProfile: flags.apparmor }),
    ...(flags.processLabel === undefined ? {} : { selinuxLabel: flags.processLabel }),
  });
}

async function processFile(file: string, context: RuntimeContext): Promise<Process> {
  const { loadProcess } = await import('../../oci/load.ts');
  return acceptChecked(loadProcess(absolute(file, '--process')), context);
}
