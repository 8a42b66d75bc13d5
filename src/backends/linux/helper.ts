/**
 * Spawns the C helper, hands it a plan and turns its events into promises (docs/plan-format.md).
 * One socketpair on the helper's fd 3 carries the plan down and events up.
 */
import { TsrunError } from '../../core/errors.ts';
import { COMMANDS, EVENTS, type Op } from '../../plan/ops.ts';
import { ABI } from '../../plan/wire.gen.ts';
import type { Exit } from '../backend.ts';
import { encode } from './encode.ts';
import { EventReader, type HelperEvent } from './events.ts';
import { helperPath } from './helper-path.ts';
import { exitOfWaitStatus, stepFailure, stepOf, warningText } from './failure.ts';
import { type Child, type Io, loadIo } from './io/io.ts';

export interface HelperRequest {
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

/** A new helper, which makes itself ready and waits for its plan. Whoever has none for it kills it. */
export async function startHelper(request: HelperRequest): Promise<Helper> {
  return new Helper(await loadIo(), request);
}

/** A running helper. `created`, `started` and `exited` settle in this order; a failure rejects all that are left. */
export class Helper {
  readonly #child: Child;
  #ops: readonly Op[] = [];
  readonly #request: HelperRequest;
  readonly #created: Deferred<number> = deferred();
  readonly #released: Deferred<void> = deferred();
  readonly #started: Deferred<void> = deferred();
  readonly #exited: Deferred<Exit> = deferred();
  readonly #ended: Deferred<void> = deferred();
  readonly #done: Deferred<void> = deferred();
  readonly #socketClosed: Deferred<void> = deferred();
  #pid = 0;
  #ready = false;
  #running = false;
  #failure: unknown;

  constructor(io: Io, request: HelperRequest) {
    this.#request = request;
    const reader = new EventReader((event) => this.#dispatch(event));
    this.#child = io.spawnWithChannel([helperPath(), 'run'], request.preserveFds, {
      data: (bytes) => {
        try {
          reader.push(bytes);
        } catch (error) {
          this.#fail(error);
          void this.kill();
        }
      },
      closed: () => {
        this.#socketEnded();
        this.#socketClosed.resolve();
      },
      exited: ({ code, signal, failure }) => {
        if (failure !== undefined) this.#fail(new TsrunError('SYSTEM', `cannot run the helper: ${failure.message}`, { cause: failure }));
        this.#helperExited(code, signal);
      },
    });
  }

  /** Once. What comes of it is in the promises. */
  carryOut(ops: readonly Op[]): void {
    this.#ops = ops;
    this.#child.channel.write(encode(ops));
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

  /** Of a plan that makes no process: all of it is carried out. */
  get done(): Promise<void> {
    return this.#done.promise;
  }

  /** Where the process is has been written down: let it go, to wait for `start` by itself. Settles when it outlives us. */
  async commit(): Promise<void> {
    this.#child.channel.write(Uint8Array.of(0));
    await this.#released.promise;
    this.#child.channel.close();
    this.#child.release();
  }

  /** Let a process made with START_ATTACHED run its program. Until then it ends with us. */
  start(): Promise<void> {
    this.#child.channel.write(Uint8Array.of(0));
    return this.#started.promise;
  }

  /** Relay a signal number through the monitor. Before the program runs it is kept back. */
  signal(signal: number): void {
    void this.#started.promise.then(
      () => {
        const command = new DataView(new ArrayBuffer(8));
        command.setUint32(0, COMMANDS.SIGNAL, true);
        command.setUint32(4, signal, true);
        this.#child.channel.write(new Uint8Array(command.buffer));
      },
      () => {},
    );
  }

  /** Give up: end the helper and with it what it was making. Settles when the helper is gone. */
  kill(): Promise<void> {
    this.#child.kill();
    return this.#ended.promise;
  }

  /** Let go of a running process: the helper ends by itself, we need not wait for it. */
  release(): void {
    this.#child.channel.close();
    this.#child.release();
  }

  #dispatch(event: HelperEvent): void {
    const op = this.#ops[event.op];
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
          () => this.#child.channel.write(Uint8Array.of(0)),
          (error: unknown) => {
            this.#fail(error);
            this.#child.channel.write(Uint8Array.of(1));
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
      case EVENTS.RELEASED:
        this.#released.resolve();
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
    this.#released.reject(new TsrunError('STEP_FAILED', "the container's first process was killed before it was let go"));
    if (this.#failure === undefined && !this.#request.attached) {
      // Without a monitor only the process itself holds the other end, close-on-exec.
      this.#started.resolve();
      this.#running = true;
    }
  }

  #helperExited(code: number | null, signal: number | string | null): void {
    this.#ended.resolve();
    if (code === 0 && signal === null) return this.#done.resolve();
    const how = signal === null ? `exit status ${code}` : `signal ${signal}`;
    const stage = this.#ready ? (this.#running ? 'while the container ran' : 'while it made the container') : 'before it was ready';
    // A FAILED event may still be in the socket: it says more than the exit status, so let it be read first.
    void this.#socketClosed.promise.then(() => this.#fail(new TsrunError('STEP_FAILED', `the helper ended ${stage} (${how})`)));
  }

  #fail(error: unknown): void {
    this.#failure ??= error;
    this.#created.reject(this.#failure);
    this.#released.reject(this.#failure);
    this.#started.reject(this.#failure);
    this.#exited.reject(this.#failure);
    this.#done.reject(this.#failure);
  }
}

function protocolError(event: HelperEvent): TsrunError {
  return new TsrunError('HELPER_MISMATCH', `the helper sent an event it should not (type ${event.type}, instruction ${event.op})`);
}
