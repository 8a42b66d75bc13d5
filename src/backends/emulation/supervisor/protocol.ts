/** Who may say what on a control socket. Requests have one response; events have none. */
import type { Exit, Finding, Json, Stats } from '../../backend.ts';
import type { LinuxResources, Process, Spec } from '../../../oci/spec.ts';
import type { ErrnoName } from '../errno.ts';
import type { ErrorData } from './errors.ts';

export interface TerminalSize {
  readonly columns: number;
  readonly rows: number;
}

/** A descriptor that is passed on, as its host has it. */
export interface Preserved {
  readonly fd: number;
  readonly kind: 'file' | 'pipe' | 'socket' | 'terminal' | 'listener';
  readonly readable: boolean;
  readonly writable: boolean;
}

/** What `create` sends to a new supervisor: the part of CreateRequest that is data. */
export interface CreateOrder {
  readonly id: string;
  readonly config: Spec;
  readonly bundle: string;
  readonly stateDir: string;
  /** The supervisor's descriptors 0-2 are the slave of the engine's pty. */
  readonly terminal: boolean;
  /** Findings about the program are errors. */
  readonly strict: boolean;
  readonly settings: Readonly<Record<string, string>>;
  /** Those from 3 on that are the container's too; the supervisor has them at the same numbers. */
  readonly preserved: readonly Preserved[];
  readonly hookStates: { readonly creating: readonly [string, string]; readonly created: readonly [string, string] };
}

export interface ExecOrder {
  readonly process: Process;
  /** Give it a terminal, of this size. */
  readonly terminal?: TerminalSize;
  /** Who asks stands for the process: its end kills it. */
  readonly standIn: boolean;
  /** Descriptors from 3 on of who asks. */
  readonly preserved: readonly Preserved[];
}

/** One process as `ps` shows it; pids as in the container, which are the only ones there are. */
export type ProcessLine = {
  readonly pid: number;
  readonly ppid: number;
  readonly uid: number;
  readonly state: string;
  readonly cpuMs: number;
  readonly command: string;
};

/** Requests to the process that runs a container, by name: what goes in, what comes back. */
export interface Requests {
  /** Once, from who started the supervisor. Gives nothing; the container is `created`. */
  create: { params: CreateOrder; result: null };
  /** Until then the end of this connection is the end of the container: nobody else knows of it. */
  commit: { params: null; result: null };
  start: { params: null; result: null };
  /** Ties this connection to the new process: DATA and WANT frames, `exit` at the end. */
  exec: { params: ExecOrder; result: { readonly pid: number; readonly findings: readonly Finding[] } };
  /** Of the exec'd process of this connection. */
  execSignal: { params: { readonly signal: number }; result: null };
  /**
   * The descriptors of the first process here too: DATA and WANT frames, `exit` at the end. size: of the user's terminal, where the
   * process has one.
   */
  attach: { params: { readonly stdin: boolean; readonly size?: TerminalSize }; result: null };
  /** To the first process, or to all. */
  signal: { params: { readonly signal: number; readonly all: boolean }; result: null };
  pause: { params: null; result: null };
  resume: { params: null; result: null };
  update: { params: LinuxResources; result: null };
  stats: { params: null; result: Stats };
  processes: { params: null; result: readonly ProcessLine[] };
  /** From now on `oom` events. */
  watchOom: { params: null; result: null };
  /** End every process, then the supervisor. */
  shutdown: { params: null; result: null };
}
export type RequestName = keyof Requests;

/** Either way. */
export interface Events {
  /** The container's namespaces exist: run the hooks of the runtime, then answer `hooksDone`. */
  hooks: null;
  hooksDone: { readonly error?: ErrorData };
  warning: { readonly message: string; readonly pointer?: string };
  /** How the exec'd process, or the first one for who is attached, ended; after all its output. */
  exit: Exit;
  oom: null;
  /** End of the input of this descriptor (default 0); hungUp: of a terminal whose user went away. */
  eof: { readonly descriptor?: number; readonly hungUp: boolean };
  /** What this descriptor of the process writes can go nowhere any more. */
  broken: { readonly descriptor: number; readonly why: ErrnoName };
  /** The exec'd process, and all that have it from there, closed this descriptor. */
  outputClosed: { readonly descriptor: number };
  /** The same of one that they read, which its writer may hear of. */
  inputClosed: { readonly descriptor: number };
  /** What an attached client types goes nowhere. */
  inputOver: { readonly why: string };
  /** An attached client was too slow: nothing more comes. */
  dropped: null;
  /** The user's terminal has a new size. */
  resize: TerminalSize;
}
export type EventName = keyof Events;

export type Message =
  | { readonly request: RequestName; readonly id: number; readonly params: Json }
  | { readonly id: number; readonly result: Json }
  | { readonly id: number; readonly error: ErrorData }
  | { readonly event: EventName; readonly data: Json };
