/** fd_* beyond preview1: dup, pipes, flags, ioctl, poll. */
import { errno } from '../../errno.ts';
import { BLOCKED, type PollRequest } from '../../kernel/types.ts';
import type { Guest } from '../guest.ts';
import { descriptorOf } from '../preview1/rights.ts';

export function fd_dup(guest: Guest, fd: number, out: number): number {
  return fd_dup_from(guest, fd, 0, 0, out);
}

export function fd_dup3(guest: Guest, fd: number, target: number, cloexec: number): number {
  guest.sys.dup3(guest.process, fd, target, cloexec !== 0);
  return 0;
}

export function fd_dup_from(guest: Guest, fd: number, min: number, cloexec: number, out: number): number {
  guest.range(out, 4);
  guest.setU32(out, guest.sys.dup(guest.process, fd, min, cloexec !== 0));
  return 0;
}

export function fd_pipe(guest: Guest, readOut: number, writeOut: number): number {
  return fd_pipe2(guest, readOut, writeOut, 0);
}

export function fd_pipe2(guest: Guest, readOut: number, writeOut: number, flags: number): number {
  guest.range(readOut, 4);
  guest.range(writeOut, 4);
  const [read, write] = guest.sys.pipe(guest.process, flags);
  guest.setU32(readOut, read);
  guest.setU32(writeOut, write);
  return 0;
}

export function fd_flags_get(guest: Guest, fd: number, flagsOut: number, cloexecOut: number): number {
  const { cloexec } = descriptorOf(guest, fd);
  if (flagsOut !== 0) guest.setU32(flagsOut, guest.sys.getFlags(guest.process, fd));
  if (cloexecOut !== 0) guest.setU32(cloexecOut, cloexec ? 1 : 0);
  return 0;
}

export function fd_flags_set(guest: Guest, fd: number, flags: number): number {
  guest.sys.setFlags(guest.process, fd, flags);
  return 0;
}

export function fd_cloexec_set(guest: Guest, fd: number, on: number): number {
  guest.sys.setCloexec(guest.process, fd, on !== 0);
  return 0;
}

/** Bytes behind the pointer of the requests that were numbered before _IOC; those not here take a plain number. */
const IOCTL_SIZES = new Map<number, number>([
  [0x5401, 36], // TCGETS
  [0x5402, 36], // TCSETS
  [0x5403, 36], // TCSETSW
  [0x5404, 36], // TCSETSF
  [0x540f, 4], // TIOCGPGRP
  [0x5410, 4], // TIOCSPGRP
  [0x5411, 4], // TIOCOUTQ
  [0x5412, 1], // TIOCSTI
  [0x5413, 8], // TIOCGWINSZ
  [0x5414, 8], // TIOCSWINSZ
  [0x541b, 4], // FIONREAD
  [0x5421, 4], // FIONBIO
  [0x5429, 4], // TIOCGSID
]);

function ioctlArgument(guest: Guest, request: number, argument: number): Uint8Array {
  const size = IOCTL_SIZES.get(request) ?? (request >>> 30 === 0 ? 0 : (request >>> 16) & 0x3fff);
  if (size > 0) return guest.bytes(argument, size);
  const number = new Uint8Array(4);
  new DataView(number.buffer).setInt32(0, argument, true);
  return number;
}

export function fd_ioctl(guest: Guest, fd: number, request: number, argument: number): number {
  const number = request >>> 0;
  const done = guest.sys.ioctl(guest.process, fd, number, ioctlArgument(guest, number, argument));
  return done === BLOCKED ? guest.suspendVoid() : 0;
}

const POLLFD = 8;
const MAX_POLLFDS = 65536;

export function fd_poll(guest: Guest, fds: number, count: number, timeout: bigint, mask: number, readyOut: number): number {
  const number = count >>> 0;
  if (number > MAX_POLLFDS) throw errno('EINVAL');
  const start = guest.range(fds, number * POLLFD);
  guest.range(readyOut, 4);
  const requests: PollRequest[] = [];
  const slots: number[] = [];
  for (let index = 0; index < number; index++) {
    const at = start + index * POLLFD;
    const fd = guest.view.getInt32(at, true);
    guest.view.setInt16(at + 6, 0, true);
    if (fd < 0) continue; // an unused slot
    requests.push({ fd, events: guest.view.getInt16(at + 4, true), revents: 0 });
    slots.push(at + 6);
  }
  const finish = (ready: number): number => {
    requests.forEach((request, index) => guest.setU16(slots[index] as number, request.revents));
    guest.setU32(readyOut, ready);
    return 0;
  };
  const timeoutMs = timeout < 0n ? undefined : Number(timeout) / 1e6;
  const { sys, process } = guest;
  const ready = mask === 0 ? sys.poll(process, requests, timeoutMs) : sys.poll(process, requests, timeoutMs, guest.getU64(mask));
  if (ready !== BLOCKED) return finish(ready);
  guest.waitMs = timeoutMs;
  return guest.suspend(finish);
}
