import type { Command } from 'commander';
import type { CreateOptions } from '../core/create.ts';
import { absolute } from '../core/root-dir.ts';
import { preserveFds } from './preserve-fds.ts';
import { pathFlag } from './values.ts';

/** What `create` and `run` have in common. */
export interface BundleFlags {
  readonly bundle?: string;
  readonly config?: string;
  readonly pidFile?: string;
  readonly consoleSocket?: string;
  readonly pidfdSocket?: string;
  readonly preserveFds?: string;
  readonly pivot: boolean;
  readonly newKeyring: boolean;
}

export function defineBundleOptions(command: Command): void {
  command
    .option('-b, --bundle <dir>', 'the bundle (default: the working directory)')
    .option('-f, --config <file>', 'instead of config.json of the bundle')
    .option('--console-socket <path>', 'AF_UNIX socket that gets the master of the pty')
    .option('--pidfd-socket <path>', 'AF_UNIX socket that gets a pidfd of the first process')
    .option('--pid-file <file>', 'write the pid of the first process there')
    .option('--no-pivot', 'move the root instead of pivot_root, for a root file system in a ramdisk')
    .option('--no-new-keyring', 'keep the session keyring of the caller')
    .option('--preserve-fds <n>', 'pass this number of descriptors on, from 3');
}

export function bundleOptions(id: string, flags: BundleFlags): CreateOptions {
  const configFile = pathFlag('--config', flags.config);
  const pidFile = pathFlag('--pid-file', flags.pidFile);
  const consoleSocket = pathFlag('--console-socket', flags.consoleSocket);
  const pidfdSocket = pathFlag('--pidfd-socket', flags.pidfdSocket);
  return {
    id,
    bundle: absolute(flags.bundle || '.', '--bundle'),
    ...(configFile === undefined ? {} : { configFile }),
    ...(pidFile === undefined ? {} : { pidFile }),
    ...(consoleSocket === undefined ? {} : { consoleSocket }),
    ...(pidfdSocket === undefined ? {} : { pidfdSocket }),
    preserveFds: preserveFds(flags.preserveFds),
    noPivot: !flags.pivot,
    noNewKeyring: !flags.newKeyring,
  };
}
