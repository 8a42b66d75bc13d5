/** proc_*: processes. fork needs the engine; the rest is the kernel's. */
import { errno } from '../../errno.ts';
import { BLOCKED, type SpawnActions } from '../../kernel/types.ts';
import type { Guest } from '../guest.ts';

export function proc_fork(guest: Guest, copyMemory: number, pidOut: number): number {
  guest.range(pidOut, 4);
  return guest.stack.fork(copyMemory !== 0, pidOut);
}

export function proc_execve(guest: Guest, path: number, length: number, argv: number, envp: number, search: number): number {
  return guest.sys.execve(guest.process, guest.path(path, length), guest.cStrings(argv), guest.cStrings(envp), search !== 0);
}

const ACTION_SIZE = 28;
const ATTRIBUTES_SIZE = 32;
const MAX_ACTIONS = 4096;
const SPAWN = { SETPGID: 1, SETSID: 2, SETMASK: 4, SETDEFAULT: 8, FOREGROUND: 16, SEARCH: 32 };

export function proc_spawnve(
  guest: Guest,
  path: number,
  length: number,
  argv: number,
  envp: number,
  actions: number,
  count: number,
  attributes: number,
  pidOut: number,
): number {
  guest.range(pidOut, 4);
  const request: SpawnActions = { files: fileActions(guest, actions, count >>> 0), ...spawnAttributes(guest, attributes) };
  const pid = guest.sys.spawn(guest.process, guest.path(path, length), guest.cStrings(argv), guest.cStrings(envp), request);
  guest.setU32(pidOut, pid);
  return 0;
}

function fileActions(guest: Guest, pointer: number, count: number): SpawnActions['files'] {
  if (count === 0) return [];
  if (count > MAX_ACTIONS) throw errno('EINVAL');
  const start = guest.range(pointer, count * ACTION_SIZE);
  return Array.from({ length: count }, (_, index) => {
    const at = start + index * ACTION_SIZE;
    const fd = guest.getI32(at + 4);
    const path = (): string => guest.path(guest.getU32(at + 20), guest.getU32(at + 24));
    switch (guest.getU32(at)) {
      case 0:
        return { action: 'close', fd } as const;
      case 1:
        return { action: 'dup2', from: guest.getI32(at + 8), fd } as const;
      case 2:
        return { action: 'open', fd, path: path(), flags: guest.getU32(at + 12), mode: guest.getU32(at + 16) } as const;
      case 3:
        return { action: 'chdir', path: path() } as const;
      case 4:
        return { action: 'fchdir', fd } as const;
      default:
        throw errno('EINVAL');
    }
  });
}

function spawnAttributes(guest: Guest, pointer: number): Omit<SpawnActions, 'files'> {
  if (pointer === 0) return {};
  const at = guest.range(pointer, ATTRIBUTES_SIZE);
  const flags = guest.getU32(at);
  return {
    ...(flags & SPAWN.SETPGID ? { pgid: guest.getI32(at + 4) } : {}),
    ...(flags & SPAWN.SETSID ? { newSession: true } : {}),
    ...(flags & SPAWN.SETMASK ? { mask: guest.getU64(at + 16) } : {}),
    ...(flags & SPAWN.SETDEFAULT ? { defaults: guest.getU64(at + 24) } : {}),
    ...(flags & SPAWN.FOREGROUND ? { foreground: guest.getI32(at + 8) } : {}),
    ...(flags & SPAWN.SEARCH ? { search: true } : {}),
  };
}

interface Waited {
  readonly pid: number;
  readonly status: number;
  readonly cpuMs: number;
}

export function proc_wait(guest: Guest, pid: number, options: number, statusOut: number, pidOut: number, usageOut: number): number {
  if (statusOut !== 0) guest.range(statusOut, 4);
  if (usageOut !== 0) guest.range(usageOut, 24);
  guest.range(pidOut, 4);
  const finish = (waited: Waited | undefined): number => putWaited(guest, waited, statusOut, pidOut, usageOut);
  const waited = guest.sys.wait(guest.process, pid, options);
  return waited === BLOCKED ? guest.suspend(finish) : finish(waited);
}

function putWaited(guest: Guest, waited: Waited | undefined, statusOut: number, pidOut: number, usageOut: number): number {
  guest.setU32(pidOut, waited?.pid ?? 0);
  if (waited === undefined) return 0;
  guest.childrenMs += waited.cpuMs;
  if (statusOut !== 0) guest.setU32(statusOut, waited.status);
  if (usageOut !== 0) {
    guest.setSize(usageOut, Math.round(waited.cpuMs * 1e6));
    guest.setU64(usageOut + 8, 0n); // the kernel does not tell system time from user time
    guest.setU64(usageOut + 16, 0n);
  }
  return 0;
}

export function proc_signal(guest: Guest, pid: number, signal: number): number {
  return guest.sys.kill(guest.process, pid, signal) === BLOCKED ? guest.suspendVoid() : 0;
}

export function proc_id(guest: Guest, out: number): number {
  guest.setU32(out, guest.process.pid);
  return 0;
}

export function proc_parent(guest: Guest, pid: number, out: number): number {
  const process = pid === 0 ? guest.process : guest.entry.processes.get(pid);
  if (process === undefined) throw errno('ESRCH');
  guest.setU32(out, process.ppid);
  return 0;
}

export function proc_getpgid(guest: Guest, pid: number, out: number): number {
  guest.setU32(out, guest.sys.getpgid(guest.process, pid));
  return 0;
}

export function proc_setpgid(guest: Guest, pid: number, pgid: number): number {
  guest.sys.setpgid(guest.process, pid, pgid);
  return 0;
}

export function proc_getsid(guest: Guest, pid: number, out: number): number {
  guest.setU32(out, guest.sys.getsid(guest.process, pid));
  return 0;
}

export function proc_setsid(guest: Guest, out: number): number {
  guest.range(out, 4);
  guest.setU32(out, guest.sys.setsid(guest.process));
  return 0;
}

export function proc_times(guest: Guest, out: number): number {
  const at = guest.range(out, 32);
  guest.setU64(at, guest.sys.clock(guest.process, 2));
  guest.setU64(at + 8, 0n);
  guest.setSize(at + 16, Math.round(guest.childrenMs * 1e6));
  guest.setU64(at + 24, 0n);
  return 0;
}

/** The loop counter ran out: a new slice, and perhaps others' turn. */
export function sched_preempt(guest: Guest): number {
  guest.refuel();
  if (guest.sys.preempt(guest.process) !== BLOCKED) return 0;
  guest.yielded = true;
  return guest.suspendVoid();
}
