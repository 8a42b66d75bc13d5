import { ERRNO, errno, Errno, type ErrnoName } from '../errno.ts';

/** Runs an operation on the host; its failure becomes the Errno of the same name, EIO when there is none. */
export function onHost<T>(operation: () => T): T {
  try {
    return operation();
  } catch (error) {
    throw fromHost(error);
  }
}

export function fromHost(error: unknown): Errno {
  if (error instanceof Errno) return error;
  const code = (error as { code?: unknown } | null)?.code;
  if (typeof code !== 'string') throw error; // a fault of ours, not of the host
  return errno(Object.hasOwn(ERRNO, code) ? (code as ErrnoName) : 'EIO');
}
