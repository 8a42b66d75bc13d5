/**
 * One executing image as the imports see it: its process, its memory, what it waits for. Every pointer comes from the guest
 * and is checked here; nothing in these methods throws anything but Errno.
 */
import { Errno, errno } from '../errno.ts';
import { BLOCKED, Unwound, type Kernel, type Process, type SystemCalls } from '../kernel/types.ts';
import { wasiErrno } from './errno.ts';
import { decodeUtf8 } from './text.ts';
import { Trap } from './traps.ts';

/** An import's result that is no errno: it waits; the engine suspends the guest and later asks `settle`. */
export const SUSPEND = -1;

/** What of the kernel a program needs. */
export type Entry = Pick<Kernel, 'sys' | 'retry' | 'ready' | 'charge' | 'processes' | 'hostname' | 'domainname'>;

/** What only an engine can do: copy or keep the stack. Results are WASI errnos or SUSPEND; throws ENOSYS where it cannot. */
export interface StackControl {
  fork(copyMemory: boolean, pidOut: number): number;
  checkpoint(buffer: number, valueOut: number): number;
  restore(buffer: number, value: number): number;
}

const PATH_MAX = 4096;
/** How long a computing program runs before others may, and the counts that may stand for it. */
const SLICE_MS = 5;
const MIN_FUEL = 10_000;
const MAX_FUEL = 1 << 30;
/** Larger vectors are refused as Linux does (MAX_ARG_STRLEN and a quarter of the stack limit). */
const MAX_STRING = 131072;
const MAX_VECTOR_BYTES = 2 << 20;
/** Of one read or write, as Linux has it (MAX_RW_COUNT); Node takes no more either. */
const MAX_TRANSFER = 0x7ffff000;

export class Guest {
  /** Changed only while a vfork child borrows the memory. */
  process: Process;
  readonly sys: SystemCalls;
  readonly entry: Entry;
  readonly memory: WebAssembly.Memory;
  readonly argv: readonly string[];
  readonly env: readonly string[];
  /** Rights and RESOLVE_BENEATH as wasi-testsuite wants them; else the container's rules. */
  readonly strict: boolean;
  stack: StackControl;
  /** The loop counter of an instrumented module. */
  fuel: WebAssembly.Global | undefined;
  fuelSlice = 1_000_000;
  refilledAt = 0;
  /** CPU time of children that were waited for. */
  childrenMs = 0;
  /** Address of the word that says that a handler is due; 0: none. */
  signalFlag = 0;
  u8: Uint8Array;
  view: DataView;
  /** The last buffers given to read and write: programs use the same one again and again. */
  private readView: Uint8Array;
  private writeView: Uint8Array;
  /** Shared memory does not detach its old buffer when it grows. */
  private readonly shared: boolean;
  private finish: ((value: never) => number) | undefined;
  /** The process yielded rather than waits: it could go on at once. */
  yielded = false;
  /** Of a blocked call: milliseconds until its timer; undefined: it waits for others. Engines that cannot suspend need it. */
  waitMs: number | undefined;
  /** It has ended or was replaced: every further import unwinds again (a guest with catch_all could go on otherwise). */
  unwound: Unwound | undefined;

  constructor(
    entry: Entry,
    process: Process,
    memory: WebAssembly.Memory,
    program: { readonly argv: readonly string[]; readonly env: readonly string[]; readonly strict: boolean },
    stack: StackControl,
  ) {
    this.entry = entry;
    this.sys = entry.sys;
    this.process = process;
    this.memory = memory;
    this.argv = program.argv;
    this.env = program.env;
    this.strict = program.strict;
    this.stack = stack;
    this.shared = memory.buffer instanceof SharedArrayBuffer;
    this.u8 = new Uint8Array(memory.buffer);
    this.view = new DataView(memory.buffer);
    this.readView = this.writeView = this.u8.subarray(0, 0);
  }

  /** Before an import runs: growth of the memory detached the old buffer. */
  enter(): void {
    if (this.unwound !== undefined) throw this.unwound;
    if (this.shared ? this.memory.buffer.byteLength === this.u8.length : this.u8.length !== 0) return;
    this.refresh();
    // It has grown already: over the container's limit somebody is killed for it, perhaps this process.
    this.sys.mayGrow(this.process, 0);
  }

  refresh(): void {
    this.u8 = new Uint8Array(this.memory.buffer);
    this.view = new DataView(this.memory.buffer);
    this.readView = this.writeView = this.u8.subarray(0, 0);
  }

  /** The kernel keeps the word at `address` of this memory at 1 while a handler is due. */
  watchSignals(address: number): void {
    this.signalFlag = this.range(address, 4);
    this.sys.signalFlag(this.process, (due) => {
      if (this.u8.length === 0) this.refresh();
      this.view.setUint32(this.signalFlag, due ? 1 : 0, true);
    });
  }

  // ---- the loop counter

  /** A new time slice: when the process is resumed. */
  startSlice(): void {
    if (this.fuel === undefined) return;
    this.refilledAt = performance.now();
    this.fill(this.fuel);
  }

  /** The counter ran out: the next slice is longer or shorter, so that one lasts some milliseconds. */
  refuel(): void {
    if (this.fuel === undefined) return;
    const now = performance.now();
    const took = now - this.refilledAt;
    if (took < SLICE_MS / 2) this.fuelSlice = Math.min(this.fuelSlice * 2, MAX_FUEL);
    else if (took > SLICE_MS * 2) this.fuelSlice = Math.max(this.fuelSlice >> 1, MIN_FUEL);
    this.refilledAt = now;
    this.fill(this.fuel);
  }

  private fill(fuel: WebAssembly.Global): void {
    fuel.value = typeof fuel.value === 'bigint' ? BigInt(this.fuelSlice) : this.fuelSlice;
  }

  // ---- outcome of calls

  /** After BLOCKED: what to do with the call's result. Give its result to the engine. */
  suspend(finish: (value: never) => number): number {
    this.finish = finish;
    return SUSPEND;
  }

  /** After BLOCKED of a call whose success has no result. */
  suspendVoid(): number {
    this.finish = undefined;
    return SUSPEND;
  }

  /** Outcome of the blocked call as the import's result; SUSPEND when it still waits. Throws Unwound. */
  settle(): number {
    try {
      const value = this.entry.retry(this.process);
      if (value === BLOCKED) return SUSPEND;
      this.enter();
      const { finish } = this;
      this.finish = undefined;
      return finish === undefined ? 0 : finish(value as never);
    } catch (error) {
      return this.failed(error);
    }
  }

  /** The result of an import that threw: an errno, or the error goes on through the guest's frames. */
  failed(error: unknown): number {
    if (error instanceof Errno) return wasiErrno(error);
    if (error instanceof Unwound) this.unwound = error;
    throw error;
  }

  /** What ended the run of the guest's code: maps a fault to a signal and ends the process with it. Throws what is no fault. */
  stopped(error: unknown): Unwound {
    if (error instanceof Unwound) return error;
    const signal = Trap.signalOf(error);
    if (signal === undefined) throw error;
    try {
      return this.sys.fault(this.process, signal);
    } catch (ended) {
      if (ended instanceof Unwound) return ended;
      throw ended;
    }
  }

  // ---- memory

  /** Checks a range and gives its start as an unsigned number. */
  range(pointer: number, length: number): number {
    const start = pointer >>> 0;
    if (start + length > this.u8.length) throw errno('EFAULT');
    return start;
  }

  bytes(pointer: number, length: number): Uint8Array {
    const size = length >>> 0;
    const start = this.range(pointer, size);
    return this.u8.subarray(start, start + size);
  }

  /** `bytes` without an allocation when it is the same buffer as in the last read. */
  readBuffer(start: number, size: number): Uint8Array {
    const last = this.readView;
    if (last.byteOffset === start && last.length === size) return last;
    this.range(start, size);
    return (this.readView = this.u8.subarray(start, start + Math.min(size, MAX_TRANSFER)));
  }

  writeBuffer(start: number, size: number): Uint8Array {
    const last = this.writeView;
    if (last.byteOffset === start && last.length === size) return last;
    this.range(start, size);
    return (this.writeView = this.u8.subarray(start, start + Math.min(size, MAX_TRANSFER)));
  }

  getU32(pointer: number): number {
    return this.view.getUint32(this.range(pointer, 4), true);
  }
  getI32(pointer: number): number {
    return this.view.getInt32(this.range(pointer, 4), true);
  }
  getU64(pointer: number): bigint {
    return this.view.getBigUint64(this.range(pointer, 8), true);
  }
  setU8(pointer: number, value: number): void {
    this.view.setUint8(this.range(pointer, 1), value);
  }
  setU16(pointer: number, value: number): void {
    this.view.setUint16(this.range(pointer, 2), value, true);
  }
  setU32(pointer: number, value: number): void {
    this.view.setUint32(this.range(pointer, 4), value, true);
  }
  setU64(pointer: number, value: bigint): void {
    this.view.setBigUint64(this.range(pointer, 8), value, true);
  }
  /** A non-negative integer below 2^53 as u64. */
  setSize(pointer: number, value: number): void {
    const start = this.range(pointer, 8);
    this.view.setUint32(start, value >>> 0, true);
    this.view.setUint32(start + 4, Math.floor(value / 2 ** 32), true);
  }

  /** Text of a known length. EILSEQ: no UTF-8; EINVAL: has a NUL. */
  string(pointer: number, length: number): string {
    const size = length >>> 0;
    const start = this.range(pointer, size);
    if (size > MAX_STRING) throw errno('E2BIG');
    return decodeUtf8(this.u8, start, start + size);
  }

  /** An empty one is ENOENT, unless `mayBeEmpty` (AT_EMPTY_PATH). */
  path(pointer: number, length: number, mayBeEmpty = false): string {
    const size = length >>> 0;
    const start = this.range(pointer, size);
    if (size === 0 && !mayBeEmpty) throw errno('ENOENT');
    if (size >= PATH_MAX) throw errno('ENAMETOOLONG');
    return decodeUtf8(this.u8, start, start + size);
  }

  /** A C string. */
  cString(pointer: number): string {
    const start = this.range(pointer, 1);
    // Not further: memory without a zero may have gigabytes.
    const length = this.u8.subarray(start, start + MAX_STRING + 1).indexOf(0);
    if (length === -1) throw errno(start + MAX_STRING < this.u8.length ? 'E2BIG' : 'EFAULT');
    return decodeUtf8(this.u8, start, start + length);
  }

  /** A NULL-terminated vector of C strings; NULL is an empty one. */
  cStrings(pointer: number): string[] {
    const strings: string[] = [];
    if (pointer === 0) return strings;
    let bytes = 0;
    for (let at = pointer >>> 0; ; at += 4) {
      const string = this.getU32(at);
      if (string === 0) return strings;
      const text = this.cString(string);
      strings.push(text);
      bytes += text.length + 5;
      if (bytes > MAX_VECTOR_BYTES) throw errno('E2BIG');
    }
  }
}
