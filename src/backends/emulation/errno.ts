/**
 * Error numbers of the emulated kernel: Linux's (errno(3), include/uapi/asm-generic/errno.h). Guests get WASI's, which
 * differ; the translation is made at the system call boundary and nowhere else.
 */
export const ERRNO = {
  EPERM: 1,
  ENOENT: 2,
  ESRCH: 3,
  EINTR: 4,
  EIO: 5,
  ENXIO: 6,
  E2BIG: 7,
  ENOEXEC: 8,
  EBADF: 9,
  ECHILD: 10,
  EAGAIN: 11,
  ENOMEM: 12,
  EACCES: 13,
  EFAULT: 14,
  EBUSY: 16,
  EEXIST: 17,
  EXDEV: 18,
  ENODEV: 19,
  ENOTDIR: 20,
  EISDIR: 21,
  EINVAL: 22,
  ENFILE: 23,
  EMFILE: 24,
  ENOTTY: 25,
  ETXTBSY: 26,
  EFBIG: 27,
  ENOSPC: 28,
  ESPIPE: 29,
  EROFS: 30,
  EMLINK: 31,
  EPIPE: 32,
  EDOM: 33,
  ERANGE: 34,
  EDEADLK: 35,
  ENAMETOOLONG: 36,
  ENOSYS: 38,
  ENOTEMPTY: 39,
  ELOOP: 40,
  EILSEQ: 84,
  EOVERFLOW: 75,
  ENOTSOCK: 88,
  EOPNOTSUPP: 95,
  EAFNOSUPPORT: 97,
  EADDRINUSE: 98,
  ENOTCONN: 107,
  ETIMEDOUT: 110,
  ECONNREFUSED: 111,
  EALREADY: 114,
  EDQUOT: 122,
  ECANCELED: 125,
  /** WASI's alone (a path that leaves its directory in strict mode, a missing right); Linux has no such number. */
  ENOTCAPABLE: 1076,
} as const;
export type ErrnoName = keyof typeof ERRNO;

/**
 * A failed operation of the emulated kernel or VFS. There is one object a number, made once and without a stack: a failing
 * `stat` must not cost more than a working one.
 */
export class Errno extends Error {
  readonly number: number;
  readonly errno: ErrnoName;
  constructor(which: ErrnoName) {
    super(which);
    this.name = 'Errno';
    this.errno = which;
    this.number = ERRNO[which];
  }
}

const made = makeAll();

/** `throw errno('ENOENT')`. The same object each time: never write to it. */
export function errno(name: ErrnoName): Errno {
  return made[name];
}

function makeAll(): Record<ErrnoName, Errno> {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return Object.fromEntries(Object.keys(ERRNO).map((name) => [name, new Errno(name as ErrnoName)])) as Record<ErrnoName, Errno>;
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}
