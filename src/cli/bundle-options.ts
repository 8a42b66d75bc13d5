import type { CreateOptions } from '../core/create.ts';
import { listenFdsOf, notifySocketOf } from '../core/service-manager.ts';
import { absolute } from '../core/root-dir.ts';
import type { OptionSpec } from './args.ts';
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
  readonly rootfsWrites?: string;
  readonly wasiEngine?: string;
}

export const BUNDLE_OPTIONS: readonly OptionSpec[] = [
  { flags: '-b, --bundle <dir>', description: 'the bundle (default: the working directory)' },
  { flags: '-f, --config <file>', description: 'instead of config.json of the bundle' },
  { flags: '--console-socket <path>', description: 'AF_UNIX socket that gets the master of the pty' },
  { flags: '--pidfd-socket <path>', description: 'AF_UNIX socket that gets a pidfd of the first process' },
  { flags: '--pid-file <file>', description: 'write the pid of the first process there' },
  { flags: '--no-pivot', description: 'move the root instead of pivot_root, for a root file system in a ramdisk' },
  { flags: '--no-new-keyring', description: 'keep the session keyring of the caller' },
  { flags: '--preserve-fds <n>', description: 'pass this number of descriptors on, from 3' },
  { flags: '--rootfs-writes <where>', description: 'emulation: discard (default) or through, to the rootfs of the bundle' },
  { flags: '--wasi-engine <engine>', description: 'emulation: tsrun (default) or wasmer' },
];

export function bundleOptions(id: string, flags: BundleFlags): CreateOptions {
  const configFile = pathFlag('--config', flags.config);
  const pidFile = pathFlag('--pid-file', flags.pidFile);
  const consoleSocket = pathFlag('--console-socket', flags.consoleSocket);
  const pidfdSocket = pathFlag('--pidfd-socket', flags.pidfdSocket);
  const listenFds = listenFdsOf(process.env, process.pid);
  const notifySocket = notifySocketOf(process.env);
  return {
    id,
    bundle: absolute(flags.bundle || '.', '--bundle'),
    ...(configFile === undefined ? {} : { configFile }),
    ...(pidFile === undefined ? {} : { pidFile }),
    ...(consoleSocket === undefined ? {} : { consoleSocket }),
    ...(pidfdSocket === undefined ? {} : { pidfdSocket }),
    listenFds,
    ...(notifySocket === undefined ? {} : { notifySocket }),
    preserveFds: preserveFds(flags.preserveFds, listenFds),
    noPivot: !flags.pivot,
    noNewKeyring: !flags.newKeyring,
    settings: {
      ...(flags.rootfsWrites ? { rootfsWrites: flags.rootfsWrites } : {}),
      ...(flags.wasiEngine ? { wasiEngine: flags.wasiEngine } : {}),
    },
  };
}
