/**
 * A module in a thread of its own, where the JavaScript engine has no JSPI and Asyncify is not for it (CPython on Node 20 and 22).
 * Its calls come here, to the kernel's thread: the module's thread sleeps until it has the result, so its stack need not be moved
 * to wait, others run meanwhile, and the end of the thread ends it wherever it is. Its memory is shared: calls read and write it as
 * they do any guest's, while it sleeps. It cannot fork.
 */
import { Worker } from 'node:worker_threads';
import type { Pause, Process, Program } from '../../kernel/types.ts';
import { FUEL_GLOBAL } from '../binary/fuel.ts';
import { complain } from '../complain.ts';
import { SUSPEND, type Guest } from '../guest.ts';
import { begin, makeGuest, makeMemory, NO_STACK, type Launch } from './instance.ts';
import { pauseOf } from './plain.ts';
import { LAYOUT, threadSide, type CALLED, type ThreadData, type ThreadEnd } from './thread-side.ts';

/** Of the kernel's thread for one program, before others and the event loop have their turn. */
const TURN_MS = 5;
/** A program that has lately called within this time is waited for so long: a message to a sleeping event loop takes longer. */
const SOON_MS = 0.1;
const SIGABRT = 6;
const SIGSEGV = 11;

const SOURCE = `const { parentPort, workerData } = require('node:worker_threads');
(${threadSide.toString()})(workerData, (message) => parentPort.postMessage(message));`;

export class ThreadProgram implements Program {
  readonly abilities: Program['abilities'];
  private readonly launch: Launch;
  private readonly guest: Guest;
  private readonly memory: WebAssembly.Memory;
  private readonly block = new SharedArrayBuffer(LAYOUT.bytes);
  private readonly words = new Int32Array(this.block);
  private readonly doubles = new Float64Array(this.block);
  private readonly integers = new BigInt64Array(this.block);
  private readonly fuel: { value: number } | undefined;
  private worker: Worker | undefined;
  /** The last call waits in the kernel. */
  private waiting = false;
  /** The thread keeps the event loop alive: while it computes, as a program in the kernel's thread does. */
  private kept = true;
  private end: ThreadEnd | undefined;
  private broken: Error | undefined;
  private disposed = false;

  constructor(launch: Launch, process: Process) {
    this.launch = launch;
    this.abilities = { suspends: true, preempts: launch.prepared.preempts, parallel: true };
    this.memory = makeMemory(launch);
    this.guest = makeGuest(launch, process, this.memory, NO_STACK);
    if (launch.prepared.fuel) this.guest.fuel = this.fuel = { value: 0 } as WebAssembly.Global<number>;
  }

  get memoryBytes(): number {
    return this.memory.buffer.byteLength;
  }

  resume(): Pause {
    const pause = this.turn();
    this.keep(pause === 'running');
    return pause;
  }

  private turn(): Pause {
    const { guest } = this;
    try {
      if (this.worker === undefined) {
        if (this.disposed) return 'ended';
        begin(this.launch, guest);
        this.start();
        return 'running';
      }
      return this.serve();
    } catch (error) {
      return pauseOf(guest.stopped(error));
    }
  }

  /** Does the calls of the module until one waits, the module computes for longer, or it was others' turn long ago. */
  private serve(): Pause {
    const { guest, words, doubles } = this;
    const until = performance.now() + TURN_MS;
    let watched = false;
    for (;;) {
      if (this.broken !== undefined) return this.breaks(this.broken);
      if (this.end !== undefined) return this.ends(this.end);
      let result: number;
      if (this.waiting) result = guest.settle();
      else if (Atomics.load(words, LAYOUT.state) === LAYOUT.CALLS) {
        // What the kernel's thread watched is in its own time.
        if (!watched) guest.entry.charge(guest.process, doubles[LAYOUT.computedMs] as number);
        if (performance.now() > until) return 'yielded';
        result = this.call();
      } else return 'running';
      this.waiting = result === SUSPEND;
      if (this.waiting) {
        const { yielded } = guest;
        guest.yielded = false;
        guest.waitMs = undefined;
        return yielded ? 'yielded' : 'blocked';
      }
      watched = this.answer(result);
    }
  }

  /** As `bind` does it for the other engines. */
  private call(): number {
    const { guest, words, doubles, integers } = this;
    const { call } = this.launch.prepared.imports[words[LAYOUT.call] as number] as Launch['prepared']['imports'][number];
    const wide = words[LAYOUT.wide] as number;
    const args: (number | bigint)[] = [];
    for (let at = 0; at < call.length - 1; at++)
      args.push((wide >> at) & 1 ? (integers[LAYOUT.arguments + at] as bigint) : (doubles[LAYOUT.arguments + at] as number));
    try {
      guest.enter();
      return call(guest, ...args);
    } catch (error) {
      return guest.failed(error);
    }
  }

  /** The module goes on. True: its next call has come already. */
  private answer(result: number): boolean {
    const { words, doubles, fuel } = this;
    words[LAYOUT.result] = result;
    if (fuel !== undefined && fuel.value !== 0) {
      words[LAYOUT.fuel] = fuel.value;
      fuel.value = 0;
    }
    const watch = (doubles[LAYOUT.computedMs] as number) < SOON_MS;
    Atomics.store(words, LAYOUT.state, watch ? LAYOUT.WATCHED : LAYOUT.COMPUTES);
    Atomics.notify(words, LAYOUT.state);
    if (!watch) return false;
    Atomics.wait(words, LAYOUT.state, LAYOUT.WATCHED, SOON_MS);
    return Atomics.compareExchange(words, LAYOUT.state, LAYOUT.WATCHED, LAYOUT.COMPUTES) !== LAYOUT.WATCHED;
  }

  private start(): void {
    const { launch, guest, block } = this;
    const { module, imports, memory, fuel } = launch.prepared;
    guest.startSlice();
    if (this.fuel !== undefined) {
      this.words[LAYOUT.fuel] = this.fuel.value;
      this.fuel.value = 0;
    }
    const workerData: ThreadData = {
      layout: LAYOUT,
      module,
      imports: imports.map((one) => ({ module: one.module, name: one.name })),
      memory: memory === undefined ? undefined : { module: memory.module, name: memory.name, object: this.memory },
      block,
      fuel: fuel ? FUEL_GLOBAL : undefined,
    };
    // execArgv: none of the loaders that this process was started with. The module has no part in any of the thread's streams.
    let worker: Worker;
    try {
      worker = new Worker(SOURCE, { eval: true, workerData, execArgv: [], env: {}, stdin: false, stdout: false, stderr: false });
    } catch (error) {
      return this.breaks(error as Error);
    }
    this.worker = worker;
    worker.on('message', (message: typeof CALLED | ThreadEnd) => {
      if (message !== 0) {
        this.end = message;
        this.launch.entry.charge(guest.process, this.doubles[LAYOUT.computedMs] as number);
      }
      this.ask();
    });
    worker.on('error', (error) => {
      this.broken ??= error;
      this.ask();
    });
    worker.on('exit', (code) => {
      if (this.end === undefined) this.broken ??= new Error(`the thread ended with ${code}`);
      this.ask();
    });
  }

  private ask(): void {
    if (this.disposed) return;
    this.keep(false);
    this.launch.entry.ready(this.guest.process);
  }

  private keep(kept: boolean): void {
    if (this.kept === kept) return;
    this.kept = kept;
    if (kept) this.worker?.ref();
    else this.worker?.unref();
  }

  /** _start returned, or something stopped it. */
  private ends({ failure }: ThreadEnd): never {
    const { guest } = this;
    const { sys, process } = guest;
    switch (failure?.kind) {
      case undefined:
        return sys.exit(process, 0);
      case 'trap':
        throw guest.stopped(new WebAssembly.RuntimeError(failure?.text));
      case 'range':
        throw guest.stopped(new RangeError(failure?.text));
      case 'exception':
        return sys.fault(process, SIGABRT);
      case 'link':
        // Too late for execve to fail: as Linux does with an image that turns out to be useless then.
        return sys.fault(process, SIGSEGV);
      default:
        return this.breaks(new Error(failure?.text));
    }
  }

  /** No thread is to be had, or the engine ended it (no memory). */
  private breaks(error: Error): never {
    const { guest } = this;
    complain(guest, `its thread: ${error.message}`);
    return guest.sys.fault(guest.process, SIGABRT);
  }

  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    this.keep(false);
    void this.worker?.terminate();
  }
}
