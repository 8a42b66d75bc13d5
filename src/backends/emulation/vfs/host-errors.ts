import { ERRNO, errno, Errno, type ErrnoName } from '../errno.ts';

/** Runs an operation on the host; its failure becomes the Errno of the same name, EIO when there is none. */
export function onHost<T>(operation: () => T): T {
  try {
    return operation();
  } catch (error) {
    throw fromHost(error);
  }
}

/** Of Node itself: its permission model, and arguments that no file system takes. */
const OF_NODE: Readonly<Record<string, ErrnoName>> = {
  ERR_ACCESS_DENIED: 'EACCES',
  ERR_OUT_OF_RANGE: 'EINVAL',
  ERR_INVALID_ARG_VALUE: 'EINVAL',
};

export function fromHost(error: unknown): Errno {
  if (error instanceof Errno) return error;
  const code = (error as { code?: unknown } | null)?.code;
  if (typeof code !== 'string') throw error; // a fault of ours, not of the host
  if (Object.hasOwn(ERRNO, code)) return errno(code as ErrnoName);
  return errno(OF_NODE[code] ?? 'EIO');
}
