/** What the test tells the driver, and what the driver answers. */
/** `notify`: start with NOTIFY_SOCKET, of a container that never says READY=1. */
export const operations = ['create', 'start', 'exec', 'delete', 'run', 'notify'] as const;
export type Operation = (typeof operations)[number];
export type Target = 'tsrun' | 'helper';

export interface Orders {
  /** The runtime with its global options. */
  readonly command: readonly string[];
  /** Of a container that sleeps; its cgroupsPath is below /crash. */
  readonly bundle: string;
  readonly trees: readonly string[];
  /** Where the service manager of `notify` is to listen. */
  readonly notifySocket: string;
  readonly seed: number;
  readonly points: number;
}

export interface Point {
  readonly index: number;
  readonly operation: Operation;
  readonly target: Target;
  /** ms after the start of the operation, and how long it takes undisturbed. */
  readonly moment: number;
  readonly duration: number;
  /** Whether there still was something to kill. */
  readonly hit: boolean;
  readonly problems: readonly string[];
}
