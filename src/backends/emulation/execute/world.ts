/** What the instructions of one plan work on. */
import type { Kernel, OpenFile, Process, RlimitTable, Tty } from '../kernel/types.ts';
import type { Location, PathContext, Vfs } from '../vfs/types.ts';
import type { ProcessStdio } from './stdio.ts';
import type { Spec } from '../../../oci/spec.ts';

/** The process that the init stage makes, bit by bit. */
export interface Draft {
  cwd: string;
  umask: number;
  uid: number;
  gid: number;
  groups: readonly number[];
  /** bounding, effective, inheritable, permitted, ambient. */
  capabilities: readonly [bigint, bigint, bigint, bigint, bigint];
  noNewPrivileges: boolean;
  oomScoreAdj: number;
  readonly rlimits: RlimitTable;
  tty: Tty | undefined;
  files: readonly (OpenFile | undefined)[];
  /** Once `awaitStart` found it. */
  process: Process | undefined;
}

export interface World {
  readonly kernel: Kernel;
  readonly vfs: Vfs;
  /** The set-up's own: root of the container with every capability, in `/`. */
  readonly context: PathContext;
  readonly config: Spec;
  /** Absolute host path. */
  readonly bundle: string;
  readonly stdio: ProcessStdio;
  readonly draft: Draft;
  /** Sources of `openTree` by slot, for `attachTree`. */
  readonly trees: Map<number, string>;
  /** First process of the container, not an exec'd one. */
  readonly init: boolean;
  /** At a `barrier`: hooks of the runtime's namespace. */
  readonly barrier: (name: string) => Promise<void>;
  readonly warn: (message: string, pointer?: string) => void;
}

export const ALL_CAPABILITIES: bigint = (1n << 64n) - 1n;

export function setUpContext(vfs: Vfs): PathContext {
  const { root } = vfs;
  return { root, cwd: root, credentials: { uid: 0, gid: 0, groups: [], capabilities: ALL_CAPABILITIES }, umask: 0 };
}

/** A process as Linux's helper has it before the init stage. */
export function newDraft(): Draft {
  return {
    cwd: '/',
    umask: 0o022,
    uid: 0,
    gid: 0,
    groups: [],
    capabilities: [0n, 0n, 0n, 0n, 0n],
    noNewPrivileges: false,
    oomScoreAdj: 0,
    rlimits: new Map(),
    tty: undefined,
    files: [],
    process: undefined,
  };
}

/** The object at an in-root path, links followed inside the container; undefined where there is none. */
export function find({ vfs, context }: World, path: string): Location | undefined {
  try {
    return vfs.lookup(context, path);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as { errno?: string }).errno ?? '')) return undefined;
    throw error;
  }
}
