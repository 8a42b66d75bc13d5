/**
 * Instances whose program has ended, for the next program of the same module. A new instance and its memory cost 0.2 to 0.4 ms and
 * are heavy for the garbage collector (a fifth of a short container's CPU time, measured with V8 11.3); to make one as new costs a
 * copy of its memory's first content. It is done only for modules where nothing else can differ (binary/resettable.ts).
 */
import type { Seat } from '../imports.ts';
import type { Prepared } from '../prepare.ts';

export interface Instance {
  readonly memory: WebAssembly.Memory;
  readonly exports: WebAssembly.Exports;
  readonly seat: Seat;
  /** Pages that the memory may have. */
  readonly maximum: number;
}

/** An instance that nothing has run in, as the measure of a new one. */
export interface Fresh {
  readonly memory: WebAssembly.Memory;
  readonly exports: WebAssembly.Exports;
}

interface Model {
  /** The memory's first content: `bytes` at `start`, zeros elsewhere. */
  readonly start: number;
  readonly bytes: Uint8Array;
  readonly size: number;
  readonly globals: readonly (readonly [name: string, value: unknown])[];
}

interface Kept {
  ends: number;
  /** null: it cannot be made as new. */
  model: Model | null | undefined;
  readonly instances: Instance[];
}

/** Looking through a module costs as much as some fifty instances: only for those that are run again and again. */
const WORTH_IT = 32;
const MAX_KEPT = 16;

const PAGE = 65536;
const NOBODY = Object.freeze({}) as never;

const used = new WeakMap<Prepared, Kept>();

/**
 * An instance as new, whose memory may have `maximum` pages; undefined: there is none. pages: that its memory must have at once, for
 * a caller that overwrites all of it and all exported globals; 0: as a new one has it.
 */
export function takeUsed(prepared: Prepared, maximum: number, pages: number): Instance | undefined {
  const kept = used.get(prepared);
  const model = kept?.model;
  if (kept === undefined || model === undefined || model === null) return undefined;
  if (pages > 0 && pages * PAGE !== model.size) return undefined;
  const at = kept.instances.findLastIndex((instance) => instance.maximum === maximum);
  if (at < 0) return undefined;
  const [instance] = kept.instances.splice(at, 1) as [Instance];
  if (pages === 0) reset(instance, model);
  return instance;
}

/** No frame of it is on any stack, and nobody calls it any more. fresh: makes an instance to compare with. */
export function giveUsed(prepared: Prepared, instance: Instance, fresh: () => Fresh): void {
  let kept = used.get(prepared);
  if (kept === undefined) used.set(prepared, (kept = { ends: 0, model: undefined, instances: [] }));
  if (++kept.ends < WORTH_IT || kept.model === null || kept.instances.length >= MAX_KEPT) return;
  kept.model ??= prepared.resettable() ? modelOf(prepared, fresh()) : null;
  if (kept.model === null || instance.memory.buffer.byteLength !== kept.model.size) return;
  const state = instance.exports['asyncify_get_state'] as () => number;
  if (state() !== 0) return;
  instance.seat.guest = instance.seat.gate = NOBODY; // a kept instance must not keep the container that it was of
  kept.instances.push(instance);
}

function modelOf(prepared: Prepared, { memory, exports }: Fresh): Model {
  const bytes = new Uint8Array(memory.buffer);
  const start = Math.max(
    0,
    bytes.findIndex((byte) => byte !== 0),
  );
  const end = bytes.findLastIndex((byte) => byte !== 0) + 1;
  const globals = prepared.globals.map((name) => [name, (exports[name] as WebAssembly.Global).value] as const);
  return { start, bytes: bytes.slice(start, Math.max(start, end)), size: bytes.length, globals };
}

function reset({ memory, exports }: Instance, { start, bytes, globals }: Model): void {
  const all = new Uint8Array(memory.buffer);
  all.fill(0);
  all.set(bytes, start);
  for (const [name, value] of globals) {
    const global = exports[name] as WebAssembly.Global;
    if (global.value !== value) global.value = value as never;
  }
}
