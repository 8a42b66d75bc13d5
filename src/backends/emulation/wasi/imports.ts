/** From an import's name to the function that does it, and from that to a function of one process in the form its engine needs. */
import { complain } from './complain.ts';
import { SUSPEND, type Guest } from './guest.ts';

/** Arguments are the guest's numbers (i64 as bigint); the result is a WASI errno or SUSPEND; throws Errno and Unwound. */
export type Import = (guest: Guest, ...args: never[]) => number;
export type ImportTable = Readonly<Record<string, Import>>;
/** `Import` as it is called. */
export type Callable = (guest: Guest, ...args: (number | bigint)[]) => number;

const SIGSYS = 31;

/** For a function that no module of ours has: a program may import what it never calls. */
export function unsupported(module: string, name: string): Import {
  return (guest) => {
    complain(guest, `the import ${module}.${name} is not supported`);
    return guest.sys.fault(guest.process, SIGSYS);
  };
}

/** How an engine takes part in every import. */
export interface Gate {
  /** The stack is being rebuilt: the import that suspended it is reached again. */
  readonly arriving: boolean;
  /** Gives that import's result. */
  arrive(): number;
  /** The call waits: what to return to the guest (a number while its stack unwinds, a promise under JSPI). */
  leave(): unknown;
}

/** Whom the imports of an instance serve: it may be used again, for another program. */
export interface Seat {
  guest: Guest;
  gate: Gate;
}

/**
 * The function that the guest gets. One closure a number of parameters: rest parameters would cost an array in every call.
 */
export function bind(seat: Seat, call: Callable): CallableFunction {
  const run = (attempt: number): unknown => (attempt === SUSPEND ? seat.gate.leave() : attempt);
  type A = number | bigint;
  switch (call.length - 1) {
    case 0:
      return () => {
        const { guest, gate } = seat;
        if (gate.arriving) return gate.arrive();
        let result: number;
        try {
          guest.enter();
          result = call(guest);
        } catch (error) {
          result = guest.failed(error);
        }
        return run(result);
      };
    case 1:
      return (a: A) => {
        const { guest, gate } = seat;
        if (gate.arriving) return gate.arrive();
        let result: number;
        try {
          guest.enter();
          result = call(guest, a);
        } catch (error) {
          result = guest.failed(error);
        }
        return run(result);
      };
    case 2:
      return (a: A, b: A) => {
        const { guest, gate } = seat;
        if (gate.arriving) return gate.arrive();
        let result: number;
        try {
          guest.enter();
          result = call(guest, a, b);
        } catch (error) {
          result = guest.failed(error);
        }
        return run(result);
      };
    case 3:
      return (a: A, b: A, c: A) => {
        const { guest, gate } = seat;
        if (gate.arriving) return gate.arrive();
        let result: number;
        try {
          guest.enter();
          result = call(guest, a, b, c);
        } catch (error) {
          result = guest.failed(error);
        }
        return run(result);
      };
    case 4:
      return (a: A, b: A, c: A, d: A) => {
        const { guest, gate } = seat;
        if (gate.arriving) return gate.arrive();
        let result: number;
        try {
          guest.enter();
          result = call(guest, a, b, c, d);
        } catch (error) {
          result = guest.failed(error);
        }
        return run(result);
      };
    default:
      return (...args: A[]) => {
        const { guest, gate } = seat;
        if (gate.arriving) return gate.arrive();
        let result: number;
        try {
          guest.enter();
          result = call(guest, ...args);
        } catch (error) {
          result = guest.failed(error);
        }
        return run(result);
      };
  }
}
