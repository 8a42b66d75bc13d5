/** Differences between what two runtimes show a container that are right as they are. One that no longer occurs fails the build. */
export interface AllowedDifference {
  readonly peer: 'runc' | 'crun';
  /** Matches a line of `differences`: "section - what only the peer shows" or "section + what only we show". */
  readonly line: RegExp;
  readonly reason: string;
}

export const allowedDifferences: readonly AllowedDifference[] = [];
