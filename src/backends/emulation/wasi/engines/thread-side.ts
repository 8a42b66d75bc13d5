/**
 * What runs in the thread of a module (thread.ts is the other side). The function is handed over as its own text, since a bundle has no
 * second file to start a thread from: it uses nothing from outside of itself but what every JavaScript has.
 */

/** Words and doubles of the block that both sides share. The memory of the module is the other thing that they share. */
export const LAYOUT = {
  bytes: 24 * 8,
  /** Words. */
  state: 0,
  call: 1,
  result: 2,
  /** Bit N: argument N is an i64. */
  wide: 3,
  /** A new value for the loop counter; 0: it stays. */
  fuel: 4,
  /** Doubles, or 64-bit integers. */
  computedMs: 3,
  arguments: 4,
  maxArguments: 20,
  /** States: it computes; it computes and the kernel's thread sleeps until it calls; it waits for a result; it has ended. */
  COMPUTES: 0,
  WATCHED: 1,
  CALLS: 2,
  ENDED: 3,
} as const;

export interface ThreadData {
  readonly layout: typeof LAYOUT;
  readonly module: WebAssembly.Module;
  /** In the order of their numbers. */
  readonly imports: readonly { readonly module: string; readonly name: string }[];
  readonly memory: { readonly module: string; readonly name: string; readonly object: WebAssembly.Memory } | undefined;
  readonly block: SharedArrayBuffer;
  /** Name of the exported loop counter. */
  readonly fuel: string | undefined;
}

/** The last message. failure: what stopped the module; its text is only what the engine says. */
export interface ThreadEnd {
  readonly failure: { readonly kind: 'trap' | 'range' | 'exception' | 'link' | 'other'; readonly text: string } | undefined;
}

/** The message of a call that nobody sleeps for. */
export const CALLED = 0;

export function threadSide(data: ThreadData, post: (message: typeof CALLED | ThreadEnd) => void): void {
  const { layout, module, imports, memory, block } = data;
  const words = new Int32Array(block);
  const doubles = new Float64Array(block);
  const integers = new BigInt64Array(block);
  const bare = <T>(): Record<string, T> => Object.create(null) as Record<string, T>; // `__proto__` is a module's name as any
  const objects: WebAssembly.Imports = bare();
  let fuel: WebAssembly.Global | undefined;
  let since = performance.now();
  for (const [index, one] of imports.entries()) {
    (objects[one.module] ??= bare())[one.name] = (...args: (number | bigint)[]): number => {
      doubles[layout.computedMs] = performance.now() - since;
      words[layout.call] = index;
      let wide = 0;
      for (let at = 0; at < args.length && at < layout.maxArguments; at++) {
        const value = args[at] as number | bigint;
        if (typeof value === 'bigint') {
          integers[layout.arguments + at] = value;
          wide |= 1 << at;
        } else doubles[layout.arguments + at] = value;
      }
      words[layout.wide] = wide;
      if (Atomics.exchange(words, layout.state, layout.CALLS) === layout.WATCHED) Atomics.notify(words, layout.state);
      else post(0);
      while (Atomics.load(words, layout.state) === layout.CALLS) Atomics.wait(words, layout.state, layout.CALLS);
      since = performance.now();
      const slice = words[layout.fuel] as number;
      if (fuel !== undefined && slice !== 0) {
        words[layout.fuel] = 0;
        fuel.value = typeof fuel.value === 'bigint' ? BigInt(slice) : slice;
      }
      return words[layout.result] as number;
    };
  }
  if (memory !== undefined) (objects[memory.module] ??= bare())[memory.name] = memory.object;
  let failure: ThreadEnd['failure'];
  try {
    const { exports } = new WebAssembly.Instance(module, objects);
    if (data.fuel !== undefined) {
      fuel = exports[data.fuel] as WebAssembly.Global;
      const slice = words[layout.fuel] as number;
      fuel.value = typeof fuel.value === 'bigint' ? BigInt(slice) : slice;
      words[layout.fuel] = 0;
    }
    since = performance.now();
    (exports['_start'] as CallableFunction)();
  } catch (error) {
    const kinds = [
      [WebAssembly.RuntimeError, 'trap'],
      [RangeError, 'range'],
      [WebAssembly.LinkError, 'link'],
      [WebAssembly.Exception, 'exception'],
    ] as const;
    failure = { kind: 'other', text: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
    for (const [type, kind] of kinds)
      if (typeof type === 'function' && error instanceof type) {
        failure = { kind, text: error.message };
        break;
      }
  }
  doubles[layout.computedMs] = performance.now() - since;
  post({ failure });
  if (Atomics.exchange(words, layout.state, layout.ENDED) === layout.WATCHED) Atomics.notify(words, layout.state);
}
