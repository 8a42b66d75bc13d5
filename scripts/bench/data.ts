/** What the two halves of the benchmark tell each other. */
export const benches = ['run', 'create+start+delete', 'exec', 'state', 'parallel'] as const;
export type Bench = (typeof benches)[number];

export interface Contender {
  readonly name: string;
  /** argv before the subcommand, `--root` with a directory of its own among it. */
  readonly command: readonly string[];
}

export interface Orders {
  readonly contenders: readonly Contender[];
  /** Containers that end at once, and that sleep. */
  readonly bundles: { readonly true: string; readonly sleep: string };
  readonly rounds: Readonly<Record<Bench, number>>;
  /** Containers at a time in `parallel`. */
  readonly parallel: number;
}

export interface Measured {
  readonly name: string;
  /** Milliseconds, one a round; `parallel`: for all of them together. */
  readonly times: Readonly<Record<Bench, readonly number[]>>;
  /** Peak resident memory of `run`, the largest of its processes, KiB (ru_maxrss). */
  readonly peakMemory: readonly number[];
  /** Processes there are beside a detached container's own. */
  readonly processesBeside: number;
}
