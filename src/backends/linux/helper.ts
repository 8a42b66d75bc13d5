/**
 * Spawns the C helper, hands it a plan and turns its events into promises (docs/plan-format.md).
 * One socketpair on the helper's fd 3 carries the plan down and events up.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { Socket } from 'node:net';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { TsrunError } from '../../core/errors.ts';
import { ABI, COMMANDS, EVENTS, type Op } from '../../plan/ops.ts';
import type { Exit } from '../backend.ts';
import { encode } from './encode.ts';
import { EventReader, type HelperEvent } from './events.ts';
import { exitOfWaitStatus, stepFailure, stepOf, warningText } from './failure.ts';

/** Where the helper is: beside the standalone executable, or in `bin/` beside the bundled JavaScript. */
export function helperPath(): string {
  const path = TSRUN_STANDALONE ? join(dirname(process.execPath), 'tsrun-helper') : helperOfBundle(fileURLToPath(import.meta.url));
  if (!existsSync(path)) {
    throw new TsrunError('HELPER_MISMATCH', `the helper program ${path} does not exist`, { hint: 'build it with: npm run build' });
  }
  return path;
}

/** dist/cli.js and dist/chunks/x.js both have it in dist/bin. */
function helperOfBundle(file: string): string {
  const dir = dirname(file);
  return join(basename(dir) === 'chunks' ? dirname(dir) : dir, 'bin', 'tsrun-helper');
}

export interface HelperRequest {
  readonly ops: readonly Op[];
  /** Descriptors from 3 on of ours that the container gets. */
  readonly preserveFds: number;
  /** The plan has a `monitor`: the helper stays until the process ends. */
  readonly attached: boolean;
  /** The helper waits at barrier `name`; `pid` waits there. Rejecting gives the container up. */
  barrier(name: string, pid: number): Promise<void>;
  warn(message: string, pointer?: string): void;
}

interface Deferred<T> {
  readonly promise: Promise<T>;
  resolve(value: T): void;
  reject(error: unknown): void;
}

function deferred<T>(): Deferred<T> {
  let resolve!: (value: T) => void;
  let reject!: (error: unknown) => void;
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  promise.catch(() => {}); // whoever waits sees it; nobody waiting is no crash
  return { promise, resolve, reject };
}

/** A running helper. `created`, `started` and `exited` settle in this order; a failure rejects all that are left. */
export class Helper {
  readonly #child: ChildProcess;
  readonly #socket: Socket;
  readonly #request: HelperRequest;
  readonly #created: Deferred<number> = deferred();
  readonly #started: Deferred<void> = deferred();
  readonly #exited: Deferred<Exit> = deferred();
  readonly #ended: Deferred<void> = deferred();
  readonly #socketClosed: Deferred<void> = deferred();
  #pid = 0;
  #ready = false;
  #running = false;
  #failure: unknown;

  constructor(request: HelperRequest) {
    this.#request = request;
    const plan = encode(request.ops);
    const preserved = Array.from({ length: request.preserveFds }, (_, i) => 3 + i);
    this.#child = spawn(helperPath(), ['run'], {
      argv0: 'tsrun-helper',
      cwd: '/',
      env: {},
      stdio: ['inherit', 'inherit', 'inherit', 'pipe', ...preserved],
    });
    this.#socket = this.#child.stdio[3] as Socket;
    this.#child.once('error', (cause) => {
      this.#fail(new TsrunError('SYSTEM', `cannot run the helper: ${cause.message}`, { cause }));
      this.#ended.resolve();
    });
    this.#child.once('exit', (code, signal) => this.#helperExited(code, signal));
    const reader = new EventReader((event) => this.#dispatch(event));
    this.#socket.on('data', (bytes: Uint8Array) => {
      try {
        reader.push(bytes);
      } catch (error) {
        this.#fail(error);
        void this.kill();
      }
    });
    this.#socket.once('end', () => this.#socketEnded());
    this.#socket.on('error', () => {}); // EPIPE/ECONNRESET: the helper is gone; its exit tells why
    this.#socket.once('close', () => this.#socketClosed.resolve());
    this.#socket.write(plan);
  }

  /** Host pid of the container's first process, once all is set up. */
  get created(): Promise<number> {
    return this.#created.promise;
  }
  /** Settles once execve succeeded. */
  get started(): Promise<void> {
    return this.#started.promise;
  }
  /** How the process ended; only with a monitor. */
  get exited(): Promise<Exit> {
    return this.#exited.promise;
  }

  /** Let a process made with START_ATTACHED run its program. */
  start(): Promise<void> {
    this.#socket.write(Uint8Array.of(0));
    return this.#started.promise;
  }

  /** Relay a signal number through the monitor. Before the program runs it is kept back. */
  signal(signal: number): void {
    void this.#started.promise.then(
      () => {
        const command = new DataView(new ArrayBuffer(8));
        command.setUint32(0, COMMANDS.SIGNAL, true);
        command.setUint32(4, signal, true);
        if (!this.#socket.destroyed) this.#socket.write(new Uint8Array(command.buffer));
      },
      () => {},
    );
  }

  /** Give up: end the helper and with it what it was making. Settles when the helper is gone. */
  kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    return this.#ended.promise;
  }

  /** Let go of a created container: the helper ends by itself, we need not wait for it. */
  release(): void {
    this.#socket.destroy();
    this.#child.unref();
  }

  #dispatch(event: HelperEvent): void {
    const op = this.#request.ops[event.op];
    switch (event.type) {
      case EVENTS.READY:
        if (event.value !== (ABI & 0x7fffffff)) {
          throw new TsrunError('HELPER_MISMATCH', 'tsrun and tsrun-helper come from different builds', {
            hint: 'build both with: npm run build',
          });
        }
        this.#ready = true;
        return;
      case EVENTS.PID:
        this.#pid = event.pid;
        return;
      case EVENTS.BARRIER:
        if (op?.op !== 'barrier') throw protocolError(event);
        void this.#request.barrier(op.name, event.pid).then(
          () => this.#socket.write(Uint8Array.of(0)),
          (error: unknown) => {
            this.#fail(error);
            this.#socket.write(Uint8Array.of(1));
          },
        );
        return;
      case EVENTS.WARNING:
        if (op === undefined) throw protocolError(event);
        this.#request.warn(warningText(op, event), op.origin);
        return;
      case EVENTS.FAILED:
        this.#fail(stepFailure(op && stepOf(op), event));
        return;
      case EVENTS.CREATED:
        this.#created.resolve(this.#pid);
        return;
      case EVENTS.STARTED:
        this.#running = true;
        this.#started.resolve();
        return;
      case EVENTS.EXITED:
        this.#exited.resolve(exitOfWaitStatus(event.value));
        return;
      default:
        throw protocolError(event);
    }
  }

  #socketEnded(): void {
    if (this.#failure === undefined && !this.#request.attached) {
      // Without a monitor only the process itself holds the other end, close-on-exec.
      this.#started.resolve();
      this.#running = true;
    }
  }

  #helperExited(code: number | null, signal: NodeJS.Signals | null): void {
    this.#ended.resolve();
    if (code === 0 && signal === null) return;
    const how = signal === null ? `exit status ${code}` : `signal ${signal}`;
    const stage = this.#ready ? (this.#running ? 'while the container ran' : 'while it made the container') : 'before it was ready';
    // A FAILED event may still be in the socket: it says more than the exit status, so let it be read first.
    void this.#socketClosed.promise.then(() => this.#fail(new TsrunError('STEP_FAILED', `the helper ended ${stage} (${how})`)));
  }

  #fail(error: unknown): void {
    this.#failure ??= error;
    this.#created.reject(this.#failure);
    this.#started.reject(this.#failure);
    this.#exited.reject(this.#failure);
  }
}

function protocolError(event: HelperEvent): TsrunError {
  return new TsrunError('HELPER_MISMATCH', `the helper sent an event it should not (type ${event.type}, instruction ${event.op})`);
}
