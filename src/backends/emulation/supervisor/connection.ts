/** One end of a control socket: requests, events and the bytes of one process's descriptors, over frames. */
import type { Socket } from 'node:net';
import { TsrunError } from '../../../core/errors.ts';
import type { Json } from '../../backend.ts';
import type { ErrnoName } from '../errno.ts';
import { errorData, errorOf } from './errors.ts';
import { dataFrame, FrameReader, jsonFrame, wantFrame } from './frames.ts';
import type { EventName, Events, Message, RequestName, Requests } from './protocol.ts';

type Handlers = { [R in RequestName]?: (params: Requests[R]['params']) => Promise<Requests[R]['result']> };
type Listeners = { [E in EventName]?: (data: Events[E]) => void };

/** What one descriptor of the process does on this connection, from the side that has the other end of it. */
export interface Channel {
  data?: ((bytes: Uint8Array) => void) | undefined;
  want?: ((most: number) => void) | undefined;
  /** Event `eof`. */
  eof?: (hungUp: boolean) => void;
  /** Event `broken`. */
  broken?: (why: ErrnoName) => void;
  /** Events `outputClosed` and `inputClosed`. */
  outputClosed?: () => void;
  inputClosed?: () => void;
}

interface Waiting {
  readonly resolve: (result: Json) => void;
  readonly reject: (error: Error) => void;
}

export class Connection {
  /** What this side does when asked. */
  readonly handlers: Handlers = {};
  readonly on: Listeners = {};
  /** The kernel of this machine takes bytes again, after `sendData` gave false. */
  onDrain: (() => void) | undefined;
  /** Settles when the other side is gone, or this one closed. */
  readonly closed: Promise<void>;
  readonly #socket: Socket;
  readonly #channels = new Map<number, Channel>();
  readonly #waiting = new Map<number, Waiting>();
  #serial = 0;
  /** Requests of the other side that are being worked on. */
  #answering = 0;
  #closing = false;
  #holding = false;
  /** What came meanwhile. */
  readonly #held: (() => void)[] = [];

  constructor(socket: Socket) {
    this.#socket = socket;
    const reader = new FrameReader({
      json: (message) => this.#take(() => this.#dispatch(message as Message)),
      data: (descriptor, bytes) => this.#take(() => this.#channels.get(descriptor)?.data?.(bytes)),
      want: (descriptor, most) => this.#take(() => this.#channels.get(descriptor)?.want?.(most)),
    });
    socket.on('data', (bytes: Uint8Array) => {
      try {
        reader.push(bytes);
      } catch {
        socket.destroy(); // no peer of ours
      }
    });
    socket.on('drain', () => this.onDrain?.());
    socket.on('error', () => undefined); // EPIPE, ECONNRESET: `close` follows
    this.on.eof = ({ descriptor = 0, hungUp }) => this.#channels.get(descriptor)?.eof?.(hungUp);
    this.on.outputClosed = ({ descriptor }) => this.#channels.get(descriptor)?.outputClosed?.();
    this.on.inputClosed = ({ descriptor }) => this.#channels.get(descriptor)?.inputClosed?.();
    this.closed = new Promise((resolve) => {
      socket.once('close', () => {
        for (const { reject } of this.#waiting.values()) reject(gone());
        this.#waiting.clear();
        resolve();
      });
      // The other side never only half closes.
      socket.once('end', () => socket.destroy());
    });
  }

  /** To be filled in. */
  channel(descriptor: number): Channel {
    let channel = this.#channels.get(descriptor);
    if (channel === undefined) this.#channels.set(descriptor, (channel = {}));
    return channel;
  }

  /** Rejects with what the other side says went wrong, or with STATE_CONFLICT when it is gone before it answers. */
  async request<R extends RequestName>(name: R, params: Requests[R]['params']): Promise<Requests[R]['result']> {
    if (this.#socket.destroyed) throw gone();
    const id = ++this.#serial;
    const answer = new Promise<Json>((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
    this.#send({ request: name, id, params: params as unknown as Json });
    return (await answer) as unknown as Requests[R]['result'];
  }

  event<E extends EventName>(name: E, data: Events[E]): void {
    this.#send({ event: name, data: data as unknown as Json });
  }

  /** False: wait for `onDrain` before more. */
  sendData(descriptor: number, bytes: Uint8Array): boolean {
    return !this.#open || this.#socket.write(dataFrame(descriptor, bytes));
  }

  /** Bytes that were sent and that the kernel of this machine has not taken yet. */
  get pending(): number {
    return this.#socket.writableLength;
  }

  sendWant(descriptor: number, most: number): void {
    if (this.#open) this.#socket.write(wantFrame(descriptor, most));
  }

  /** What comes before `work` is there and `go` has begun is taken afterwards: `go` sets up who takes it. */
  async holding<T, R>(work: Promise<T>, go: (value: T) => Promise<R>): Promise<R> {
    this.#holding = true;
    let going: Promise<R>;
    try {
      going = go(await work);
    } finally {
      this.#holding = false;
      this.#takeHeld();
    }
    return going;
  }

  #take(deliver: () => void): void {
    if (this.#holding) this.#held.push(deliver);
    else deliver();
  }

  #takeHeld(): void {
    try {
      while (!this.#holding && this.#held.length > 0) this.#held.shift()?.();
    } catch {
      this.#socket.destroy(); // no peer of ours
    }
  }

  /** Takes nothing from the other side until `resume`. */
  pause(): void {
    this.#socket.pause();
  }
  resume(): void {
    this.#socket.resume();
  }

  /** Once the other side has its answers, and all that was sent is on its way. */
  close(): void {
    this.#closing = true;
    if (this.#answering === 0) this.#socket.end(() => this.#socket.destroy());
  }

  /** This connection need not keep the process alive. */
  unref(): void {
    this.#socket.unref();
  }

  #send(message: Message): void {
    if (this.#open) this.#socket.write(jsonFrame(message));
  }

  /** A write after `end` would destroy the socket, with all that is still on its way. */
  get #open(): boolean {
    return !this.#socket.destroyed && !this.#socket.writableEnded;
  }

  #dispatch(message: Message): void {
    if ('request' in message) return void this.#answer(message.id, message.request, message.params);
    if ('event' in message) return void own(this.on, message.event)?.(message.data);
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if ('error' in message) waiting?.reject(errorOf(message.error));
    else waiting?.resolve(message.result);
  }

  async #answer(id: number, name: RequestName, params: Json): Promise<void> {
    const handler = own(this.handlers, name);
    this.#answering++;
    try {
      if (handler === undefined) throw new TsrunError('NOT_SUPPORTED', `the supervisor does not take ${name} here`);
      this.#send({ id, result: (await handler(params)) as Json });
    } catch (error) {
      this.#send({ id, error: errorData(error) });
    }
    this.#answering--;
    if (this.#closing) this.close();
  }
}

/** `toString` and its like are no requests and no events. */
function own(table: object, name: string): ((given: unknown) => unknown) | undefined {
  return Object.hasOwn(table, name) ? (table as Record<string, (given: unknown) => unknown>)[name] : undefined;
}

function gone(): TsrunError {
  return new TsrunError('STATE_CONFLICT', 'container not running');
}
