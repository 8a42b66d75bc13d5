/** Numbers and sets of signal(7) that the kernel acts on. Sets are bit masks: bit n-1 is signal n. */
export const SIGHUP = 1;
export const SIGINT = 2;
export const SIGQUIT = 3;
export const SIGILL = 4;
export const SIGABRT = 6;
export const SIGFPE = 8;
export const SIGKILL = 9;
export const SIGSEGV = 11;
export const SIGPIPE = 13;
export const SIGALRM = 14;
export const SIGCHLD = 17;
export const SIGCONT = 18;
export const SIGSTOP = 19;
export const SIGTSTP = 20;
export const SIGTTIN = 21;
export const SIGTTOU = 22;
export const SIGXCPU = 24;
export const SIGXFSZ = 25;
export const SIGWINCH = 28;
/** The kernel's first real-time signal (the C library keeps 32 and 33): from here on signals queue instead of merging. */
export const FIRST_REAL_TIME = 32;
export const LAST_SIGNAL = 64;

export const SA_NOCLDSTOP = 1;
export const SA_NOCLDWAIT = 2;
export const SA_NODEFER = 0x40000000;
export const SA_RESETHAND = 0x80000000;

export const bit = (signal: number): bigint => 1n << BigInt(signal - 1);
export const ALL_SIGNALS = (1n << 64n) - 1n;
const set = (...signals: number[]): bigint => signals.reduce((mask, signal) => mask | bit(signal), 0n);

export const STOP_SIGNALS = set(SIGSTOP, SIGTSTP, SIGTTIN, SIGTTOU);
/** Neither caught, blocked nor ignored. */
export const UNBLOCKABLE = set(SIGKILL, SIGSTOP);
/** Default action "ignore": CHLD, CONT (once it has continued), URG, WINCH. */
export const IGNORED_BY_DEFAULT = set(SIGCHLD, SIGCONT, 23, SIGWINCH);
/** Default action "core": QUIT ILL TRAP ABRT BUS FPE SEGV XCPU XFSZ SYS. */
export const DUMPS_CORE = set(SIGQUIT, SIGILL, 5, SIGABRT, 7, SIGFPE, SIGSEGV, SIGXCPU, SIGXFSZ, 31);

/** The lowest signal of a set, 0 for none. */
export function lowest(mask: bigint): number {
  if (mask === 0n) return 0;
  const low = Number(mask & 0xffffffffn);
  if (low !== 0) return 32 - Math.clz32(low & -low);
  const high = Number((mask >> 32n) & 0xffffffffn);
  return 64 - Math.clz32(high & -high);
}

/** A wait status of a process that a signal ended: with the core flag as waitpid(2) has it. */
export const killedBy = (signal: number): number => signal | ((DUMPS_CORE & bit(signal)) === 0n ? 0 : 0x80);
