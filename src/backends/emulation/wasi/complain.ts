/** A word of ours among what a program writes. */
import { Errno, errno } from '../errno.ts';
import { BLOCKED } from '../kernel/types.ts';
import type { Guest } from './guest.ts';
import { encodeUtf8 } from './text.ts';

const STDERR = 2;

/** To standard error, which may be full or gone: the status still tells. */
export function complain(guest: Guest, what: string): void {
  try {
    if (guest.sys.write(guest.process, STDERR, encodeUtf8(`tsrun: ${guest.argv[0] ?? 'program'}: ${what}\n`)) === BLOCKED)
      throw errno('EAGAIN');
  } catch (error) {
    if (!(error instanceof Errno)) throw error;
  }
}
