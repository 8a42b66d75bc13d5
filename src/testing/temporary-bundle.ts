import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Files, writeFiles } from '../library/files.ts';
import { guestTools } from '../library/guest-tools.ts';
import { defaultSpec } from '../oci/defaults.ts';
import type { Process, Spec } from '../oci/spec.ts';

export interface TemporaryBundleOptions {
  /** Instead of `sh`. */
  readonly args?: readonly string[];
  /** More of the process, over what `tsrun spec` writes; no terminal unless it says so. */
  readonly process?: Partial<Process>;
  /** Over the rest of what `tsrun spec` writes, property by property; the root is writable. */
  readonly config?: Partial<Omit<Spec, 'process'>>;
  /** In the root file system, beside (and over) `base`. */
  readonly files?: Files;
  /** Default: `guestTools()`. */
  readonly base?: Files;
}

/** A bundle on disk, for the command line and for engines. `using` (or `remove()`) deletes it. */
export interface TemporaryBundle extends Disposable {
  /** Absolute; holds `config.json` and `rootfs`. */
  readonly path: string;
  readonly rootfs: string;
  readonly config: Spec;
  /** Write another config. */
  configure(change: (config: Spec) => Spec): void;
  remove(): void;
}

export function temporaryBundle(options: TemporaryBundleOptions = {}): TemporaryBundle {
  const path = mkdtempSync(join(tmpdir(), 'tsrun-bundle-'));
  const rootfs = join(path, 'rootfs');
  const remove = (): void => rmSync(path, { recursive: true, force: true });
  try {
    writeFiles(rootfs, { ...(options.base ?? guestTools()), ...options.files });
    let config = testConfig(options);
    const save = (): void => writeFileSync(join(path, 'config.json'), `${JSON.stringify(config, null, 2)}\n`);
    save();
    return {
      path,
      rootfs,
      get config() {
        return config;
      },
      configure(change) {
        config = change(config);
        save();
      },
      remove,
      [Symbol.dispose]: remove,
    };
  } catch (error) {
    remove();
    throw error;
  }
}

/** What `tsrun spec` writes, without a terminal and with a writable root. */
export function testConfig({ args, process, config }: Pick<TemporaryBundleOptions, 'args' | 'process' | 'config'>): Spec {
  const base = defaultSpec(true);
  return {
    ...base,
    root: { path: 'rootfs' },
    ...config,
    process: {
      ...(base.process as Process),
      terminal: false,
      ...(args === undefined ? {} : { args: [...args] }),
      ...process,
    },
  };
}
