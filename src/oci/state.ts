/** The container's state as `state` prints it and hooks read it on stdin (runtime-spec runtime.md#State). */
export interface State {
  /** Of the container's config. */
  readonly ociVersion: string;
  readonly id: string;
  readonly status: ContainerStatus;
  /** There while created, running or paused; hooks inside the container get the pid as seen there. */
  readonly pid?: number;
  /** Absolute. */
  readonly bundle: string;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** The specification's four, and `paused`, which every runtime has. */
export type ContainerStatus = 'creating' | 'created' | 'running' | 'stopped' | 'paused';

/** Properties in the specification's order; a pid of 0 and absent annotations are left out. */
export function buildState(fields: {
  readonly ociVersion: string;
  readonly id: string;
  readonly status: ContainerStatus;
  readonly pid?: number | undefined;
  readonly bundle: string;
  readonly annotations?: Readonly<Record<string, string>> | undefined;
}): State {
  const { ociVersion, id, status, pid, bundle, annotations } = fields;
  return {
    ociVersion,
    id,
    status,
    ...(pid ? { pid } : {}),
    bundle,
    ...(annotations ? { annotations } : {}),
  };
}

/**
 * The state document as text in two parts, before and after the pid: the helper puts the pid between them, as seen
 * from inside the container, where TypeScript cannot know it (`Backend.hookState`, the `hook` and `seccomp` instructions).
 */
export function splitStateText(fields: Omit<State, 'pid'>): readonly [string, string] {
  const { ociVersion, id, status, bundle, annotations } = fields;
  const rest = JSON.stringify({ bundle, ...(annotations ? { annotations } : {}) });
  return [`${JSON.stringify({ ociVersion, id, status }).slice(0, -1)},"pid":`, `,${rest.slice(1)}`];
}
