/** What all engines do: memory of the right maximum, import objects, an instance. */
import { Errno, errno } from '../../errno.ts';
import { Unwound, type Process } from '../../kernel/types.ts';
import { FUEL_GLOBAL } from '../binary/fuel.ts';
import { NotExecutable } from '../executable.ts';
import { Guest, type Entry, type StackControl } from '../guest.ts';
import { bind, type Seat } from '../imports.ts';
import { addPreopens, type Preopen } from '../preview1/preopen.ts';
import type { PlannedImport, Prepared } from '../prepare.ts';

/** All that is needed to execute one image. */
export interface Launch {
  readonly entry: Entry;
  readonly prepared: Prepared;
  readonly argv: readonly string[];
  readonly env: readonly string[];
  readonly strict: boolean;
  /** For programs that ask. */
  readonly preopens: readonly Preopen[];
  /** Bytes; the memory's maximum. */
  readonly memoryLimit: number;
}

const PAGE = 65536;
const MAX_PAGES = 65536;

export function maximumPages({ prepared, memoryLimit }: Launch): number {
  return Math.min(prepared.memory?.maximum ?? MAX_PAGES, Math.floor(memoryLimit / PAGE));
}

/** ENOMEM when the memory it starts with is over the limit or cannot be had. initial: pages, at least the module's own. */
export function makeMemory(launch: Launch, initial = 0): WebAssembly.Memory {
  const first = Math.max(initial, launch.prepared.memory?.initial ?? 0);
  const maximum = maximumPages(launch);
  if (first > maximum) throw errno('ENOMEM');
  try {
    return new WebAssembly.Memory({ initial: first, maximum, shared: launch.prepared.memory?.shared ?? false });
  } catch (error) {
    // "could not allocate memory": no address space for one more.
    if (error instanceof RangeError) throw errno('ENOMEM');
    throw error;
  }
}

/** Segments out of bounds, no room for a table, or whatever the module's start function did, which cannot wait either. */
function failure(error: unknown): unknown {
  if (error instanceof Unwound) return error;
  if (error instanceof RangeError) return errno('ENOMEM');
  return new NotExecutable(`cannot be instantiated: ${error instanceof Error ? error.message : String(error)}`);
}

/** Without a prototype: a module may import what it likes from `__proto__`. */
const bare = <T>(): Record<string, T> => Object.create(null) as Record<string, T>;

/** wrap: what to make of an import that may wait (JSPI). ENOEXEC, ENOMEM; Unwound: its start function ended the process. */
export function instantiate(
  launch: Launch,
  memory: WebAssembly.Memory,
  seat: Seat,
  wrap: (call: CallableFunction, planned: PlannedImport) => unknown = (call) => call,
): WebAssembly.Exports {
  const imports = bare<Record<string, unknown>>();
  for (const planned of launch.prepared.imports)
    (imports[planned.module] ??= bare())[planned.name] = wrap(bind(seat, planned.call), planned);
  const declared = launch.prepared.memory;
  if (declared !== undefined) (imports[declared.module] ??= bare())[declared.name] = memory;
  try {
    return new WebAssembly.Instance(launch.prepared.module, imports).exports;
  } catch (error) {
    throw failure(error);
  }
}

export function makeGuest(launch: Launch, process: Process, memory: WebAssembly.Memory, stack: StackControl): Guest {
  return new Guest(launch.entry, process, memory, launch, stack);
}

/** The loop counter, if the module has one. */
export function takeFuel({ prepared }: Launch, guest: Guest, exports: WebAssembly.Exports): void {
  if (prepared.fuel) guest.fuel = exports[FUEL_GLOBAL] as WebAssembly.Global;
}

/** For engines that cannot copy a stack. */
export const NO_STACK: StackControl = {
  fork: () => {
    throw errno('ENOSYS');
  },
  checkpoint: () => {
    throw errno('ENOSYS');
  },
  restore: () => {
    throw errno('ENOSYS');
  },
};

/** The first thing a new image does. Without a free descriptor it finds no preopened directory. */
export function begin(launch: Launch, guest: Guest): void {
  if (!launch.prepared.preopens) return;
  try {
    addPreopens(guest, launch.preopens);
  } catch (error) {
    if (!(error instanceof Errno)) throw error;
  }
}
