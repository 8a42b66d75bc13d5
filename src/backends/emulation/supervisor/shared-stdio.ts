/**
 * Descriptors of a container's first process, 0-2 with room for guests (`attach`) beside the owner, whose descriptors they are.
 * Guests see what is written from now on and type as second writers of a pipe do. Neither their coming nor their going ends an
 * input or breaks an output; output waits for one that is behind, who has to see to it that this is short.
 */
import type { ErrnoName } from '../errno.ts';
import { type ByteSink, type ByteSource, cannotWait, type PreservedDescriptor, type ProcessStdio, stdioOver } from '../execute/stdio.ts';
import type { Kernel, OpenFile, Tty } from '../kernel/types.ts';
import type { TerminalSize } from './protocol.ts';

export interface Guest {
  /** Of a terminal: all as 1. It may keep the bytes, and must not change them. False: it is behind, and will call `caughtUp` or leave. */
  output(descriptor: 1 | 2, bytes: Uint8Array): boolean;
  /** Nobody can wait for it now, and it is behind. */
  drop(): void;
  /** What it types; undefined: nothing. */
  readonly input: ByteSource | undefined;
  /** Nothing that it types will be read (any more). */
  inputOver(why: string): void;
}

export interface Membership {
  caughtUp(): void;
  /** Idempotent. */
  leave(): void;
}

interface SharedOptions {
  /** Why nobody can type into the source beside its owner (of a terminal everybody can). */
  readonly lack?: string | undefined;
  /** From 3 on. */
  readonly preserved?: readonly PreservedDescriptor[];
}

export class SharedStdio implements ProcessStdio {
  readonly #guests = new Set<Guest>();
  readonly #behind = new Set<Guest>();
  readonly #input: SharedInput;
  readonly #outputs: readonly [Tee, Tee];
  readonly #over: ProcessStdio;
  #kernel: Kernel | undefined;
  /** Why guests cannot type. */
  #lack: string | undefined;
  #tty: Tty | undefined;

  constructor(source: Required<ByteSource>, stdout: ByteSink, stderr: ByteSink, { lack, preserved }: SharedOptions = {}) {
    this.#lack = lack;
    this.#input = new SharedInput(source, () => {
      if (this.#tty === undefined) this.#refuseInput('the standard input of the container has ended');
    });
    this.#outputs = [new Tee(stdout, (bytes) => this.#show(1, bytes)), new Tee(stderr, (bytes) => this.#show(2, bytes))];
    this.#over = stdioOver(this.#input, ...this.#outputs, preserved);
  }

  files(kernel: Kernel): readonly [OpenFile, OpenFile, OpenFile] {
    this.#kernel = kernel;
    return this.#over.files(kernel);
  }

  preserved(kernel: Kernel): readonly OpenFile[] {
    return this.#over.preserved(kernel);
  }

  terminal(tty: Tty): void {
    this.#tty = tty;
    this.#over.terminal(tty);
  }

  finish(): Promise<void> {
    return this.#over.finish();
  }

  join(guest: Guest): Membership {
    this.#guests.add(guest);
    const { input } = guest;
    if (input !== undefined) {
      if (this.#tty === undefined && this.#lack !== undefined) guest.inputOver(this.#lack);
      else this.#input.join(input);
    }
    const caughtUp = (): void => {
      if (this.#behind.delete(guest) && this.#behind.size === 0) for (const output of this.#outputs) output.guestsReady();
    };
    return {
      caughtUp,
      leave: () => {
        this.#guests.delete(guest);
        if (input !== undefined) this.#input.leave(input);
        caughtUp();
      },
    };
  }

  resize({ columns, rows }: TerminalSize): void {
    this.#tty?.resize(columns, rows);
  }

  /** For a guest that has seen nothing yet: whoever draws a screen does it anew at SIGWINCH, which comes of a change only. */
  redraw({ columns, rows }: TerminalSize): void {
    this.#tty?.resize(columns + 1, rows);
    this.#tty?.resize(columns, rows);
  }

  #refuseInput(why: string): void {
    this.#lack = why;
    for (const guest of this.#guests) if (guest.input !== undefined) guest.inputOver(why);
  }

  /** True: none of them is behind. */
  #show(descriptor: 1 | 2, bytes: Uint8Array): boolean {
    for (const guest of this.#guests) if (!guest.output(descriptor, bytes)) this.#behind.add(guest);
    if (this.#behind.size > 0 && this.#kernel !== undefined && cannotWait(this.#kernel)) for (const guest of this.#behind) guest.drop();
    return this.#behind.size === 0;
  }
}

/** To the owner and to the guests; gone when the owner's is. */
class Tee implements ByteSink {
  onDrain: (() => void) | undefined;
  readonly #own: ByteSink;
  readonly #show: (bytes: Uint8Array) => boolean;
  #ownReady = true;
  #guestsReady = true;

  constructor(own: ByteSink, show: (bytes: Uint8Array) => boolean) {
    this.#own = own;
    this.#show = show;
    own.onDrain = () => {
      this.#ownReady = true;
      this.#drained();
    };
  }

  write(bytes: Uint8Array): boolean {
    this.#ownReady = this.#own.write(bytes);
    this.#guestsReady = this.#show(bytes);
    return this.#ownReady && this.#guestsReady;
  }

  guestsReady(): void {
    if (this.#guestsReady) return;
    this.#guestsReady = true;
    this.#drained();
  }

  #drained(): void {
    if (this.#ownReady && this.#guestsReady) this.onDrain?.();
  }

  get onBroken(): ((why?: ErrnoName) => void) | undefined {
    return this.#own.onBroken;
  }
  set onBroken(listener: ((why?: ErrnoName) => void) | undefined) {
    this.#own.onBroken = listener;
  }

  end(): void {
    this.#own.end?.();
  }

  flush(): Promise<void> {
    return this.#own.flush();
  }
}

class SharedInput implements ByteSource {
  readonly #own: Required<ByteSource>;
  readonly #guests = new Set<ByteSource>();
  readonly #ended: () => void;
  #push: (bytes: Uint8Array) => boolean = () => false;
  /** The container waits for input. */
  #wanted = false;

  constructor(own: Required<ByteSource>, ended: () => void) {
    this.#own = own;
    this.#ended = ended;
  }

  open(push: (bytes: Uint8Array) => boolean, end: (hungUp?: boolean) => void): void {
    this.#push = push;
    this.#own.open(
      (bytes) => this.#take(bytes),
      (hungUp) => {
        end(hungUp);
        this.#ended();
      },
    );
  }

  join(guest: ByteSource): void {
    this.#guests.add(guest);
    guest.open(
      (bytes) => this.#take(bytes),
      () => this.leave(guest),
    );
    if (this.#wanted) guest.resume();
  }

  leave(guest: ByteSource): void {
    if (this.#guests.delete(guest)) guest.close();
  }

  resume(): void {
    this.#wanted = true;
    this.#own.resume();
    for (const guest of this.#guests) guest.resume();
  }

  /** Of the owner's alone: guests are on a socket, which this thread cannot serve meanwhile. */
  readNow(): void {
    this.#own.readNow();
  }

  close(): void {
    this.#own.close();
  }

  #take(bytes: Uint8Array): boolean {
    this.#wanted = this.#push(bytes);
    return this.#wanted;
  }
}
