/**
 * The contract between the lifecycle (`src/core`) and what really makes containers.
 *
 * The core owns ids, locks, state.json, runtime-namespace hooks, legal transitions, pid files and messages.
 * A backend is stateless: all it knows of a container is the JSON handle it returned from `create` (or announced
 * before, see `intent`), because the next call comes from another operating system process.
 * Every method either does what it says or rejects with a TsrunError. What a backend lacks is a whole facet,
 * absent as a property: no flag can disagree with the code, and `features` is computed from what is there.
 */
import type { Features } from '../oci/features.ts';
import type { LinuxResources, Process, Spec } from '../oci/spec.ts';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** How a process ended. */
export type Exit = { readonly code: number } | { readonly signal: number };

/** What the backend can see now. `creating` is the core's alone. A zombie counts as stopped. */
export type Status =
  | { readonly status: 'created' | 'running' | 'paused'; readonly pid: number }
  | { readonly status: 'stopped'; readonly exit?: Exit };

/** Something in a config that a backend refuses (`refused`), or would accept without real effect. */
export interface Finding {
  readonly level: 'refused' | 'recorded' | 'visible';
  /** JSON pointer into config.json. */
  readonly pointer: string;
  readonly message: string;
}

/** How a first or exec'd process is wired to the outside. */
export type Stdio =
  /** tsrun's own descriptors 0, 1, 2. */
  | { readonly kind: 'inherit' }
  /** A pty, its master sent to the AF_UNIX socket at `path` (SCM_RIGHTS). */
  | { readonly kind: 'console-socket'; readonly path: string }
  /** A pty, proxied to tsrun's own terminal until the process ends. */
  | { readonly kind: 'terminal' };

export interface ProcessRequest {
  readonly stdio: Stdio;
  /** Number of descriptors from 3 on, beside 0-2, that the process gets (`--preserve-fds`). */
  readonly preserveFds: number;
  /** Stay the parent: `Attached.exited` will settle, signals are relayed, terminal is proxied. */
  readonly attached: boolean;
  /** attached: adopt orphans of the container (`--no-subreaper` clears it). */
  readonly subreaper: boolean;
  /** AF_UNIX socket that receives a pidfd of the process (`--pidfd-socket`). */
  readonly pidfdSocket?: string;
  /** Called for what could not be applied fully but is no failure (unknown capability, …). */
  readonly warn: (message: string, pointer?: string) => void;
}

export interface CreateRequest<H> extends ProcessRequest {
  readonly id: string;
  /** Validated and normalised; paths as the user wrote them. */
  readonly config: Spec;
  /** Absolute. */
  readonly bundle: string;
  /** Absolute; mode 0700, of this container alone, gone after delete(). */
  readonly stateDir: string;
  readonly options: BackendOptions;
  /** Of those that the backend names in `Backend.settings`. */
  readonly settings: BackendSettings;
  readonly noPivot: boolean;
  readonly noNewKeyring: boolean;
  /** The container gets a socket for sd_notify(3) and its address as NOTIFY_SOCKET. Only with a `Backend.notify`, which listens there. */
  readonly notify: boolean;
  /** `run`: the same caller will start it at once through `Created.start`; no start socket is needed. */
  readonly startNow: boolean;
  /** Write this handle down before going on: from here `remove(handle)` must find all that is left after a crash. */
  intent(handle: H): void;
  /** Namespaces exist, nothing of the rootfs is pivoted. Core runs prestart and createRuntime hooks with this pid. */
  namespacesReady(pid: number): Promise<void>;
  /** State documents for the hooks that run inside (core makes them): text before and after the pid. */
  hookState(status: 'creating' | 'created'): readonly [string, string];
}

/** Global options that concern a backend. */
export interface BackendOptions {
  readonly cgroupManager: 'cgroupfs' | 'systemd' | 'disabled';
  readonly rootless: 'auto' | boolean;
  readonly strict: boolean;
  readonly debug: boolean;
}

/** Choices that one backend alone knows, by name (`rootfsWrites`, `wasiEngine`). */
export type BackendSettings = Readonly<Record<string, string>>;

export interface Created<H> {
  /** The final handle; replaces the intent's. */
  readonly handle: H;
  readonly pid: number;
  /**
   * Not with `startNow`: the handle is written down now. A container that could not be found without it lives until here only as
   * long as its creator does; settles when it outlives it.
   */
  commit?(): Promise<void>;
  /** Only with `startNow`: run the program; says what `commit` says. Rejects with what execve said. */
  start?(): Promise<void>;
  /** Only with `attached`. */
  readonly process?: Attached;
}

/** A process whose end this tsrun sees. */
export interface Attached {
  readonly pid: number;
  readonly exited: Promise<Exit>;
  /** Relay a signal number to it. */
  signal(signal: number): void;
}

export interface ExecRequest extends ProcessRequest {
  readonly process: Process;
  /** The config of the container, as it was at create. */
  readonly config: Spec;
  /** The container's state document (runtime.md#State). */
  readonly state: string;
  readonly stateDir: string;
  readonly options: BackendOptions;
  /** `--cgroup [controllers:]path` arguments, relative to the container's cgroup. */
  readonly cgroups: readonly string[];
}

export interface ReadyRequest {
  readonly stateDir: string;
  /** Address of the service manager's socket: an absolute path, or `@name` for an abstract one. */
  readonly manager: string;
  /** Instead of the container's first process: which one the service manager is to look after. */
  readonly mainPid?: number;
}

export interface ReadyListener {
  /** READY=1 of the container was handed on, or will not come: it has ended. Rejects where it could not be handed on. */
  readonly done: Promise<void>;
  /** Listen no more. */
  stop(): Promise<void>;
}

export interface AttachRequest {
  /** Type into the process, beside whoever else does. */
  readonly stdin: boolean;
  /** The process has a terminal. */
  readonly terminal: boolean;
  /** What a user types to let go of it; empty: nothing does. */
  readonly detachKeys: Uint8Array;
  readonly warn: (message: string) => void;
}

/** This process's descriptors 0-2 as more ones of a container's first process. */
export interface Attachment {
  /** How the process ended, after all its output; undefined: the user let go of it. */
  readonly ended: Promise<Exit | undefined>;
  /** Relay a signal number to it. */
  signal(signal: number): void;
  /** Idempotent; the container goes on. */
  leave(): void;
}

/** One process of a container. */
export interface ProcessInfo {
  /** As the host sees it; as in the container where `shown` is there. */
  readonly pid: number;
  /** For `ps`, of a process that the host does not know. */
  readonly shown?: {
    readonly ppid: number;
    readonly uid: number;
    /** One letter of proc(5): R S T Z */
    readonly state: string;
    readonly cpuMs: number;
    readonly command: string;
  };
}

/** `events --stats` data in runc's shape (types/events.go); backends leave out what they do not have. */
export type Stats = { readonly [key: string]: Json };
export type RuntimeEvent = { readonly type: 'stats'; readonly data: Stats } | { readonly type: 'oom' };

export interface Backend<H extends Json = Json> {
  readonly name: string;
  /** Names that `CreateRequest.settings` may have, each with the values it may take; undefined: any. */
  readonly settings?: Readonly<Record<string, readonly string[] | undefined>>;
  /** Read a handle back from state.json; throws STATE_CORRUPT on one it did not write. */
  parseHandle(value: Json): H;
  /** Can this host run it at all? Cheap. */
  probe(): { readonly usable: true } | { readonly usable: false; readonly reason: string };
  /** A promise where the code for it is loaded only now (`state` and `kill` must not pay for it). */
  features(): Features | Promise<Features>;
  /** All that this backend would refuse or not really apply in a valid config. */
  check(config: Spec, options: BackendOptions): readonly Finding[] | Promise<readonly Finding[]>;

  /** `run` in the foreground begins and has made nothing yet: where the container is to live in this process, it may execute itself anew. */
  beforeForeground?(): void;
  /** Bring the container to `created`. On rejection nothing of it is left (the core still calls `remove`). */
  create(request: CreateRequest<H>): Promise<Created<H>>;
  /** Run the program of a created container; resolves once it was executed, rejects with what execve said. */
  start(handle: H, stateDir: string): Promise<void>;
  status(handle: H): Status;
  /** Send a signal number to the first process. NOT delivered (no such process): STATE_CONFLICT `container not running`. */
  kill(handle: H, signal: number): Promise<void>;
  /** Signal every process of the container (`kill --all`, and SIGKILL without a pid namespace of its own). */
  killAll(handle: H, signal: number): Promise<void>;
  /** End what still runs, release everything create() took. Idempotent; also works on an intent's handle. */
  remove(handle: H, force: boolean): Promise<void>;

  /** sd_notify(3), for a container created with `CreateRequest.notify`. Resolves once it is listened. */
  readonly notify?: { listen(handle: H, request: ReadyRequest): Promise<ReadyListener> };
  readonly exec?: { run(handle: H, request: ExecRequest): Promise<{ readonly pid: number; readonly process?: Attached }> };
  readonly attach?: { attach(handle: H, request: AttachRequest): Promise<Attachment> };
  readonly freezer?: { pause(handle: H): Promise<void>; resume(handle: H): Promise<void> };
  readonly resources?: { update(handle: H, resources: LinuxResources): Promise<void> };
  readonly processes?: { list(handle: H): Promise<readonly ProcessInfo[]> };
  readonly events?: { stats(handle: H): Promise<Stats>; watchOom(handle: H, signal: AbortSignal): AsyncIterable<{ readonly type: 'oom' }> };
}
