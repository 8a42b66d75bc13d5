/**
 * One instance under Asyncify: suspended by unwinding its stack into memory, continued by rewinding it.
 *
 * Asyncify needs room in the guest's memory, and every allocator has its own idea of what memory it owns (old wasi-libc takes
 * all up to memory.size, TinyGo all that ever grows), so no room is reserved: unwinding and rewinding use the last bytes of
 * memory, whose content is put aside meanwhile. No code of the guest runs in between. The stack itself is kept in the host.
 */
import { Unwound, type Pause, type Process, type Program } from '../../kernel/types.ts';
import { SUSPEND, type Guest, type StackControl } from '../guest.ts';
import type { Gate, Seat } from '../imports.ts';
import { begin, instantiate, makeGuest, makeMemory, maximumPages, takeFuel, type Launch } from './instance.ts';
import { pauseOf } from './plain.ts';
import { giveUsed, takeUsed } from './used.ts';

type Exports = Record<
  '_start' | 'asyncify_start_unwind' | 'asyncify_stop_unwind' | 'asyncify_start_rewind' | 'asyncify_stop_rewind',
  (data?: number) => void
>;

/** Bytes for the stack's frames, and Asyncify's structure before them (current position, end). */
const AREA = 65536;
const LARGE_AREA = 1 << 20;
const LARGE_MODULE_PAGES = 64;
/** Frames that Asyncify saves are as large as the C stack beside them (sh: 1.2 times) or larger. */
const FRAMES_PER_STACK = 3;
const STRUCTURE = 16;
/** Where the area's own content waits; never in use by two images, since nothing else runs meanwhile. */
const aside = new Uint8Array(LARGE_AREA);

/** The program that an image belongs to; undefined: it ended, or is a vfork child that runs inside its parent's turn. */
export interface Owner extends Program {
  image: AsyncifyImage | undefined;
}

/** A stack taken by stack_checkpoint. */
interface Checkpoint {
  readonly buffer: number;
  readonly stack: Uint8Array;
  readonly stackPointer: number;
  readonly valueOut: number;
}

const noStack = new Uint8Array(0);

export class AsyncifyImage implements Gate, StackControl {
  readonly guest: Guest;
  owner: Owner | undefined;
  arriving = false;
  private readonly launch: Launch;
  private readonly makeOwner: () => Owner;
  private readonly areaSize: number;
  private readonly seat: Seat;
  private readonly exports: WebAssembly.Exports & Exports;
  private readonly stackPointer: WebAssembly.Global<number> | undefined;
  private readonly start: CallableFunction;
  /** Value of the stack pointer before the first call. */
  private stackTop: number;
  private unwinding = false;
  /** Offset and size of the area in use. */
  private base = 0;
  private stack: Uint8Array = noStack;
  private result = 0;
  private phase: 'fresh' | 'blocked' | 'ready' = 'fresh';
  /** What to do once the stack is unwound, instead of waiting: gives the import's result. */
  private action: (() => number | 'moved') | undefined;
  private checkpoints: Checkpoint[] = [];

  /** pages: size of the memory, if more than the module asks for. */
  constructor(launch: Launch, process: Process, makeOwner: () => Owner, pages = 0) {
    this.launch = launch;
    this.makeOwner = makeOwner;
    this.areaSize = (launch.prepared.memory?.initial ?? 0) > LARGE_MODULE_PAGES ? LARGE_AREA : AREA;
    const used = takeUsed(launch.prepared, maximumPages(launch), pages);
    const memory = used?.memory ?? makeMemory(launch, pages);
    this.guest = makeGuest(launch, process, memory, this);
    this.seat = used?.seat ?? { guest: this.guest, gate: this };
    this.seat.guest = this.guest;
    this.seat.gate = this;
    this.exports = (used?.exports ?? instantiate(launch, memory, this.seat)) as WebAssembly.Exports & Exports;
    takeFuel(launch, this.guest, this.exports);
    this.start = this.exports['_start'];
    const pointer = launch.prepared.globals.includes('__stack_pointer') ? (this.exports['__stack_pointer'] as unknown) : undefined;
    this.stackPointer =
      typeof (pointer as WebAssembly.Global | undefined)?.value === 'number' ? (pointer as WebAssembly.Global<number>) : undefined;
    this.stackTop = this.stackPointer?.value ?? 0;
  }

  /** Runs the guest until it waits, yields, ends, or ('moved') leaves this image to a vfork child. */
  advance(): Pause | 'moved' {
    const { guest } = this;
    try {
      if (guest.unwound !== undefined) throw guest.unwound;
      if (this.phase === 'fresh') begin(this.launch, guest);
      else if (this.phase === 'blocked') {
        const result = guest.settle();
        if (result === SUSPEND) return 'blocked';
        this.result = result;
      }
      guest.startSlice();
      return this.run();
    } catch (error) {
      return pauseOf(guest.stopped(error));
    }
  }

  /** Its program has ended or was replaced, and no frame of it is on the stack: another program may have its instance. */
  retire(): void {
    const { launch, seat, exports } = this;
    const { memory } = this.guest;
    giveUsed(launch.prepared, { memory, exports, seat, maximum: maximumPages(launch) }, () => {
      const another = makeMemory(launch);
      return { memory: another, exports: instantiate(launch, another, seat) };
    });
  }

  /** Enters the guest again and again until there is nothing to do at once. Throws Unwound and traps. */
  private run(): Pause | 'moved' {
    for (;;) {
      const fresh = this.phase === 'fresh';
      this.phase = 'ready';
      if (!fresh) this.startRewind();
      this.enter();
      if (!this.unwinding) return this.guest.sys.exit(this.guest.process, 0);
      this.stopUnwind();
      const { action } = this;
      if (action === undefined) {
        this.phase = 'blocked';
        const { yielded } = this.guest;
        this.guest.yielded = false;
        return yielded ? 'yielded' : 'blocked';
      }
      this.action = undefined;
      let result: number | 'moved';
      try {
        result = action();
      } catch (error) {
        result = this.guest.failed(error);
      }
      if (result === 'moved') return 'moved';
      this.result = result;
    }
  }

  private enter(): void {
    try {
      this.start();
    } catch (error) {
      this.unwinding = false;
      this.arriving = false;
      throw error;
    }
  }

  // ---- the stack goes out of the memory and in again

  /** The area at the memory's end; its content is put aside. */
  private openArea(length: number, room = length): void {
    const { u8 } = this.guest;
    const size = Math.min(u8.length, Math.max(this.areaSize, Math.min(room, LARGE_AREA)));
    this.base = u8.length - size;
    aside.set(u8.subarray(this.base, this.base + Math.min(length, size)));
    this.guest.view.setUint32(this.base + 4, u8.length, true);
  }

  leave(): number {
    this.openArea(LARGE_AREA, this.areaSize + FRAMES_PER_STACK * this.depth());
    this.guest.view.setUint32(this.base, this.base + STRUCTURE, true);
    this.unwinding = true;
    this.exports.asyncify_start_unwind(this.base);
    return 0;
  }

  /** Bytes of C stack in use: how deep the calls are, where the module shows its stack pointer. */
  private depth(): number {
    return this.stackPointer === undefined ? 0 : this.stackTop - this.stackPointer.value;
  }

  private stopUnwind(): void {
    this.exports.asyncify_stop_unwind();
    this.unwinding = false;
    const { u8, view } = this.guest;
    const end = view.getUint32(this.base, true);
    this.stack = u8.slice(this.base + STRUCTURE, end);
    u8.set(aside.subarray(0, end - this.base), this.base);
  }

  private startRewind(): void {
    if (this.guest.u8.length === 0) this.guest.refresh();
    this.openArea(STRUCTURE + this.stack.length);
    const { u8, view } = this.guest;
    u8.set(this.stack, this.base + STRUCTURE);
    view.setUint32(this.base, this.base + STRUCTURE + this.stack.length, true);
    this.arriving = true;
    this.exports.asyncify_start_rewind(this.base);
  }

  arrive(): number {
    this.arriving = false;
    this.exports.asyncify_stop_rewind();
    this.guest.u8.set(aside.subarray(0, STRUCTURE + this.stack.length), this.base);
    this.stack = noStack;
    return this.result;
  }

  // ---- fork

  private after(action: () => number | 'moved'): number {
    this.action = action;
    return SUSPEND;
  }

  fork(copyMemory: boolean, pidOut: number): number {
    return this.after(() => (copyMemory ? this.forkCopy(pidOut) : this.vfork(pidOut)));
  }

  private forkCopy(pidOut: number): number {
    const { guest } = this;
    const child = guest.sys.fork(guest.process, (process) => {
      guest.setU32(pidOut, 0);
      return this.copyFor(process, 0);
    });
    guest.setU32(pidOut, child.pid);
    return 0;
  }

  /** A program that goes on where this image stopped, with a copy of its memory. */
  private copyFor(process: Process, result: number): Owner {
    const program = this.makeOwner();
    const image = this.copy(process);
    image.result = result;
    image.owner = program;
    program.image = image;
    return program;
  }

  private copy(process: Process): AsyncifyImage {
    const { guest } = this;
    const image = new AsyncifyImage(this.launch, process, this.makeOwner, guest.u8.length / 65536);
    image.guest.u8.set(guest.u8);
    image.stackTop = this.stackTop; // its instance may be a used one, which has not been made as new for a copy
    for (const name of this.launch.prepared.globals) {
      const own = image.exports[name] as WebAssembly.Global;
      const { value } = this.exports[name] as WebAssembly.Global;
      if (own.value !== value) own.value = value;
    }
    image.stack = this.stack;
    image.phase = 'ready';
    image.checkpoints = [...this.checkpoints];
    image.guest.fuelSlice = guest.fuelSlice;
    if (guest.signalFlag !== 0) image.guest.watchSignals(guest.signalFlag);
    return image;
  }

  /**
   * The child runs at once, in this image, until it executes a program or ends: no switch, no copy. Should it have to wait
   * before, it keeps the image (the kernel holds pointers into its memory) and the parent goes on with a copy.
   */
  private vfork(pidOut: number): number | 'moved' {
    const { guest, owner, stack } = this;
    const parent = guest.process;
    const stackPointer = this.stackPointer?.value;
    const program = this.makeOwner();
    const child = guest.sys.fork(parent, () => program);
    const { checkpoints } = this;
    guest.setU32(pidOut, 0);
    guest.process = child;
    this.owner = program;
    this.result = 0;
    const outcome = this.runChild();
    if (outcome !== undefined) {
      // 'moved': a grandchild kept the image, and the child has a copy already.
      if (outcome !== 'moved') program.image = this;
      if (owner?.image === this) owner.image = this.continuation(owner, parent, stack, stackPointer, child.pid, pidOut);
      return 'moved';
    }
    guest.process = parent;
    guest.unwound = undefined;
    this.owner = owner;
    this.stack = stack;
    this.checkpoints = checkpoints;
    if (this.stackPointer !== undefined && stackPointer !== undefined) this.stackPointer.value = stackPointer;
    if (guest.signalFlag !== 0) guest.watchSignals(guest.signalFlag);
    guest.setU32(pidOut, child.pid);
    return 0;
  }

  /** undefined: the child is gone and the image is its parent's again. */
  private runChild(): Pause | 'moved' | undefined {
    const { guest } = this;
    try {
      return this.run();
    } catch (error) {
      const unwound = error instanceof Unwound ? error : guest.stopped(error);
      guest.unwound = unwound;
      return undefined;
    }
  }

  /** The parent's copy of the image, when the vfork child keeps this one. */
  private continuation(
    owner: Owner,
    parent: Process,
    stack: Uint8Array,
    stackPointer: number | undefined,
    pid: number,
    pidOut: number,
  ): AsyncifyImage {
    const image = this.copy(parent);
    image.stack = stack;
    image.owner = owner;
    if (image.stackPointer !== undefined && stackPointer !== undefined) image.stackPointer.value = stackPointer;
    image.guest.setU32(pidOut, pid);
    return image;
  }

  // ---- setjmp

  checkpoint(buffer: number, valueOut: number): number {
    return this.after(() => {
      const stackPointer = this.stackPointer?.value ?? 0;
      // The stack grows down: a checkpoint made at a lower address belongs to a function that has returned.
      while ((this.checkpoints.at(-1)?.stackPointer ?? stackPointer) < stackPointer) this.checkpoints.pop();
      const kept = this.checkpoints.filter((one) => one.buffer !== buffer);
      kept.push({ buffer, stack: this.stack, stackPointer, valueOut });
      this.checkpoints = kept;
      this.guest.setU32(valueOut, 0);
      return 0;
    });
  }

  restore(buffer: number, value: number): number {
    return this.after(() => {
      const found = this.checkpoints.find((one) => one.buffer === buffer);
      // longjmp to where no setjmp was, or into a function that has returned: undefined behaviour, ended as abort() would.
      if (found === undefined) return this.guest.sys.fault(this.guest.process, SIGABRT);
      this.stack = found.stack;
      if (this.stackPointer !== undefined) this.stackPointer.value = found.stackPointer;
      this.guest.setU32(found.valueOut, value);
      return 0;
    });
  }
}
const SIGABRT = 6;
