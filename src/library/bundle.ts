/** A container's config and root file system, checked once, for any number of containers in this process. */
import { resolve } from 'node:path';
import { checkConfig } from '../backends/emulation/check.ts';
import { openLayer } from '../backends/emulation/execute/rootfs.ts';
import { type Layer, overlayFileSystem } from '../backends/emulation/vfs/index.ts';
import type { FileSystem } from '../backends/emulation/vfs/types.ts';
import type { BackendOptions, Finding } from '../backends/backend.ts';
import { acceptChecked } from '../core/checked.ts';
import type { Log } from '../core/context.ts';
import { reportFindings } from '../core/findings.ts';
import { defaultSpec } from '../oci/defaults.ts';
import type { Mount, Process, Spec } from '../oci/spec.ts';
import { validateConfig } from '../oci/validate.ts';
import type { Files } from './files.ts';
import { filesLayer } from './files-layer.ts';
import { guestTools } from './guest-tools.ts';
import { environment, onlyKnown } from './known-options.ts';

/** A directory or a tar archive (also gzipped) of the host, or files in memory. */
export type RootfsLayer = string | Files;

export interface BundleOptions {
  /** argv of the first process; default `sh`. */
  readonly args?: readonly string[];
  /** KEY=value, after the config's own. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /**
   * Over what `tsrun spec` writes, property by property (also in `process` and `linux`); without a terminal unless it says so. It is
   * validated as a config.json is; `root.path` has no meaning here.
   */
  readonly config?: Partial<Omit<Spec, 'process'>> & { readonly process?: Partial<Process> };
  /** After the config's own mounts. */
  readonly mounts?: readonly Mount[];
  /** From the lowest layer up. Default: `guestTools()`, a shell and its tools. */
  readonly rootfs?: RootfsLayer | readonly RootfsLayer[];
  /** On top of `rootfs`. */
  readonly files?: Files;
  /** Base of relative bind mount sources; default: the working directory. */
  readonly directory?: string;
  /** Refuse all that would not really be applied. */
  readonly strict?: boolean;
  readonly log?: Log;
}

/** Never written to: each container has a writable layer of its own above the root file system. */
export interface Bundle {
  readonly config: Spec;
  /** What of the config is not, or not really, applied by the emulated kernel. */
  readonly findings: readonly Finding[];
  readonly directory: string;
  readonly log: Log;
  /** A new writable root file system for one container. */
  newRootfs(): FileSystem;
}

const OPTIONS: readonly (keyof BundleOptions)[] = ['args', 'env', 'config', 'mounts', 'rootfs', 'files', 'directory', 'strict', 'log'];

const SILENT: Log = { debug: () => undefined, warn: () => undefined };

/** Throws CONFIG_INVALID or CONFIG_UNSUPPORTED, with the JSON pointer of the entry to blame. */
export async function openBundle(options: BundleOptions = {}): Promise<Bundle> {
  onlyKnown('bundle', options, OPTIONS);
  const { strict = false, log = SILENT } = options;
  const backendOptions: BackendOptions = { cgroupManager: 'disabled', rootless: 'auto', strict, debug: false };
  const config = acceptChecked(validateConfig(specOf(options)), { options: backendOptions, log });
  const findings = checkConfig(config, backendOptions);
  reportFindings(findings, 'emulation', { options: backendOptions, log });
  const layers = await Promise.all(layersOf(options).map(layerOf));
  return {
    config,
    findings,
    directory: resolve(options.directory ?? '.'),
    log,
    newRootfs: () => overlayFileSystem({ layers }),
  };
}

function specOf({ args, env = {}, config = {}, mounts = [] }: BundleOptions): unknown {
  const base = defaultSpec(true);
  const process = {
    ...base.process,
    terminal: false,
    ...(args === undefined ? {} : { args }),
    ...config.process,
  };
  return {
    ...base,
    ...config,
    linux: { ...base.linux, ...config.linux },
    mounts: [...(config.mounts ?? base.mounts ?? []), ...mounts],
    root: { ...config.root, path: '/' },
    process: { ...process, env: [...(process.env ?? []), ...environment(env)] },
  };
}

function layersOf({ rootfs = guestTools(), files }: BundleOptions): RootfsLayer[] {
  const below = Array.isArray(rootfs) ? (rootfs as readonly RootfsLayer[]) : [rootfs as RootfsLayer];
  return files === undefined ? [...below] : [...below, files];
}

/** Layers of `Files` objects that are used again (guestTools) are made once. */
const known = new WeakMap<Files, Layer>();

async function layerOf(layer: RootfsLayer): Promise<Layer> {
  if (typeof layer === 'string') return openLayer(layer, { whiteouts: true });
  const found = known.get(layer) ?? filesLayer(layer);
  known.set(layer, found);
  return found;
}
