/**
 * The import module `wasix_32v1`, as far as it has a meaning here (signatures: wasix-libc, api_wasix.h). It repeats preview1 and
 * adds processes, descriptors and paths. Its signal numbers are preview1's. Threads, sockets, terminals by tty_get and handlers
 * by callback_signal are missing: a program may import them, and ends with a message when it calls one.
 */
import { BLOCKED } from '../../kernel/types.ts';
import type { Guest } from '../guest.ts';
import type { ImportTable } from '../imports.ts';
import { preview1 } from '../preview1/index.ts';
import { linuxSignal } from '../preview1/proc.ts';
import { descriptorOf } from '../preview1/rights.ts';
import * as descriptors from './descriptors.ts';
import * as paths from './paths.ts';
import * as processes from './processes.ts';

/** Arguments and environment come as one text with a line for each. */
const lines = (text: string): string[] => (text === '' ? [] : text.replace(/\n$/, '').split('\n'));

function proc_exec(guest: Guest, name: number, nameLength: number, args: number, argsLength: number): number {
  return execute(guest, guest.path(name, nameLength), guest.string(args, argsLength), undefined, false);
}

function proc_exec2(
  guest: Guest,
  name: number,
  nameLength: number,
  args: number,
  argsLength: number,
  envs: number,
  envsLength: number,
): number {
  return execute(guest, guest.path(name, nameLength), guest.string(args, argsLength), guest.string(envs, envsLength), false);
}

function proc_exec3(
  guest: Guest,
  name: number,
  nameLength: number,
  args: number,
  argsLength: number,
  envs: number,
  envsLength: number,
  search: number,
  _path: number,
  _pathLength: number,
): number {
  const env = envs === 0 ? undefined : guest.string(envs, envsLength);
  return execute(guest, guest.path(name, nameLength), guest.string(args, argsLength), env, search !== 0);
}

function execute(guest: Guest, path: string, args: string, env: string | undefined, search: boolean): number {
  return guest.sys.execve(guest.process, path, lines(args), env === undefined ? guest.env : lines(env), search);
}

const JOIN = { NON_BLOCKING: 1, WAKE_STOPPED: 2 };
const JOINED = { NOTHING: 0, EXITED: 1, SIGNALLED: 2, STOPPED: 3 };
const [WNOHANG, WUNTRACED] = [1, 2];

/** pidInOut: option (tag at 0, pid at 4); statusOut: tag at 0, then u16 code, or u16 code and u8 signal, or u8 signal, from 2 on. */
function proc_join(guest: Guest, pidInOut: number, flags: number, statusOut: number): number {
  const option = guest.range(pidInOut, 8);
  const out = guest.range(statusOut, 6);
  const pid = guest.view.getUint8(option) === 0 ? -1 : guest.getI32(option + 4);
  const options = (flags & JOIN.NON_BLOCKING ? WNOHANG : 0) | (flags & JOIN.WAKE_STOPPED ? WUNTRACED : 0);
  const finish = (waited: { readonly pid: number; readonly status: number } | undefined): number => {
    guest.setU8(option, waited === undefined ? 0 : 1);
    guest.setU32(option + 4, waited?.pid ?? 0);
    putStatus(guest, out, waited?.status);
    return 0;
  };
  const waited = guest.sys.wait(guest.process, pid, options);
  return waited === BLOCKED ? guest.suspend(finish) : finish(waited);
}

function putStatus(guest: Guest, out: number, status: number | undefined): void {
  const tag =
    status === undefined
      ? JOINED.NOTHING
      : (status & 0xff) === 0x7f
        ? JOINED.STOPPED
        : (status & 0x7f) === 0
          ? JOINED.EXITED
          : JOINED.SIGNALLED;
  guest.setU16(out, tag);
  guest.setU32(out + 2, 0);
  if (status === undefined) return;
  if (tag === JOINED.EXITED) guest.setU16(out + 2, status >> 8);
  else if (tag === JOINED.STOPPED) guest.setU8(out + 2, wasixSignal(status >> 8));
  else guest.setU8(out + 4, wasixSignal(status & 0x7f));
}

const wasixSignal = (linux: number): number => (linux > 16 ? linux - 1 : linux);

function proc_signal(guest: Guest, pid: number, signal: number): number {
  return processes.proc_signal(guest, pid, signal === 0 ? 0 : linuxSignal(signal));
}

function fd_dup2(guest: Guest, fd: number, min: number, cloexec: number, out: number): number {
  return descriptors.fd_dup_from(guest, fd, min, cloexec, out);
}

const FDFLAGSEXT_CLOEXEC = 1;

function fd_fdflags_get(guest: Guest, fd: number, out: number): number {
  guest.setU16(out, descriptorOf(guest, fd).cloexec ? FDFLAGSEXT_CLOEXEC : 0);
  return 0;
}

function fd_fdflags_set(guest: Guest, fd: number, flags: number): number {
  return descriptors.fd_cloexec_set(guest, fd, flags & FDFLAGSEXT_CLOEXEC);
}

function thread_sleep(guest: Guest, duration: bigint): number {
  const ms = Number(BigInt.asUintN(64, duration)) / 1e6;
  if (guest.sys.nanosleep(guest.process, ms) !== BLOCKED) return 0;
  guest.waitMs = ms;
  return guest.suspendVoid();
}

/** Every process has one thread, whose number is the process's. */
function thread_id(guest: Guest, out: number): number {
  return processes.proc_id(guest, out);
}

export const wasix: ImportTable = {
  ...preview1,
  proc_fork: processes.proc_fork,
  proc_exec,
  proc_exec2,
  proc_exec3,
  proc_join,
  proc_signal,
  proc_id: processes.proc_id,
  proc_parent: processes.proc_parent,
  fd_dup: descriptors.fd_dup,
  fd_dup2,
  fd_fdflags_get,
  fd_fdflags_set,
  fd_pipe: descriptors.fd_pipe,
  chdir: paths.chdir,
  getcwd: paths.getcwd,
  thread_sleep,
  thread_id,
};
