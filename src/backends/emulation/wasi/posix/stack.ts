/** setjmp and longjmp: the engine keeps and brings back the stack. */
import type { Guest } from '../guest.ts';

export function stack_checkpoint(guest: Guest, buffer: number, valueOut: number): number {
  guest.range(valueOut, 4);
  return guest.stack.checkpoint(buffer, valueOut);
}

export function stack_restore(guest: Guest, buffer: number, value: number): number {
  return guest.stack.restore(buffer, value);
}
