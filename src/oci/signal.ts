import type { Parsed } from './parsed.ts';

/** Signal numbers of Linux on x86, ARM, RISC-V, POWER and s390 (signal(7)); MIPS, SPARC and Alpha differ and are not served. */
export const SIGNALS: Readonly<Record<string, number>> = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGQUIT: 3,
  SIGILL: 4,
  SIGTRAP: 5,
  SIGABRT: 6,
  SIGBUS: 7,
  SIGFPE: 8,
  SIGKILL: 9,
  SIGUSR1: 10,
  SIGSEGV: 11,
  SIGUSR2: 12,
  SIGPIPE: 13,
  SIGALRM: 14,
  SIGTERM: 15,
  SIGSTKFLT: 16,
  SIGCHLD: 17,
  SIGCONT: 18,
  SIGSTOP: 19,
  SIGTSTP: 20,
  SIGTTIN: 21,
  SIGTTOU: 22,
  SIGURG: 23,
  SIGXCPU: 24,
  SIGXFSZ: 25,
  SIGVTALRM: 26,
  SIGPROF: 27,
  SIGWINCH: 28,
  SIGIO: 29,
  SIGPWR: 30,
  SIGSYS: 31,
};
const ALIASES: Readonly<Record<string, number>> = { SIGIOT: 6, SIGCLD: 17, SIGPOLL: 29, SIGUNUSED: 31 };

/** As the C library counts: the kernel's 32 and 33 are taken by threads. */
export const SIGRTMIN = 34;
export const SIGRTMAX = 64;

/**
 * A signal as `kill` takes it: a name with or without SIG in any case, RTMIN+n, RTMAX-n, or a number from 0 (only ask
 * whether the process is there) to 64. Error in runc's words.
 */
export function parseSignal(text: string): Parsed<number> {
  if (/^[0-9]{1,2}$/.test(text) && Number(text) <= SIGRTMAX) return { value: Number(text) };
  const upper = text.toUpperCase();
  const name = upper.startsWith('SIG') ? upper : `SIG${upper}`;
  const number = lookUp(SIGNALS, name) ?? lookUp(ALIASES, name) ?? realTime(name);
  return number === undefined ? { error: `unknown signal ${JSON.stringify(text)}` } : { value: number };
}

/** `SIGTERM` for 15, `SIGRTMIN+1` for 35; undefined for what is no signal. */
export function signalName(number: number): string | undefined {
  if (number === SIGRTMIN) return 'SIGRTMIN';
  if (number === SIGRTMAX) return 'SIGRTMAX';
  if (number > SIGRTMIN && number < SIGRTMAX) return `SIGRTMIN+${number - SIGRTMIN}`;
  return Object.keys(SIGNALS).find((name) => SIGNALS[name] === number);
}

function lookUp(table: Readonly<Record<string, number>>, name: string): number | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

function realTime(name: string): number | undefined {
  const match = /^SIGRT(?:MIN(?:\+([0-9]{1,2}))?|MAX(?:-([0-9]{1,2}))?)$/.exec(name);
  if (!match) return undefined;
  const number = name.startsWith('SIGRTMIN') ? SIGRTMIN + Number(match[1] ?? 0) : SIGRTMAX - Number(match[2] ?? 0);
  return number >= SIGRTMIN && number <= SIGRTMAX ? number : undefined;
}
