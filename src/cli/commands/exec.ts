import { acceptChecked } from '../../core/checked.ts';
import type { RuntimeContext } from '../../core/context.ts';
import { execProcess } from '../../core/exec-process.ts';
import { absolute } from '../../core/root-dir.ts';
import { exec } from '../../core/exec.ts';
import { capabilityMask } from '../../oci/capabilities.ts';
import type { Process } from '../../oci/spec.ts';
import { parseId, parseUser } from '../../oci/user.ts';
import type { CliCommand } from '../command.ts';
import { preserveFds } from '../preserve-fds.ts';
import { flagValue, pathFlag } from '../values.ts';

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
  /** `--no-new-privs`: commander's way of `--no-x`. */
  readonly newPrivs?: boolean;
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
  options: [
    { flags: '-p, --process <file>', description: 'the process object of the specification; all other process options are ignored' },
    { flags: '--cwd <dir>', description: 'working directory in the container' },
    { flags: '-e, --env <key=value>', description: 'add to the environment (repeat)', repeat: true },
    { flags: '-t, --tty', description: 'give it a terminal' },
    { flags: '-u, --user <uid[:gid]>', description: 'numbers' },
    { flags: '-g, --additional-gids <gid>', description: 'supplementary group (repeat)', repeat: true },
    { flags: '-c, --cap <capability>', description: 'add to the bounding, effective and permitted sets (repeat)', repeat: true },
    { flags: '-d, --detach', description: 'leave it running and return' },
    { flags: '--pid-file <file>', description: 'write its pid there' },
    { flags: '--console-socket <path>', description: 'AF_UNIX socket that gets the master of the pty' },
    { flags: '--pidfd-socket <path>', description: 'AF_UNIX socket that gets a pidfd of it' },
    { flags: '--preserve-fds <n>', description: 'pass this number of descriptors on, from 3' },
    { flags: '--cgroup <[controllers:]path>', description: "below the container's cgroup (repeat)", repeat: true },
    { flags: '--ignore-paused', description: 'also in a paused container; it runs once that is resumed' },
    { flags: '--no-new-privs', description: 'set no_new_privs' },
    { flags: '--process-label <label>', description: 'SELinux label' },
    { flags: '--apparmor <profile>', description: 'AppArmor profile' },
    { flags: '--no-subreaper', description: 'do not adopt its orphans' },
  ],
  run([id = '', ...args], flags, { context }) {
    const pidFile = pathFlag('--pid-file', flags.pidFile);
    const consoleSocket = pathFlag('--console-socket', flags.consoleSocket);
    const pidfdSocket = pathFlag('--pidfd-socket', flags.pidfdSocket);
    for (const name of capabilityMask(flags.cap ?? []).unknown) context.log.warn(`unknown capability ${JSON.stringify(name)} is ignored`);
    return exec(context, {
      id,
      process:
        flags.process === undefined
          ? async (own) => changedProcess(own, args, flags, context)
          : () => processFile(flags.process as string, context),
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

/** What `--process` would be checked for, as far as options can say it. */
function changedProcess(own: Process | undefined, args: readonly string[], flags: ExecFlags, { log }: RuntimeContext): Process {
  for (const name of capabilityMask(flags.cap ?? []).unknown) log.warn(`unknown capability ${JSON.stringify(name)} is ignored`);
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
    ...(flags.newPrivs === false ? { noNewPrivileges: true } : {}),
    ...(flags.apparmor === undefined ? {} : { apparmorProfile: flags.apparmor }),
    ...(flags.processLabel === undefined ? {} : { selinuxLabel: flags.processLabel }),
  });
}

async function processFile(file: string, context: RuntimeContext): Promise<Process> {
  const { loadProcess } = await import('../../oci/load.ts');
  return acceptChecked(loadProcess(absolute(file, '--process')), context);
}
