/** WebAssembly traps as the signals a processor would raise. Engines differ in their texts, so several are looked for. */

const SIGILL = 4;
const SIGABRT = 6;
const SIGFPE = 8;
const SIGSEGV = 11;

export const Trap = {
  /** The signal of an error that came out of guest code; undefined: the error is none of the guest's. */
  signalOf(error: unknown): number | undefined {
    // Stack overflow: V8 and JavaScriptCore throw a RangeError ("Maximum call stack size exceeded").
    if (error instanceof RangeError) return SIGSEGV;
    // An exception of the guest's own (C++ throw) that nobody caught: std::terminate.
    if (typeof WebAssembly.Exception === 'function' && error instanceof WebAssembly.Exception) return SIGABRT;
    if (!(error instanceof WebAssembly.RuntimeError)) return undefined;
    const text = error.message.toLowerCase();
    if (/unreachable/.test(text)) return SIGILL;
    if (/divide|division|divisor|remainder|integer overflow|unrepresentable|invalid conversion|out of bounds trunc/.test(text))
      return SIGFPE;
    if (/memory|table|index|null|signature|out of bounds|stack|array|segment/.test(text)) return SIGSEGV;
    return SIGILL;
  },
};
